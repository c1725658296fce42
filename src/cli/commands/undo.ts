import type { Owner } from "../../features/files/owned_writes.ts";
import { oneLine } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import { moveFiles, type MoveReport } from "../../work/move_files.ts";
import { onPartialCopy } from "../../work/partial_copy.ts";
import { waysBack } from "../../work/ways.ts";
import { askPerson, isYes } from "../ask_person.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { whileHeld } from "../hold_project.ts";
import { linesOfMoves } from "../moved_lines.ts";
import { differencesBetween } from "../patches_of.ts";
import { namedProject } from "../project_of_run.ts";
import { mustBeSettled, openInProject, settledWrites, writtenPaths } from "../settled_writes.ts";
import { findRun, type ReadRun, readRun, withRun } from "../stored_run.ts";
import { type TakenBack, takePartBack, withoutNothing } from "../take_part_back.ts";
import { type PartFlags, pastOf, sayPart, undonePart } from "../undone_part.ts";

/** Flags of `undo`. */
export interface UndoFlags extends PartFlags {
  readonly project?: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

/**
 * Puts every file that a run changed back to what it was before, or only what one task or role did, and says first which run and which
 * project that is about. The project is the current one, or that of a run which was named by its id. What someone changed since is merged
 * where it can be.
 *
 * @param flags `dryRun` only says what would happen, `yes` answers what is asked for another project than the current one
 * @param id run, or the beginning of its id; `last` is the newest of the project
 * @throws {CommandError} exit code 2 for an unknown run, task or role or a project that is gone, 4 where the answer was no; a journal at work is exit code 8
 */
export default async function undo(this: CliContext, flags: UndoFlags, id: string): Promise<void> {
  // Opened for writing, so that no run works on the project from its journal at the same time.
  const run = readRun(findRun(this, id, { project: flags.project }), flags.dryRun);
  await withRun(run, async () => {
    const { root, here } = namedProject(this, run, flags.project);
    const part = undonePart(run, flags);
    if (part !== null) mustBeSettled(run);
    if (flags.dryRun) return await sayWhatWouldHappen(this, run, root, part);
    if (root !== here && !flags.yes) mayChange(this, root, here);
    await whileHeld(this, root, async () => {
      await takeBack(this, run, root, part);
    });
  });
}

/** Asks whoever is there before another project than the current one is changed; without a person the id that was named is the yes. */
function mayChange(context: CliContext, root: string, here: string): void {
  const answer = askPerson(context, `You are in ${oneLine(here)}. Put the files of ${oneLine(root)} back? [y/N]`);
  if (answer === null || isYes(answer)) return;
  throw new CommandError(EXIT.blocked, "Nothing was changed. Answer y, or give --yes.");
}

async function takeBack(context: CliContext, run: ReadRun, root: string, part: Owner | null): Promise<void> {
  const { report, excepted } = await takePartBack(run, root, part);
  sayUndone(context, { report, excepted: part === null ? excepted : [] }, false);
  const { restored, removed, merged, unchanged, left } = report;
  const touched = restored.length + removed.length + merged.length;
  const whose = part === null ? `Run ${run.id}` : `In run ${run.id} ${sayPart(part)}`;
  const aim = part === null ? `as before run ${run.id}` : `as without ${sayPart(part)} of run ${run.id}`;
  context.stdout.write(
    touched + left.length === 0
      ? `${whose} changed no file of ${oneLine(root)}.\n`
      : `${counted(touched - unchanged.length, "file")} of ${oneLine(root)} put back ${aim}, ${
        counted(left.length, "file")
      } left as found.\n`,
  );
  if (left.length > 0) context.endWith(EXIT.partial);
}

/** Why some files that changed under a command are not taken back. */
const EXCEPTED = "it changed while a command ran or after, and what stood in it before is not known";

function sayUndone({ stdout }: CliContext, { report, excepted }: TakenBack, isSorted: boolean): void {
  const { restored, removed, left } = report;
  const lines = linesOfMoves(report, { restored, removed });
  if (isSorted) lines.sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { line } of lines) stdout.write(`${line}\n`);
  const named = new Set(left.map(({ path }) => path));
  for (const path of excepted) {
    if (!named.has(path)) stdout.write(`left      ${oneLine(path)}: ${EXCEPTED}\n`);
  }
}

/** Finds out what would happen by doing it to a copy of the files. */
async function sayWhatWouldHappen(
  context: CliContext,
  run: ReadRun,
  root: string,
  part: Owner | null,
): Promise<void> {
  const say = (line: string) => context.stdout.write(`${line}\n`);
  const paths = writtenPaths(run);
  const { report, excepted, lines } = await onPartialCopy(root, paths, async (copy) => {
    const { writes, excepted } = await settledWrites(run, copy.root, true);
    const ways = waysBack(pastOf(writes, part));
    const known = ways.filter(({ path }) => !copy.missing.has(path));
    const found = moveFiles(copy.root, known, { blobs: run.journal, merges: true });
    const left = ways.filter(({ path }) => copy.missing.has(path)).map(({ path }) => ({ path, reason: NOT_COPIED }));
    const report = withoutNothing({ ...found, left: [...found.left, ...left] }, ways);
    return { report, excepted, lines: differencesBetween(root, copy.root, movedBy(report)) };
  });
  sayUndone(context, { report, excepted: part === null ? excepted : [] }, true);
  for (const { text } of lines) context.stdout.write(text);
  for (const [, { command }] of openInProject(run.state)) {
    if (command !== null) {
      say(`and what \`${oneLine(command.words.join(" "))}\` changed, which was still running at the end`);
    }
  }
  const count = [report.restored, report.removed, report.merged, report.left].flat().length;
  const whose = part === null ? `Run ${run.id}` : `In run ${run.id} ${sayPart(part)}`;
  say(
    count === 0 ? `${whose} changed no file of ${oneLine(root)}.` : "Nothing was changed: this is what undo would do.",
  );
}

/** Files that are put back, removed or merged. */
function movedBy({ restored, removed, merged }: MoveReport): readonly string[] {
  return [...restored, ...removed, ...merged].sort();
}

/** Why it cannot be told what would become of a file. */
const NOT_COPIED = "what stands in its place is no file, or cannot be read";
