import deno from "../../deno.json" with { type: "json" };
import { runCommandLine } from "./run_command_line.ts";
import { exitOfError, sayError } from "./command_error.ts";
import { processContext } from "./context.ts";

/**
 * Starts the program.
 *
 * @param args words after the program's name
 * @returns code that it ends with
 */
export async function start(args: readonly string[]): Promise<number> {
  const context = processContext(deno.version);
  try {
    return await runCommandLine(args, context);
  } catch (error) {
    const debug = (context.environment("AUTONOMY_DEBUG") ?? "") !== "";
    context.stderr.write(`autonomy: ${sayError(error, debug)}\n`);
    return exitOfError(error);
  }
}
