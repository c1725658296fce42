import type { FileWork } from "../../features/attempts/file_work.ts";
import { ownedWrites } from "../../features/files/owned_writes.ts";
import { counted } from "../../kernel/text.ts";
import { linesOf } from "../../tell/changed_part.ts";
import { chosenAttempt, sayAttempt } from "../chosen_attempt.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { patchesOf } from "../patches_of.ts";
import { findRun, type ReadRun, readRun, withRun } from "../stored_run.ts";
import { type PartFlags, sayPart, undonePart, workOfPart } from "../undone_part.ts";

/** Flags of `diff`. */
export interface DiffFlags extends PartFlags {
  readonly project?: string;
}

/**
 * Prints what a run, a part of it or one attempt changed, as a patch for `git apply`; what it is of stands on standard error.
 *
 * @param flags whose newest run `last` is, and the task or role whose part of the run is wanted
 * @param id run, or the beginning of its id; `last` is the newest of the project
 * @param wanted a task, for the best of its attempts that were not accepted, or an attempt; absent: what stands by the run, or by its part
 * @throws {CommandError} exit code 2 for an unknown run, task, role or attempt, or one that changed nothing
 */
export default async function diff(this: CliContext, flags: DiffFlags, id: string, wanted?: string): Promise<void> {
  const run = readRun(findRun(this, id, { project: flags.project }));
  await withRun(run, () => {
    const { says, files } = wanted === undefined ? partOf(run, flags) : attemptOf(run, flags, wanted);
    const patches = patchesOf(run, files, !this.terminal.stdout);
    const { added, removed } = linesOf(patches);
    const count = counted(new Set(files.map(({ path }) => path)).size, "file");
    this.stderr.write(`${says}: ${count}, +${added} −${removed}\n`);
    for (const { text } of patches) this.stdout.write(text);
  });
}

/** What is different, and by what. */
interface Difference {
  readonly says: string;
  readonly files: readonly FileWork[];
}

function attemptOf(run: ReadRun, flags: DiffFlags, wanted: string): Difference {
  if (flags.task !== undefined || flags.role !== undefined) {
    throw new CommandError(
      EXIT.usage,
      `${wanted} names an attempt, --task and --role a part of what stands by the run. Leave one of them out.`,
    );
  }
  const attempt = chosenAttempt(run, wanted);
  return { says: sayAttempt(attempt), files: attempt.files };
}

function partOf(run: ReadRun, flags: DiffFlags): Difference {
  const part = undonePart(run, flags);
  const files = workOfPart(ownedWrites(run.facts), part);
  const says = part === null ? `Run ${run.id}` : `${sayPart(part)} of run ${run.id}`;
  if (files.length > 0) return { says, files };
  throw new CommandError(
    EXIT.usage,
    `${says} has no change that stands. \`autonomy show ${run.id}\` lists its attempts; those that were not accepted are shown by their names: autonomy diff ${run.id} T1.1.`,
  );
}
