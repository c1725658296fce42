import { reasonOf } from "../../kernel/reason_of.ts";
import { byTheClock, type Timer } from "../../ports/timer.ts";
import { Output } from "./output.ts";
import { PluginFault } from "./plugin_fault.ts";
import { killProcess, type ProcessStart, socketPlace, startProcess } from "./start_process.ts";

/** Time that a process has to begin, ms: a machine that is busy needs some. */
const BEGIN_MS = 15_000;

/** How a process is started and watched. */
export interface ProcessOptions extends Omit<ProcessStart, "socket"> {
  /** How the plugin is named to people. */
  readonly plugin: string;
  readonly timer?: Timer;
}

/** A process that waits for the plugin to be loaded, and the connection to it. */
export interface BegunProcess {
  readonly process: Deno.ChildProcess;
  readonly connection: Deno.Conn;
}

/**
 * Starts a process for a plugin and waits until it speaks.
 *
 * @throws {PluginFault} where it does not come up; the signal's reason when it is aborted
 */
export async function beginProcess(options: ProcessOptions, signal?: AbortSignal): Promise<BegunProcess> {
  signal?.throwIfAborted();
  const socket = await socketPlace();
  const begun: { process?: Deno.ChildProcess } = {};
  try {
    const listener = Deno.listen({ transport: "unix", path: socket.path });
    try {
      const process = begun.process = await startProcess({ ...options, socket: socket.path });
      return { process, connection: await connected(listener, process, options, signal) };
    } finally {
      listener.close();
    }
  } catch (cause) {
    const said = begun.process === undefined ? "" : await lastWords(begun.process);
    signal?.throwIfAborted();
    const text = `The process of the plugin ${options.plugin} cannot be started: ${reasonOf(cause)}.${said}`;
    throw new PluginFault(`${text} Look whether there is memory, and room in the temporary folder.`, { cause });
  } finally {
    await socket.remove();
  }
}

async function connected(
  listener: Deno.UnixListener,
  process: Deno.ChildProcess,
  { timer = byTheClock }: ProcessOptions,
  signal: AbortSignal | undefined,
): Promise<Deno.Conn> {
  const over = Promise.withResolvers<never>();
  const callOff = timer(BEGIN_MS, () => over.reject(new Error(`it had not begun after ${BEGIN_MS / 1000} s`)));
  const abort = () => over.reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  void process.status.then(({ code }) => over.reject(new Error(`it ended with code ${code}`)));
  try {
    return await Promise.race([listener.accept(), over.promise]);
  } finally {
    callOff();
    signal?.removeEventListener("abort", abort);
    over.promise.catch(() => {});
  }
}

/** Ends a process that did not come up, and gives what it printed. */
async function lastWords(process: Deno.ChildProcess): Promise<string> {
  const output = new Output([process.stdout, process.stderr]);
  killProcess(process);
  await process.status;
  await output.end();
  return output.quoted();
}
