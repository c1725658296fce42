import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import { safe } from "../kernel/say.ts";
import { isGone } from "../tui/guard.ts";
import type { CommandContext, StricliProcess } from "@stricli/core";

/** Text output that survives a reader that went away; of what it is given, nothing is written that a terminal obeys. */
export interface Output {
  readonly write: (text: string) => void;
}

/** What a command gets from the world. */
export interface CliContext extends CommandContext {
  readonly process: StricliProcess;
  /** Reads a variable of the environment. */
  readonly environment: (name: string) => string | undefined;
  /** Folder that relative paths are meant from. */
  readonly folder: string;
  /** Version of this program. */
  readonly version: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Whether standard input, output and error are terminals. */
  readonly terminal: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  /** Reads all of standard input. */
  readonly readInput: () => Promise<string>;
  /** Reads one line of standard input, which must be a terminal; empty at its end. */
  readonly readLine: () => string;
  /** Lines of standard input as they come, without their ends; at most once. */
  readonly lines: () => AsyncIterable<string>;
  /** Words that a person starts the program with, before those of a command: `autonomy` where it is installed. */
  readonly command: string;
  /** Notes the code that the program ends with. */
  readonly endWith: (code: number) => void;
}

/** An output with what kept it from being written whole. */
interface WatchedOutput extends Output {
  /** The first error of a write; null where there was none, and where its reader has gone. */
  readonly failure: () => Error | null;
}

/**
 * Makes an output of a stream: all that the program says outside its screen goes through here, so that no command can forget to make
 * its text safe. Styles of our own would have to be added behind {@link safe}. When its reader has gone, nothing more is written and
 * nothing fails: a closed pipe is no error of ours. What else goes wrong, such as a disk that is full, is kept: what was asked for is
 * not there then.
 *
 * @param stream such as `Deno.stdout`
 * @returns the output
 */
function outputTo(stream: { writeSync(bytes: Uint8Array): number; isTerminal(): boolean }): WatchedOutput {
  const encoder = new TextEncoder();
  const isTerminal = stream.isTerminal();
  let open = true;
  let failure: Error | null = null;
  return {
    write: (text) => {
      let bytes = encoder.encode(safe(text));
      while (open && bytes.length > 0) {
        try {
          bytes = bytes.subarray(stream.writeSync(bytes));
        } catch (error) {
          // A pipe that was set to non-blocking by its other end is full: its reader needs a moment.
          if (error instanceof Deno.errors.WouldBlock) {
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
            continue;
          }
          open = false;
          if (!hasNoReader(error, isTerminal)) failure = error instanceof Error ? error : new Error(String(error));
        }
      }
    },
    failure: () => failure,
  };
}

/** Whether an error of a write says that nobody reads it: a closed pipe, a descriptor that was never open, a terminal that is gone. */
function hasNoReader(error: unknown, isTerminal: boolean): boolean {
  if (error instanceof Deno.errors.BrokenPipe || error instanceof Deno.errors.BadResource) return true;
  return isTerminal && isGone(error);
}

/** Reads what a person types up to the end of the line; a terminal gives no more at a time. */
function typedLine(): string {
  const decoder = new TextDecoder();
  const bytes = new Uint8Array(1024);
  let line = "";
  while (!line.includes("\n")) {
    const length = Deno.stdin.readSync(bytes);
    if (length === null) break;
    line += decoder.decode(bytes.subarray(0, length), { stream: true });
  }
  return line.split("\n")[0] ?? "";
}

/** Most characters of a line that are kept: what is longer is no line that a person typed. */
const MOST_LINE = 100_000;

async function* typedLines(): AsyncIterable<string> {
  let rest = "";
  for await (const piece of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const lines = `${rest}${piece}`.split(/\r?\n/);
    rest = (lines.pop() ?? "").slice(0, MOST_LINE);
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** Folder that the person stands in where a task started the program: `deno task` changes to its own and names the first one. */
function taskFolder(): string | null {
  const asked = Deno.env.get("INIT_CWD");
  const own = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
  return asked !== undefined && isAbsolute(asked) && Deno.cwd() === own ? asked : null;
}

/** Words that start the program as it was started now; `npx` names its command in a variable. */
function startWords(isTask: boolean): string {
  if (!isTask) return "autonomy";
  return Deno.env.get("npm_command") === "exec" ? `npx -y deno@${Deno.version.deno} task start` : "deno task start";
}

/** What a process ends with, beside what its commands say. */
interface Outcome {
  /** The code, once a command has set one. */
  readonly code: () => number | null;
  /** What kept standard output from being written whole; null where nothing did. */
  readonly unwritten: () => Error | null;
}

/**
 * Makes the context of this process.
 *
 * @param version version of this program
 * @returns the context, and how the process is to end
 */
export function processContext(version: string): CliContext & Outcome {
  const stdout = outputTo(Deno.stdout);
  const stderr = outputTo(Deno.stderr);
  const folder = taskFolder();
  let code: number | null = null;
  return {
    process: { stdout, stderr },
    environment: (name) => Deno.env.get(name),
    folder: folder ?? Deno.cwd(),
    readLine: typedLine,
    command: startWords(folder !== null),
    version,
    stdout,
    stderr,
    terminal: {
      stdin: Deno.stdin.isTerminal(),
      stdout: Deno.stdout.isTerminal(),
      stderr: Deno.stderr.isTerminal(),
    },
    lines: typedLines,
    readInput: () => new Response(Deno.stdin.readable).text(),
    endWith: (next) => {
      code = next;
    },
    code: () => code,
    unwritten: stdout.failure,
  };
}
