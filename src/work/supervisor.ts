/**
 * Runs one command for {@link supervise} and makes sure that nothing of it stays. It is a process of its own: when the
 * program that started it ends, however it ends, the kernel closes the pipe that is our standard input, and we end the
 * command's whole process group, and what has left it. Started as `deno run --allow-run --allow-env supervisor.ts`, it
 * imports nothing of the rest but how marked processes are found and what its sandbox says of it, so that it starts fast.
 *
 * Standard input: one line of JSON `{command, cwd, mark, enclosed, watch, nodeOptions}`, then open as long as the command may live. Where `enclosed` is
 * true the command is bubblewrap's, which says on descriptor 3 what it started and how that ended. `watch` says what a command may take.
 * Standard output and error of the command: our standard output, both as one stream, so that their order is kept.
 * Standard error: lines of JSON `{"supervisor":"started"|"bound"|"failed"|"ended", …}`.
 */
import { spawn } from "node:child_process";
import process from "node:process";
import type { Readable } from "node:stream";
import { endMarked } from "./marked_processes.ts";
import { CommandWatch, type Watch } from "./sandbox/command_watch.ts";
import { EnclosureStatus } from "./sandbox/enclosure_status.ts";

/** Time between the polite signal and the one that cannot be refused. */
const GRACE_MS = 2_000;
const POLL_MS = 20;

const request = await firstLine();
if (request === null) Deno.exit(0);
const { command, cwd, mark, enclosed, watch, nodeOptions } = JSON.parse(request) as {
  command: [string, ...string[]];
  cwd: string;
  mark: string;
  enclosed: boolean;
  watch: Watch | null;
  nodeOptions: string | null;
};

const environment = { ...process.env };
// Set by some terminals; it would undo NO_COLOR and make Node print a warning about that.
delete environment["FORCE_COLOR"];
// Kept from this program.
if (nodeOptions === null) delete environment["NODE_OPTIONS"];
else environment["NODE_OPTIONS"] = nodeOptions;
// Where our own settings and runs lie is nothing to commands.
for (const name of ["AUTONOMY_STATE_HOME", "AUTONOMY_CONFIG_HOME", "AUTONOMY_DEBUG"]) delete environment[name];

const watching = watch === null ? null : new CommandWatch(watch, enclosed);
const child = spawn(command[0], command.slice(1), {
  cwd,
  env: environment,
  detached: true, // a session and a group of its own: no terminal to ask on, one target for signals
  stdio: ["ignore", 1, 1, ...(enclosed ? ["pipe" as const] : [])],
});
const group = child.pid;
let ending = false;
const watchFrom = (first: number) => {
  if (!ending) watching?.begin(first);
};
const status = new EnclosureStatus(child.stdio[3] as Readable | undefined, watchFrom);
if (!enclosed && group !== undefined) watchFrom(group);

child.once("error", (error) => {
  const code = "code" in error ? error.code : null;
  tell({ supervisor: "failed", code, message: error.message });
  void end();
});
child.once("exit", async (code, signal) => {
  const outcome = enclosed ? await status.outcome(code, signal) : { supervisor: "ended", code, signal };
  const isForced = !ending && "signal" in outcome && outcome.signal === "SIGKILL";
  const bound = await watching?.end(isForced) ?? "";
  if (bound !== "") tell({ supervisor: "bound", bound });
  tell(outcome);
  void end();
});
if (group !== undefined) tell({ supervisor: "started", group });
for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(name, () => void end());
void untilClosed().then(end);

/** Ends the group and what has left it: politely, then not. */
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  if (group !== undefined && send("SIGTERM")) {
    for (let waited = 0; waited < GRACE_MS && send(0); waited += POLL_MS) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    send("SIGKILL");
    // Its exit, if it is still to come, belongs to the report.
    for (let waited = 0; waited < GRACE_MS && child.exitCode === null && child.signalCode === null; waited += POLL_MS) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
  await watching?.end(false);
  await endMarked((one) => one === mark, GRACE_MS);
  Deno.exit(0);
}

/**
 * Sends a signal to the group, of an enclosed command to the one inside: bubblewrap would heed a polite signal at once, and end all others
 * by force. Once bubblewrap has ended, all inside have. False when nobody is left in it.
 */
function send(signal: "SIGTERM" | "SIGKILL" | 0): boolean {
  try {
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    const meant = signal === "SIGKILL" || hasEnded ? group : status.group ?? group;
    return meant !== undefined && process.kill(-meant, signal);
  } catch {
    return false;
  }
}

/** Reads the request; null when the pipe closes before it is whole. */
async function firstLine(): Promise<string | null> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(65_536);
  let text = "";
  while (!text.includes("\n")) {
    const length = await Deno.stdin.read(buffer);
    if (length === null) return null;
    text += decoder.decode(buffer.subarray(0, length), { stream: true });
  }
  return text;
}

/** Ends when the pipe from our program closes. */
async function untilClosed(): Promise<void> {
  const buffer = new Uint8Array(16);
  while (await Deno.stdin.read(buffer) !== null);
}

/** Reports to our program; when it is gone there is nobody to tell. */
function tell(report: Record<string, unknown>): void {
  try {
    Deno.stderr.writeSync(new TextEncoder().encode(`${JSON.stringify(report)}\n`));
  } catch {
    // The pipe is closed: the same event ends the group.
  }
}
