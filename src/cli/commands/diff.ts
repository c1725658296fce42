import { chosenAttempt, patchesOf, sayAttempt } from "../chosen_attempt.ts";
import type { CliContext } from "../context.ts";
import { findRun, readRun, withRun } from "../stored_run.ts";

/** Flags of `diff`. */
export interface DiffFlags {
  readonly project?: string;
}

/**
 * Prints what an attempt changed, as a patch for `git apply`; which attempt it is stands on standard error.
 *
 * @param flags whose newest run `last` is
 * @param id run, or the beginning of its id; `last` is the newest of the project
 * @param wanted a task, for the best of its attempts that were not accepted, or an attempt
 * @throws {CommandError} exit code 2 for an unknown run, task or attempt, or one that changed nothing
 */
export default async function diff(this: CliContext, flags: DiffFlags, id: string, wanted: string): Promise<void> {
  const run = readRun(findRun(this, id, { project: flags.project }));
  await withRun(run, () => {
    const attempt = chosenAttempt(run, wanted);
    const patches = patchesOf(run, attempt, !this.terminal.stdout);
    this.stderr.write(`${sayAttempt(attempt)}\n`);
    for (const { text } of patches) this.stdout.write(text);
  });
}
