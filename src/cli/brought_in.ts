import type { AttemptWork } from "../features/attempts/past_work.ts";
import { moveFiles, type MoveReport } from "../work/move_files.ts";
import type { Way } from "../work/ways.ts";
import { noteByHand } from "./by_hand.ts";
import { settledWrites } from "./settled_writes.ts";
import type { ReadRun } from "./stored_run.ts";

/** The way of each file that an attempt changed. */
export function waysOf({ files }: AttemptWork): readonly Way[] {
  return files.map(({ path, from, to }) => ({ path, steps: [{ from, to, isCovered: false }], createdFolders: [] }));
}

/**
 * Brings what an attempt changed into the project, and notes that in the run.
 *
 * @param run the run, its journal open for writing
 * @param root real path of the project, which is held
 * @param attempt the attempt
 * @returns what became of each file
 */
export async function broughtIn(run: ReadRun, root: string, attempt: AttemptWork): Promise<MoveReport> {
  const { facts } = await settledWrites(run, root, false);
  const noted = noteByHand(run, { attempt: `${attempt.task}.${attempt.number}`, takes: null }, facts);
  const report = moveFiles(root, waysOf(attempt), { blobs: run.journal, merges: true, recorder: noted.recorder });
  noted.end(report);
  return report;
}

/** Counts the files that are another than before. */
export function movedCount({ restored, removed, merged, unchanged }: MoveReport): number {
  return new Set([...restored, ...removed, ...merged]).size - unchanged.length;
}
