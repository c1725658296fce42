import { reasonOf } from "../kernel/reason_of.ts";
import { HostFailure } from "../ports/model_host.ts";
import { JournalError } from "../run/journal_error.ts";
import { EXIT, type ExitCode } from "./exit_code.ts";

/** A command that cannot be carried out; its text says what failed, what was wanted, what was found and what to do. */
export class CommandError extends Error {
  override readonly name = "CommandError";

  /**
   * @param exit code that the program ends with
   * @param message sentences for people, on stderr
   * @param options the cause
   */
  constructor(readonly exit: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/**
 * Sorts what a command threw into the code that the program ends with.
 *
 * @param error what was thrown
 * @returns the code; 1 for what nobody expected
 */
export function exitOfError(error: unknown): number {
  if (error instanceof CommandError) return error.exit;
  if (error instanceof JournalError) return EXIT.store;
  // By its name: its module reads YAML, which an error of the command line need not wait for.
  if (error instanceof Error && error.name === "PromptsRefused") return EXIT.config;
  if (error instanceof HostFailure) return EXIT.no_host;
  return EXIT.failed;
}

/**
 * Says an error in the words of people.
 *
 * @param error what was thrown
 * @param debug whether its stack and causes are wanted
 * @returns one or more lines without a closing line break
 */
export function sayError(error: unknown, debug: boolean): string {
  const text = reasonOf(error);
  if (!debug || !(error instanceof Error)) return text;
  const causes: string[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    causes.push(cause.stack ?? `${cause.name}: ${cause.message}`);
  }
  return [text, ...causes].join("\n");
}
