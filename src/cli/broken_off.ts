import { reasonOf } from "../kernel/reason_of.ts";
import { CommandError, exitOfError } from "./command_error.ts";
import type { Config } from "./config.ts";
import type { CliContext } from "./context.ts";
import type { ExitCode } from "./exit_code.ts";
import { goOnWords } from "./go_on.ts";
import type { StartedRun } from "./start_run.ts";

/** A run that broke off while it was at work, such as on a disk that is full: which one, and how it goes on. */
export class BrokenOff extends CommandError {
  /**
   * @param run id of the run
   * @param project that it works in
   * @param reason what broke it off, in sentences
   * @param goOn words that go on with it; null for none
   * @param cause what was thrown
   */
  constructor(
    readonly run: string,
    readonly project: string,
    readonly reason: string,
    goOn: string | null,
    cause: unknown,
  ) {
    super(exitOfError(cause) as ExitCode, goOn === null ? reason : `${reason}\nGo on: ${goOn}`, { cause });
  }
}

/**
 * Makes the error of a run that broke off out of what it broke off by.
 *
 * @param context the world
 * @param started the run
 * @param config the configuration that it had
 * @param error what was thrown
 */
export function brokenOff(
  { command }: Pick<CliContext, "command">,
  { id, run }: Pick<StartedRun, "id" | "run">,
  config: Config,
  error: unknown,
): BrokenOff {
  const state = run.state();
  const words = goOnWords(state, config);
  const goOn = words === null ? null : `${command} run ${words}`;
  return new BrokenOff(id, state.run.info?.project ?? "", reasonOf(error), goOn, error);
}
