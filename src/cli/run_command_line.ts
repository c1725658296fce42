import { ExitCode as StricliCode, run as runApplication, type StricliProcess } from "@stricli/core";
import { commandLine } from "./app.ts";
import type { CliContext } from "./context.ts";
import { EXIT } from "./exit_code.ts";

/** Words that stand before any command. */
const OWN_FLAGS = new Set(["-h", "--help", "-H", "--help-all", "--helpAll", "-v", "--version", "--"]);

/** Commands whose list is meant where no word follows. */
const LISTS = ["plugins", "mcp", "queue"];

/** Puts the usual command where none is named: `open`, and the list where a command has one. */
function completed(args: readonly string[]): readonly string[] {
  const namesNone = (word: string | undefined) => word === undefined || word.startsWith("-") && !OWN_FLAGS.has(word);
  if (namesNone(args[0])) return ["open", ...args];
  return LISTS.includes(args[0] ?? "") && namesNone(args[1]) ? [args[0] ?? "", "list", ...args.slice(1)] : args;
}

/**
 * Runs the command line.
 *
 * @param args words after the program's name
 * @param context the world
 * @returns code that the program ends with
 */
export async function runCommandLine(
  args: readonly string[],
  context: CliContext & { readonly code: () => number | null },
): Promise<number> {
  const debug = (context.environment("AUTONOMY_DEBUG") ?? "") !== "";
  // 0 in `exitCode` would hide the error that stricli notes there.
  const noted: StricliProcess = { ...context.process, exitCode: undefined };
  await runApplication(commandLine(context.version, debug), completed(args), {
    ...context,
    process: noted,
  });
  const code = Number(noted.exitCode ?? EXIT.failed);
  if (code === StricliCode.InvalidArgument || code === StricliCode.UnknownCommand) return EXIT.usage;
  return code < 0 ? EXIT.failed : code > 0 ? code : context.code() ?? code;
}
