import type { AttemptWork } from "../../features/attempts/past_work.ts";
import { oneLine } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import { columns } from "../../tell/columns.ts";
import { moveFiles, type MoveReport } from "../../work/move_files.ts";
import { onPartialCopy } from "../../work/partial_copy.ts";
import { askPerson, isYes } from "../ask_person.ts";
import { broughtIn, movedCount, waysOf } from "../brought_in.ts";
import { chosenAttempt, sayAttempt } from "../chosen_attempt.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { whileHeld } from "../hold_project.ts";
import { linesOfMoves } from "../moved_lines.ts";
import { patchesOf } from "../patches_of.ts";
import { namedProject } from "../project_of_run.ts";
import { mustBeSettled } from "../settled_writes.ts";
import { findRun, type ReadRun, readRun, withRun } from "../stored_run.ts";

/** Flags of `apply`. */
export interface ApplyFlags {
  readonly project?: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

/**
 * Brings the change of an attempt into the project as it stands now, whatever the checks said of it. Files that changed since are merged; where
 * that cannot be done nothing of that file is written. What it writes is noted in the run, so that undoing the run takes it back, too.
 *
 * @param flags `dryRun` only says what would happen, `yes` answers what is asked
 * @param id run, or the beginning of its id; `last` is the newest of the project
 * @param wanted a task, for the best of its attempts that were not accepted, or an attempt
 * @throws {CommandError} exit code 2 for an unknown run, task or attempt, 4 where nobody said yes; a project or journal at work is exit code 8
 */
export default async function apply(this: CliContext, flags: ApplyFlags, id: string, wanted: string): Promise<void> {
  const run = readRun(findRun(this, id, { project: flags.project }), flags.dryRun);
  await withRun(run, async () => {
    const attempt = chosenAttempt(run, wanted);
    const { root } = namedProject(this, run, flags.project);
    mustBeSettled(run);
    this.stdout.write(`${sayAttempt(attempt)}\n${statOf(run, attempt)}`);
    if (flags.dryRun) return await sayWhatWouldHappen(this, run, root, attempt);
    // Held before the question: what is answered must still be so.
    await whileHeld(this, root, async () => {
      if (!flags.yes) mustAgree(this, attempt, root);
      await bringIn(this, run, root, attempt);
    });
  });
}

/** How many lines of which files it changes. */
function statOf(run: ReadRun, attempt: AttemptWork): string {
  const rows = patchesOf(run, attempt.files, false).map(({ path, added, removed, isBinary }) => [
    oneLine(path),
    isBinary ? "binary" : `+${added} -${removed}`,
  ]);
  return columns(rows, 2);
}

function mustAgree(context: CliContext, { task, number }: AttemptWork, root: string): void {
  if (isYes(askPerson(context, `Bring ${task}.${number} into ${oneLine(root)}? [y/N]`))) return;
  throw new CommandError(EXIT.blocked, "Nothing was changed. Answer y, or give --yes.");
}

async function bringIn(context: CliContext, run: ReadRun, root: string, attempt: AttemptWork): Promise<void> {
  const report = await broughtIn(run, root, attempt);
  sayBroughtIn(context, report, attempt);
  const { left } = report;
  const count = movedCount(report);
  context.stdout.write(
    `${counted(count, "file")} of ${oneLine(root)} changed, ${counted(left.length, "file")} left.\n`,
  );
  if (count > 0) context.stdout.write(`Take back: ${context.command} undo ${run.id} --task ${oneLine(attempt.task)}\n`);
  if (left.length > 0) context.endWith(EXIT.partial);
}

function sayBroughtIn({ stdout }: CliContext, report: MoveReport, { files }: AttemptWork): void {
  const isMade = new Set(files.filter(({ from }) => from === null).map(({ path }) => path));
  const made = report.restored.filter((path) => isMade.has(path));
  const changed = report.restored.filter((path) => !isMade.has(path));
  const lines = linesOfMoves(report, { made, changed, deleted: report.removed }, "is so");
  for (const { line } of lines) stdout.write(`${line}\n`);
}

/** Finds out what would happen by doing it to a copy of the files. */
async function sayWhatWouldHappen(
  context: CliContext,
  run: ReadRun,
  root: string,
  attempt: AttemptWork,
): Promise<void> {
  const report = await onPartialCopy(root, attempt.files.map(({ path }) => path), (copy) => {
    const ways = waysOf(attempt);
    const found = moveFiles(copy.root, ways.filter(({ path }) => !copy.missing.has(path)), {
      blobs: run.journal,
      merges: true,
    });
    const reason = "what stands in its place is no file, or cannot be read";
    const left = ways.filter(({ path }) => copy.missing.has(path)).map(({ path }) => ({ path, reason }));
    return { ...found, left: [...found.left, ...left] };
  });
  sayBroughtIn(context, report, attempt);
  context.stdout.write("Nothing was changed: this is what apply would do.\n");
}
