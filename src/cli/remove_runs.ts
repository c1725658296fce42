import { oneLine, sayBytes } from "../kernel/say.ts";
import { counted } from "../kernel/text.ts";
import { JournalBusy } from "../run/journal_error.ts";
import { bytesOf, removeRun, startOf } from "../run/run_folder.ts";
import type { StoredRun } from "../run/run_store.ts";
import { askPerson, isYes } from "./ask_person.ts";
import { CommandError } from "./command_error.ts";
import type { CliContext } from "./context.ts";
import { EXIT } from "./exit_code.ts";
import { projectFolder } from "./places.ts";
import { findRun, runStore, startFactOf } from "./stored_run.ts";

/** Hours of the units of an age. */
const HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168 };

/** How runs are removed. */
export interface RemoveFlags {
  readonly project?: string;
  readonly all: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/**
 * Removes stored runs after a yes: one by its id, or those that were started longer ago than an age. A run at work stays.
 *
 * @param context state folder and terminal
 * @param wanted a run, or an age such as `30d`, `12h` or `2w`
 * @param flags whose runs an age is about, and whether the yes is given
 * @throws {CommandError} exit code 2 where no run is called so, 4 where nobody said yes
 * @throws {JournalBusy} where the run that was named is at work
 */
export function removeRuns(context: CliContext, wanted: string, flags: RemoveFlags): void {
  const age = /^(\d+)([hdw])$/.exec(wanted);
  const chosen = age === null
    ? [findRun(context, wanted, flags)]
    : runsBefore(context, Date.now() - Number(age[1]) * HOURS[age[2]!]! * 3_600_000, flags);
  if (chosen.length === 0) {
    const whose = flags.all ? "" : ` of ${projectFolder(flags.project ?? ".", context.folder)}`;
    if (!flags.json) context.stdout.write(`There are no runs${whose} that were started longer ago than ${wanted}.\n`);
    return;
  }
  if (!flags.yes) mustBeWanted(context, chosen);
  let [removed, freed] = [0, 0];
  for (const run of chosen) {
    try {
      const bytes = removeRun(run);
      [removed, freed] = [removed + 1, freed + bytes];
      if (flags.json) context.stdout.write(line({ type: "removed", id: run.id, bytes }));
    } catch (error) {
      // Among many, one that is at work is left.
      if (age === null || !(error instanceof JournalBusy)) throw error;
      context.stdout.write(
        flags.json ? line({ type: "left", id: run.id, reason: error.message }) : `Left: ${error.message}.\n`,
      );
    }
  }
  if (!flags.json) context.stdout.write(`Removed ${counted(removed, "run")}: ${sayBytes(freed)} freed.\n`);
}

function line(value: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ version: 1, ...value })}\n`;
}

/** Runs that were started before a moment; of those that cannot be read nobody knows the project, so only `all` means them. */
function runsBefore(context: CliContext, moment: number, { project, all }: RemoveFlags): readonly StoredRun[] {
  const wanted = all ? null : projectFolder(project ?? ".", context.folder);
  return runStore(context).list().filter((run) => startOf(run.id) < moment && (wanted === null || isOf(run, wanted)));
}

function isOf(run: StoredRun, project: string): boolean {
  try {
    return startFactOf(run)?.project === project;
  } catch {
    return false;
  }
}

/** Names what would be removed, and asks whoever is there. */
function mustBeWanted(context: CliContext, chosen: readonly StoredRun[]): void {
  const bytes = chosen.reduce((sum, run) => sum + bytesOf(run), 0);
  for (const run of chosen) context.stderr.write(`  ${run.id}  ${oneLine(placeOf(run), 120)}\n`);
  const what = `${counted(chosen.length, "run")}, ${sayBytes(bytes)}`;
  const answer = askPerson(
    context,
    `Remove ${what}? They can be neither shown nor continued nor undone after that. [y/N]`,
  );
  if (isYes(answer)) return;
  throw new CommandError(
    EXIT.blocked,
    `Nothing was removed (${what}). ${
      answer === null ? "Nobody is there to say yes: add --yes." : "Answer y, or give --yes."
    }`,
  );
}

function placeOf(run: StoredRun): string {
  try {
    const start = startFactOf(run);
    return start === null ? "never began" : `${start.project}: ${start.goal}`;
  } catch {
    return "cannot be read";
  }
}
