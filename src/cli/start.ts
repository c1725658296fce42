import deno from "../../deno.json" with { type: "json" };
import { runCommandLine } from "./run_command_line.ts";
import { CommandError, exitOfError, sayError } from "./command_error.ts";
import { EXIT } from "./exit_code.ts";
import { reasonOf } from "../kernel/reason_of.ts";
import { isGone } from "../tui/guard.ts";
import { type CliContext, processContext } from "./context.ts";

/**
 * Starts the program.
 *
 * @param args words after the program's name
 * @returns code that it ends with
 */
export async function start(args: readonly string[]): Promise<number> {
  passOverMissing();
  const context = processContext(deno.version);
  sayUncaught(context);
  const code = await codeOf(args, context);
  const unwritten = context.unwritten();
  if (unwritten === null) return code;
  const cause = `What it prints could not be written to standard output, or only its beginning: ${
    reasonOf(unwritten)
  }.`;
  sayFailure(
    context,
    new CommandError(EXIT.failed, `${cause} Make room there, or name another place, and call it again.`),
  );
  return code === EXIT.accepted ? EXIT.failed : code;
}

/** Variables that name the folder for temporary files. */
const TEMPORARY = ["TMPDIR", "TMP", "TEMP"];

/** Takes away those that name no folder any more, as that of a session that is over: else none could be made, by us and by checks. */
function passOverMissing(): void {
  for (const name of TEMPORARY) {
    const folder = Deno.env.get(name);
    if (folder !== undefined && (folder === "" || !isFolder(folder))) Deno.env.delete(name);
  }
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false; // Nor is it of use where we may not look.
  }
}

async function codeOf(args: readonly string[], context: ReturnType<typeof processContext>): Promise<number> {
  try {
    return await runCommandLine(args, context);
  } catch (error) {
    sayFailure(context, error);
    return exitOfError(error);
  }
}

function sayFailure(context: CliContext, error: unknown): void {
  const debug = (context.environment("AUTONOMY_DEBUG") ?? "") !== "";
  context.stderr.write(`autonomy: ${sayError(error, debug)}\n`);
}

/** Says an error that nobody waits for, such as one of a plugin, as any other: Deno would print its text as it came. */
function sayUncaught(context: CliContext): void {
  const end = (event: Event, error: unknown) => {
    // A terminal that is gone is no failure; the screen ends orderly then.
    if (isGone(error)) return;
    event.preventDefault();
    // First the screen gives the terminal back.
    queueMicrotask(() => {
      sayFailure(context, error);
      Deno.exit(exitOfError(error));
    });
  };
  globalThis.addEventListener("error", (event) => end(event, event.error));
  globalThis.addEventListener("unhandledrejection", (event) => end(event, event.reason));
}
