import { fileURLToPath } from "node:url";
import { safe } from "../../kernel/say.ts";

/** A fault that the compiler found. */
export interface TypeFault {
  /** `file:line:column`. */
  readonly place: string;
  readonly text: string;
}

/** Most time that it may take, in milliseconds: the first of a program reads the types of all that it imports. */
const BOUND_MS = 60_000;
/** Faults that are named; more are the same said again. */
const MOST_FAULTS = 5;
/** What is declared and not used: a matter of taste in somebody else's code. */
const UNUSED = /^6(?:133|138|192|196|198|199|205)$/;

/** A fault as `deno check` writes it: code, text, code frame, place. */
const FAULT = /^TS(\d+) \[ERROR\]: ([^]*?)\n {4}at (file:\/\/\S+?):(\d+:\d+)$/gm;

/**
 * Compares the types of a plugin with those of the door, by `deno check` in a process of its own. Nothing is downloaded.
 *
 * @param path absolute path of its module
 * @param signal ends it
 * @returns the first faults; none also where it could not be done within its bound
 */
export async function typeCheck(path: string, signal: AbortSignal): Promise<readonly TypeFault[]> {
  const config = fileURLToPath(new URL("../../../deno.json", import.meta.url));
  const command = new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", "--no-lock", "--cached-only", "--config", config, path],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    signal: AbortSignal.any([signal, AbortSignal.timeout(BOUND_MS)]),
  });
  const { stderr } = await command.output();
  return faultsIn(new TextDecoder().decode(stderr)).slice(0, MOST_FAULTS);
}

function faultsIn(said: string): readonly TypeFault[] {
  return [...safe(said).matchAll(FAULT)].flatMap(([, code = "", text = "", url = "", at]) =>
    UNUSED.test(code) ? [] : [{ place: `${fileURLToPath(url)}:${at}`, text: text.split("\n", 1)[0] ?? "" }]
  );
}
