import type { CommandResult } from "../ports/workspace.ts";
import { Lifeline } from "./lifeline.ts";
import { CommandNotStarted, CommandWords } from "./command_words.ts";

/** Characters of output kept by default: a third of the beginning, the rest of the end. */
const MOST_OUTPUT = 60_000;

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
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Variables beside ours. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Characters of output to keep; 60,000 by default. */
  readonly mostOutput?: number;
}

/**
 * Runs a command under our supervisor, in a process group of its own that ends with us, also when we are killed. Its
 * standard input is empty.
 *
 * @param options what to run and within which bounds
 * @returns how it ended; an aborted command returns too, as soon as its group is gone, with what it had said
 * @throws {CommandNotStarted} when the program is missing or cannot be executed
 * @throws the signal's reason when it was aborted before the start
 */
export async function supervise(options: SuperviseOptions): Promise<CommandResult> {
  const { command, folder, signal } = options;
  signal.throwIfAborted();
  if (command.length === 0) {
    throw new CommandNotStarted("other", "The command is empty; give a program and its arguments.");
  }
  const start = performance.now();
  const process = startSupervisor(options.environment);
  const said = new CommandWords(options.mostOutput ?? MOST_OUTPUT);
  const life = new Lifeline(process, () => said.group);
  const clock = new Clock(options, () => life.cut());
  const drained = read(process.stdout, (text) => {
    said.add(text);
    if (text !== "") clock.heard();
  });
  const reported = read(process.stderr, lines((line) => said.report(line)));
  const cut = () => life.cut();
  signal.addEventListener("abort", cut, { once: true });
  try {
    await life.order(`${JSON.stringify({ command, cwd: folder })}\n`);
    await process.status;
  } finally {
    clock.stop();
    signal.removeEventListener("abort", cut);
    await life.release();
  }
  await Promise.all([drained.within(MOST_DRAIN_MS), reported.within(MOST_DRAIN_MS)]);
  return said.result(options, { timedOut: clock.isLate, seconds: (performance.now() - start) / 1_000 });
}

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

/** The times after which a command is ended: all of it, and without a word. */
class Clock {
  readonly #silentMs: number | undefined;
  readonly #late: () => void;
  readonly #whole: ReturnType<typeof setTimeout>;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;
  isLate = false;

  constructor({ timeoutMs, silentMs }: SuperviseOptions, end: () => void) {
    this.#silentMs = silentMs;
    this.#late = () => {
      this.isLate = true;
      end();
    };
    this.#whole = setTimeout(this.#late, timeoutMs);
    this.heard();
  }

  /** The command said something: its silence begins anew. */
  heard(): void {
    clearTimeout(this.#silence);
    if (this.#silentMs !== undefined && !this.#isStopped) this.#silence = setTimeout(this.#late, this.#silentMs);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#whole);
    clearTimeout(this.#silence);
  }
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
