import type { CommandResult } from "../ports/workspace.ts";
import { BoundedText } from "./bounded_text.ts";
import { byTheClock, type Timer } from "../ports/timer.ts";

/** Characters of output kept by default: a third of the beginning, the rest of the end. */
const MOST_OUTPUT = 60_000;

/** How long the supervisor may take to end a command: its own grace twice, and a second. */
const MOST_ENDING_MS = 5_000;

/** How long output is awaited after the command's group is gone; only a process that left its group can hold it open. */
const MOST_DRAIN_MS = 500;

/** What every command finds in its environment: who runs it, and that nobody is there to ask or to see colours. */
const ENVIRONMENT = { AUTONOMY: "1", CI: "true", NO_COLOR: "1", TERM: "dumb" };

/** How a command is run. */
export interface SuperviseOptions {
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
  /** Absolute path of the folder it runs in. */
  readonly folder: string;
  /** Time after which it is ended. */
  readonly timeoutMs: number;
  /** Time without output after which it is ended; none where absent. */
  readonly silentMs?: number;
  /** Counts both; the clock's where absent. */
  readonly timer?: Timer;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Variables beside ours. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Characters of output to keep; 60,000 by default. */
  readonly mostOutput?: number;
}

/** How a command ended under its bounds. */
export interface Supervised extends CommandResult {
  /** The bound that ended it; null where none did. */
  readonly ranOut: "time" | "silence" | null;
}

/** A command that could not be started at all. */
export class CommandNotStarted extends Error {
  override readonly name = "CommandNotStarted";

  /**
   * @param reason `missing` when there is no such program, `forbidden` when it may not be executed
   * @param message what was tried and what to do
   * @param options the cause
   */
  constructor(readonly reason: "missing" | "forbidden" | "other", message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** What the supervisor says of a command. */
type Report =
  | { readonly supervisor: "started"; readonly group: number }
  | { readonly supervisor: "failed"; readonly code: string | null; readonly message: string }
  | { readonly supervisor: "ended"; readonly code: number | null; readonly signal: string | null };

/**
 * Runs a command under our supervisor, in a process group of its own that ends with us, also when we are killed. Its
 * standard input is empty.
 *
 * @param options what to run and within which bounds
 * @returns how it ended; an aborted command returns too, as soon as its group is gone, with what it had said
 * @throws {CommandNotStarted} when the program is missing or cannot be executed
 * @throws the signal's reason when it was aborted before the start
 */
export async function supervise(options: SuperviseOptions): Promise<Supervised> {
  const { command, folder, signal } = options;
  signal.throwIfAborted();
  if (command.length === 0) {
    throw new CommandNotStarted("other", "The command is empty; give a program and its arguments.");
  }
  const start = performance.now();
  const process = startSupervisor(options.environment);
  const lifeline = process.stdin.getWriter();
  let group: number | null = null;
  let outcome: Exclude<Report, { supervisor: "started" }> | null = null;
  const noise = new BoundedText(500, 500);
  const most = options.mostOutput ?? MOST_OUTPUT;
  const output = new BoundedText(Math.floor(most / 3), most - Math.floor(most / 3));

  const drained = read(process.stdout, (text) => {
    output.add(text);
    if (text !== "") bounds.renew();
  });
  const reported = read(
    process.stderr,
    lines((line) => {
      const report = readReport(line);
      if (report === null) noise.add(`${line}\n`);
      else if (report.supervisor === "started") group = report.group;
      else outcome = report;
    }),
  );

  let lastResort: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    if (lastResort !== undefined) return;
    lastResort = setTimeout(() => killAll(group, process), MOST_ENDING_MS);
    // Closing the pipe is the order to end; it fails only when the supervisor is gone already.
    lifeline.close().catch(() => undefined);
  };
  const bounds = countBounds(options, end);
  signal.addEventListener("abort", end, { once: true });
  try {
    await lifeline.write(new TextEncoder().encode(`${JSON.stringify({ command, cwd: folder })}\n`)).catch(() =>
      undefined
    );
    await process.status;
  } finally {
    bounds.stop();
    signal.removeEventListener("abort", end);
    clearTimeout(lastResort);
    if (lastResort === undefined) await lifeline.close().catch(() => undefined);
  }
  await Promise.all([drained.within(MOST_DRAIN_MS), reported.within(MOST_DRAIN_MS)]);
  return settle(outcome, { command, folder, noise: noise.toString() }, {
    timedOut: bounds.ranOut() !== null,
    ranOut: bounds.ranOut(),
    output: output.toString(),
    cut: output.cut,
    seconds: (performance.now() - start) / 1_000,
  });
}

/** Starts the process that runs the command for us. */
function startSupervisor(environment: SuperviseOptions["environment"]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--no-config",
      "--no-lock",
      "--no-remote",
      "--no-check",
      "--allow-run",
      "--allow-env",
      new URL("./supervisor.ts", import.meta.url).href,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    // Out of the terminal's group: a Ctrl-C there reaches us, and we decide what ends.
    detached: true,
    env: { ...ENVIRONMENT, ...environment },
  }).spawn();
}

/** Counts the bounds of a command and ends it by the first that runs out; each word of the command renews the one for silence. */
function countBounds({ timeoutMs, silentMs, timer = byTheClock }: SuperviseOptions, end: () => void) {
  let ranOut: Supervised["ranOut"] = null;
  let over = false;
  let silence = (): void => {};
  const runOut = (bound: "time" | "silence") => {
    ranOut ??= bound;
    end();
  };
  const time = timer(timeoutMs, () => runOut("time"));
  const renew = () => {
    silence();
    if (silentMs !== undefined && !over) silence = timer(silentMs, () => runOut("silence"));
  };
  renew();
  return {
    renew,
    stop: () => {
      over = true;
      time();
      silence();
    },
    ranOut: () => ranOut,
  };
}

/** Makes the result, or says why there is none. */
function settle(
  outcome: Exclude<Report, { supervisor: "started" }> | null,
  asked: { readonly command: readonly string[]; readonly folder: string; readonly noise: string },
  result: Omit<Supervised, "code" | "signal">,
): Supervised {
  if (outcome?.supervisor === "ended") return { code: outcome.code, signal: outcome.signal, ...result };
  const [program = ""] = asked.command;
  // Ended by us before it had reported: as good as ended by the signal.
  if (outcome === null && asked.noise === "") return { code: null, signal: "SIGKILL", ...result };
  if (outcome === null) {
    throw new CommandNotStarted(
      "other",
      `${program} was not run: its supervisor ended early and said: ${asked.noise.trim()}`,
    );
  }
  if (outcome.code === "ENOENT") {
    throw new CommandNotStarted(
      "missing",
      `${program} was not found: install it, or name a program that is on the PATH.`,
    );
  }
  if (outcome.code === "EACCES") {
    throw new CommandNotStarted("forbidden", `${program} may not be executed here: look at its permissions.`);
  }
  throw new CommandNotStarted("other", `${program} could not be started in ${asked.folder}: ${outcome.message}`);
}

/** Ends the group and its supervisor when the supervisor did not do it in time. */
function killAll(group: number | null, process: Deno.ChildProcess): void {
  const kill = (action: () => void) => {
    try {
      action();
    } catch {
      // Gone already.
    }
  };
  if (group !== null) kill(() => Deno.kill(-(group as number), "SIGKILL"));
  kill(() => process.kill("SIGKILL"));
}

/** Reads a stream as text until it ends or is given up. */
function read(stream: ReadableStream<Uint8Array>, tell: (text: string) => void): { within(ms: number): Promise<void> } {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const done = (async () => {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      tell(decoder.decode(piece.value, { stream: true }));
    }
    tell(decoder.decode());
  })();
  // A pipe that breaks ends the text; what came until then counts.
  const ended = done.catch(() => undefined);
  return {
    within: async (ms) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(() => reader.cancel().then(resolve, resolve), ms);
      });
      await Promise.race([ended, late]);
      clearTimeout(timer);
    },
  };
}

/** Cuts text into lines. */
function lines(tell: (line: string) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) tell(part);
  };
}

/** Reads a line of the supervisor; null for anything else that stood on its standard error. */
function readReport(line: string): Report | null {
  if (!line.startsWith('{"supervisor":')) return null;
  try {
    return JSON.parse(line) as Report;
  } catch {
    return null;
  }
}
