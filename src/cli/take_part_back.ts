import type { Owner } from "../features/files/owned_writes.ts";
import { moveFiles, type MoveReport } from "../work/move_files.ts";
import { type Way, waysBack } from "../work/ways.ts";
import { noteByHand } from "./by_hand.ts";
import { settledWrites } from "./settled_writes.ts";
import type { ReadRun } from "./stored_run.ts";
import { pastOf } from "./undone_part.ts";

/** What became of the files of a run that were put back. */
export interface TakenBack {
  readonly report: MoveReport;
  /** Files of which it is not known what stood in them before. */
  readonly excepted: readonly string[];
}

/**
 * Puts back what a run, or a part of its work, changed. What is done for a part is noted in the run's journal.
 *
 * @param run the run, its journal open for writing
 * @param root real path of its project, which is held
 * @param part whose work is taken back; null for all of it without a note
 */
export async function takePartBack(run: ReadRun, root: string, part: Owner | null): Promise<TakenBack> {
  const { writes, excepted, facts } = await settledWrites(run, root, false);
  const ways = waysBack(pastOf(writes, part));
  const { journal: blobs } = run;
  // Undoing all of a run needs no note: each later look finds the files as they were before. It works on a disk that is full, too.
  const noted = part === null ? null : noteByHand(run, { attempt: null, takes: { ...part } }, facts);
  const found = moveFiles(root, ways, { blobs, merges: true, ...(noted === null ? {} : { recorder: noted.recorder }) });
  noted?.end(found);
  return { report: withoutNothing(found, ways), excepted };
}

/** What was written and undone within the run is nothing that an undo does. */
export function withoutNothing(report: MoveReport, ways: readonly Way[]): MoveReport {
  const nothing = new Set(
    ways.filter(({ steps: [newest, ...older] }) =>
      older.length === 0 && newest?.from?.hash === newest?.to?.hash && newest?.from?.mode === newest?.to?.mode
    ).map(({ path }) => path),
  );
  const some = (paths: readonly string[]) => paths.filter((path) => !nothing.has(path));
  const { restored, removed, merged, unchanged } = report;
  return {
    ...report,
    restored: some(restored),
    removed: some(removed),
    merged: some(merged),
    unchanged: some(unchanged),
  };
}
