import { lockOf } from "../run/journal.ts";
import { JournalBusy } from "../run/journal_error.ts";
import { holderOf, LockHeld, takeFolderLock, type WriterLock } from "../run/writer_lock.ts";
import type { CliContext } from "./context.ts";
import { runStore, startFactOf } from "./stored_run.ts";

/**
 * Holds a project while a run, or an undo, changes it: two at once would take each other's changes for their own. The kernel ends the lock
 * with the process, however that ends.
 *
 * @param context state folder
 * @param project real path of the project
 * @returns the lock; the caller releases it
 * @throws {JournalBusy} when another process holds it, with its run and its process
 */
export function holdProject(context: CliContext, project: string): WriterLock {
  try {
    return takeFolderLock(project);
  } catch (cause) {
    // A file system that knows no locks, or a folder that cannot be opened, must not keep a run from starting.
    if (!(cause instanceof LockHeld)) return { release() {} };
    const work = atWork(context, project);
    throw new JournalBusy(
      work === null
        ? `another program is at work on ${project}; wait until it ends, or end it`
        : `run ${work.id} is at work on ${project} (${
          work.pid === null ? "another process" : `process ${work.pid}`
        }); wait until it ends, end it, or look at it: autonomy show ${work.id}`,
      { cause },
    );
  }
}

/**
 * Does something while a project is held.
 *
 * @param project real path of the project
 * @throws {JournalBusy} when another process holds it
 */
export async function whileHeld(context: CliContext, project: string, action: () => Promise<void>): Promise<void> {
  const hold = holdProject(context, project);
  try {
    await action();
  } finally {
    hold.release();
  }
}

/** The newest run of a project that a process holds; null where it is none of this state folder. */
function atWork(context: CliContext, project: string): { readonly id: string; readonly pid: number | null } | null {
  for (const run of runStore(context).list()) {
    const pid = holderOf(lockOf(run.path));
    if (pid !== undefined && startsIn(run, project)) return { id: run.id, pid };
  }
  return null;
}

function startsIn(run: Parameters<typeof startFactOf>[0], project: string): boolean {
  try {
    return startFactOf(run)?.project === project;
  } catch {
    // One that cannot be read is not named; that the project is held is told all the same.
    return false;
  }
}
