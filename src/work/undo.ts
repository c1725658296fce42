import type { BlobStore } from "../ports/blob_store.ts";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { stateAt } from "./file_state.ts";
import { moveFiles, type MoveReport } from "./move_files.ts";
import { removeEmptyFolders, temporaryPath } from "./replace_file.ts";
import { waysBack } from "./ways.ts";
import type { WriteRecord } from "./write_record.ts";

/**
 * Takes writes back: every file gets the bytes and mode it had before the first of them, what they made is removed, what
 * they deleted stands again. A file that someone changed since is left. Doing it twice does no harm.
 *
 * @param root absolute real path of the project
 * @param writes finished writes in their order: of a run, or of one attempt
 * @param blobs where the old contents are kept
 * @param merges whether a file that someone changed since is merged where that can be done
 * @returns what happened to each file
 */
export function undoWrites(
  root: string,
  writes: readonly WriteRecord[],
  blobs: BlobStore,
  merges = false,
): MoveReport {
  return moveFiles(root, waysBack(writes.map((write) => ({ write, fate: "wanted" }))), { blobs, merges });
}

/** How a write that was open when the program ended stands on the disk. */
export interface SettledWrite {
  /** `done`: the new content is there; `not done`: the old one; `conflict`: something else, which is left alone. */
  readonly state: "done" | "not done" | "conflict";
  /** The write as it is on the disk, to be closed with. */
  readonly write: WriteRecord;
}

/**
 * Finds out, by hashes, whether a write that was open happened, and removes what an unfinished one left beside the file.
 *
 * @param root absolute real path of the project
 * @param write the write as it was opened
 */
export function settleOpenWrite(root: string, write: WriteRecord): SettledWrite {
  const place = join(root, write.path);
  rmSync(temporaryPath(place), { force: true });
  const now = stateAt(place);
  const hash = now?.hash ?? null;
  if (hash === write.after) return { state: "done", write: { ...write, modeAfter: now?.mode ?? null } };
  // The folders are made before the file.
  removeEmptyFolders(root, write.createdFolders);
  return { state: hash === write.before ? "not done" : "conflict", write };
}
