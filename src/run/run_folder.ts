import { lstatSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { reasonOf } from "../kernel/reason_of.ts";
import { lockOf } from "./journal.ts";
import { JournalBusy, JournalError } from "./journal_error.ts";
import type { StoredRun } from "./run_store.ts";
import { LockHeld, takeLock, type WriterLock } from "./writer_lock.ts";

/**
 * Counts what a stored run takes of the disk.
 *
 * @param run the run
 * @returns bytes of all its files; 0 where it is gone
 */
export function bytesOf(run: StoredRun): number {
  return bytesBelow(dirname(run.path));
}

/**
 * Counts what a file, or a folder with all that is in it, takes of the disk.
 *
 * @param top its absolute path
 * @returns bytes; 0 where nothing is there
 */
export function bytesBelow(top: string): number {
  let bytes = 0;
  const pending = [top];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory() === true) pending.push(...namesIn(path).map((name) => join(path!, name)));
    else bytes += stat?.size ?? 0;
  }
  return bytes;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A folder that cannot be read is not counted.
    return [];
  }
}

/**
 * Removes a stored run with all that it keeps: it can be neither shown nor continued nor undone any more.
 *
 * @param run the run, which may be damaged
 * @returns bytes that were freed
 * @throws {JournalBusy} when a process writes it
 * @throws {JournalError} when it cannot be removed
 */
export function removeRun(run: StoredRun): number {
  const folder = dirname(run.path);
  const bytes = bytesOf(run);
  let lock: WriterLock | null = null;
  try {
    if (lstatSync(folder).isDirectory()) lock = takeLock(lockOf(run.path));
    Deno.removeSync(folder, { recursive: true });
    return bytes;
  } catch (cause) {
    if (cause instanceof LockHeld) {
      const holder = cause.holder === null ? "another process" : `process ${cause.holder}`;
      throw new JournalBusy(`run ${run.id} is at work (${holder}) and was not removed; end it first`, { cause });
    }
    throw new JournalError(
      `run ${run.id} could not be removed from ${folder}: ${reasonOf(cause)}; look at its permissions`,
      {
        cause,
      },
    );
  } finally {
    lock?.release();
  }
}

/**
 * Reads when a run was started out of its id, which is there also where its journal cannot be read.
 *
 * @param id such as `20261122-184605-3fa2`
 * @returns milliseconds since 1970
 */
export function startOf(id: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-/.exec(id) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
