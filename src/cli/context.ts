import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import type { CommandContext, StricliProcess } from "@stricli/core";

/** Text output that survives a reader that went away. */
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
  /** Notes the code that the program ends with. */
  readonly endWith: (code: number) => void;
}

/**
 * Makes an output of a stream. When its reader has gone, nothing more is written and nothing fails: a closed pipe is no error of ours.
 *
 * @param stream such as `Deno.stdout`
 * @returns the output
 */
export function outputTo(stream: { writeSync(bytes: Uint8Array): number }): Output {
  const encoder = new TextEncoder();
  let open = true;
  return {
    write: (text) => {
      let bytes = encoder.encode(text);
      while (open && bytes.length > 0) {
        try {
          bytes = bytes.subarray(stream.writeSync(bytes));
        } catch (error) {
          if (!(error instanceof Deno.errors.WouldBlock)) open = false;
          // A pipe that was set to non-blocking by its other end is full: its reader needs a moment.
          else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
        }
      }
    },
  };
}

/** Folder that the person stands in: `deno task` changes to the program's own and names the first one. */
function startFolder(): string {
  const folder = Deno.cwd();
  const asked = Deno.env.get("INIT_CWD");
  const own = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
  return asked !== undefined && isAbsolute(asked) && folder === own ? asked : folder;
}

/**
 * Makes the context of this process.
 *
 * @param version version of this program
 * @returns the context, and the code once a command has set one
 */
export function processContext(version: string): CliContext & { readonly code: () => number | null } {
  const stdout = outputTo(Deno.stdout);
  const stderr = outputTo(Deno.stderr);
  let code: number | null = null;
  return {
    process: { stdout, stderr },
    environment: (name) => Deno.env.get(name),
    folder: startFolder(),
    version,
    stdout,
    stderr,
    terminal: {
      stdin: Deno.stdin.isTerminal(),
      stdout: Deno.stdout.isTerminal(),
      stderr: Deno.stderr.isTerminal(),
    },
    readInput: () => new Response(Deno.stdin.readable).text(),
    endWith: (next) => {
      code = next;
    },
    code: () => code,
  };
}
