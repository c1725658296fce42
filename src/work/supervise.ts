import type { CommandResult } from "../ports/workspace.ts";
import {
  type CommandBounds,
  countBounds,
  type EnclosedBounds,
  enclosedBounds,
  endedFor,
  type RanOut,
} from "./command_bounds.ts";
import { newMark } from "./command_mark.ts";
import { ownPath } from "./own_path.ts";
import { killGroup, Lifeline } from "./lifeline.ts";
import { CommandNotStarted, CommandWords } from "./command_words.ts";
import { endMarked } from "./marked_processes.ts";
import { takeMountPointsAway } from "./sandbox/bubblewrap.ts";
import { MOST_TASKS } from "./sandbox/command_watch.ts";
import { enclosed, type Enclosure } from "./sandbox/enclosure.ts";

/** Characters of output kept by default: a third of the beginning, the rest of the end. */
const MOST_OUTPUT = 60_000;

/** How long output is awaited after the command's group is gone; only a process that left its group can hold it open. */
const MOST_DRAIN_MS = 500;

/** What every command finds in its environment: who runs it, and that nobody is there to ask or to see colours. */
const ENVIRONMENT = { AUTONOMY: "1", CI: "true", NO_COLOR: "1", TERM: "dumb" };

/** Options of Node, which Deno would heed in the supervisor: the command gets them from there. */
const NOT_FOR_DENO = { NODE_OPTIONS: "" };

/** How a command is run. */
export interface SuperviseOptions extends CommandBounds {
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
  /** Absolute path of the folder it runs in; of an enclosed command its enclosure says that. */
  readonly folder: string;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Variables beside ours. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Characters of output to keep; 60,000 by default. */
  readonly mostOutput?: number;
  /** What it sees and may change; all that we may where absent. */
  readonly enclosure?: Enclosure;
  /** Folder of the enclosure's project that an enclosed command runs in, relative; that project where absent. */
  readonly within?: string;
  /** What an enclosed command may take beside its time; what {@link enclosedBounds} says where absent. */
  readonly enclosedBounds?: EnclosedBounds;
}

/** How a command ended under its bounds. */
export interface Supervised extends CommandResult {
  /** The bound that ended it; null where none did. */
  readonly ranOut: RanOut | null;
}

/**
 * Runs a command under our supervisor, in a process group of its own that ends with us, also when we are killed, and with
 * it what left the group. Its standard input is empty.
 *
 * @param options what to run and within which bounds
 * @returns how it ended; an aborted command returns too, as soon as its group is gone, with what it had said
 * @throws {CommandNotStarted} when the program is missing or cannot be executed
 * @throws the signal's reason when it was aborted before the start
 */
export async function supervise(options: SuperviseOptions): Promise<Supervised> {
  const { command, folder, signal, enclosure } = options;
  signal.throwIfAborted();
  if (command.length === 0) {
    throw new CommandNotStarted("other", "The command is empty; give a program and its arguments.");
  }
  const { mark, environment } = await newMark();
  signal.throwIfAborted();
  const start = performance.now();
  const started = enclosure === undefined
    ? { command, folder, environment: options.environment }
    : enclosed(command, enclosure, options.environment, options.within);
  const most = options.enclosedBounds ?? enclosedBounds();
  const watch = enclosure === undefined ? null : { ...most, folders: [enclosure.place, enclosure.temporary] };
  const process = startSupervisor(mark, saysStatus(enclosure) ? MOST_TASKS : 0, {
    ...started.environment,
    ...environment,
  });
  const said = new CommandWords(options.mostOutput ?? MOST_OUTPUT);
  const life = new Lifeline(process, () => said.group);
  const bounds = countBounds(options, () => life.cut());
  const drained = read(process.stdout, (text) => {
    said.add(text);
    if (text !== "") bounds.renew();
  });
  const reported = read(process.stderr, lines((line) => said.report(line)));
  const cut = () => life.cut();
  signal.addEventListener("abort", cut, { once: true });
  try {
    const nodeOptions = started.environment?.["NODE_OPTIONS"] ?? Deno.env.get("NODE_OPTIONS") ?? null;
    const enclosedBy = saysStatus(enclosure);
    const order = { command: started.command, cwd: started.folder, mark, enclosed: enclosedBy, watch, nodeOptions };
    await life.order(`${JSON.stringify(order)}\n`);
    const { success } = await process.status;
    // A supervisor that was killed leaves its command to us.
    if (!success) {
      killGroup(said.group);
      await endMarked((one) => one === mark);
    }
  } finally {
    bounds.stop();
    signal.removeEventListener("abort", cut);
    await life.release();
    if (enclosure !== undefined && saysStatus(enclosure)) takeMountPointsAway(enclosure);
  }
  await Promise.all([drained.within(MOST_DRAIN_MS), reported.within(MOST_DRAIN_MS)]);
  const seconds = (performance.now() - start) / 1_000;
  const timeOut = bounds.ranOut();
  const result = said.result(options, { timedOut: timeOut !== null, seconds });
  if (timeOut !== null || said.bound === null) return { ...result, ranOut: timeOut };
  return { ...result, output: `${result.output}\nThe command ${endedFor(said.bound, most)}.\n`, ranOut: said.bound };
}

/** Whether a command runs under bubblewrap. */
function saysStatus(enclosure: Enclosure | undefined): boolean {
  return enclosure !== undefined && enclosure.tier.startsWith("bubblewrap");
}

/**
 * Sets the bound on file locks that marks the supervisor's children, by the letter that this shell has for it, and for an enclosed command
 * how many processes and threads more there may be than there are, then becomes the supervisor.
 */
const MARKED = `{
  ulimit -w "$1" || ulimit -x "$1"
  [ "$2" = 0 ] || { read -r one five fifteen tasks last < /proc/loadavg && most=$((\${tasks#*/} + $2)) &&
    { ulimit -p "$most" || ulimit -u "$most"; }; }
} 2>/dev/null; shift 2; exec "$@"`;

function startSupervisor(mark: string, tasks: number, environment: SuperviseOptions["environment"]): Deno.ChildProcess {
  return new Deno.Command("sh", {
    args: [
      "-c",
      MARKED,
      "sh",
      mark,
      `${tasks}`,
      Deno.execPath(),
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
    env: { ...ENVIRONMENT, ...searched(), ...environment, ...NOT_FOR_DENO },
  }).spawn();
}

/** The search path of commands; none where this program has none. */
function searched(): Record<string, string> {
  const path = Deno.env.get("PATH");
  return path === undefined ? {} : { PATH: ownPath(path) };
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
