import { join } from "node:path";
import type { RunningServer } from "./addresses.ts";
import type { PythonEnvironment } from "./python_packages.ts";
import type { ServedModelPlan } from "./scripted_models.ts";

/** Most time until a server listens and has its model, in milliseconds. */
const START_MS = 120_000;

/** Pause between two looks at a server that loads, in milliseconds. */
const LOOK_MS = 100;

/** Time that a server has to end by itself, in milliseconds. */
const END_MS = 5_000;

/** Most characters of a server's log that are kept for a failure. */
const LOG_LENGTH = 4_000;

/** A server of one model. */
export interface ServedModel extends RunningServer {
  /** Ends it; one that is gone already is fine. */
  stop(): Promise<void>;
}

/**
 * Writes the file of a scripted model.
 *
 * @param environment where Python is
 * @param plan what it says and how long; not the real model
 * @param folder where the file is put
 * @param signal ends the work
 * @returns path of the file
 */
export async function writeScriptedModel(
  environment: PythonEnvironment,
  plan: ServedModelPlan & { readonly says: string },
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  const path = join(folder, `${plan.name}.gguf`);
  const process = new Deno.Command(environment.python, {
    args: [
      local("scripted_gguf.py"),
      path,
      ...(plan.endless ? ["--loop-to", "0"] : []),
      ...["--context", String(plan.window), "--template", local("hermes.jinja")],
    ],
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
    signal: AbortSignal.any([signal, AbortSignal.timeout(START_MS)]),
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(plan.says));
  await writer.close();
  const { success, stderr } = await process.output();
  if (!success) throw new Error(`The model ${plan.name} could not be made:\n${new TextDecoder().decode(stderr)}`);
  return path;
}

/**
 * Starts the server of a model and waits until it answers. The server ends when this process does.
 *
 * @param environment where Python is
 * @param plan name, window and slots
 * @param file path of the model
 * @param signal ends the wait
 * @returns the server
 * @throws with the server's last words when it does not come up in time
 */
export async function serveModel(
  environment: PythonEnvironment,
  plan: ServedModelPlan,
  file: string,
  signal: AbortSignal,
): Promise<ServedModel> {
  const sizes = ["--ctx", String(plan.window), "--parallel", String(plan.slots), "--name", plan.name];
  const process = new Deno.Command(environment.python, {
    args: [local("serve_gguf.py"), file, ...sizes],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const log = { text: "" };
  const logged = collect(process.stderr, log);
  const said = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const stop = async () => {
    // The end of its input ends it.
    await process.stdin.close().catch(() => undefined);
    const timer = setTimeout(() => kill(process), END_MS);
    await process.status;
    clearTimeout(timer);
    await said.cancel();
    await logged;
  };
  const bound = AbortSignal.any([signal, AbortSignal.timeout(START_MS)]);
  try {
    const url = await within(bound, addressIn(said));
    await healthy(url, bound);
    return { url, pid: process.pid, stop };
  } catch (cause) {
    await stop();
    throw new Error(`The server of ${plan.name} did not come up within ${START_MS} ms:\n${log.text}`, { cause });
  }
}

/** Reads the line `listening http://…`. */
async function addressIn(said: ReadableStreamDefaultReader<string>): Promise<string> {
  let text = "";
  while (true) {
    const { value, done } = await said.read();
    text += value ?? "";
    const url = /^listening (\S+)\n/m.exec(text)?.[1];
    if (url !== undefined) return url;
    if (done) throw new Error(`It ended without its address; it said: ${JSON.stringify(text)}`);
  }
}

/** Waits until `/health` is fine: it is 503 while the model loads. */
async function healthy(url: string, signal: AbortSignal): Promise<void> {
  while (true) {
    signal.throwIfAborted();
    try {
      const answer = await fetch(`${url}/health`, { signal });
      await answer.body?.cancel();
      if (answer.ok) return;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Waits for a value, but not longer than a signal allows. */
async function within<T>(signal: AbortSignal, value: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    signal.throwIfAborted();
    return await Promise.race([value, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

async function collect(stream: ReadableStream<Uint8Array>, log: { text: string }): Promise<void> {
  for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
    log.text = (log.text + piece).slice(-LOG_LENGTH);
  }
}

function kill(process: Deno.ChildProcess): void {
  try {
    process.kill("SIGKILL");
  } catch (error) {
    // It may have ended in this moment.
    if (!(error instanceof TypeError) && !(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function local(name: string): string {
  return join(import.meta.dirname ?? ".", name);
}
