import type { BlobStore } from "../ports/blob_store.ts";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { reasonOf } from "../kernel/reason_of.ts";
import { diskFault } from "./disk_fault.ts";
import { type FileState, placeAt, stateAt } from "./file_state.ts";
import { leadsElsewhere } from "./project_path.ts";
import { makeFoldersFor, removeEmptyFolders, removeHollowFolder, replaceFile, temporaryPath } from "./replace_file.ts";
import type { WriteRecord } from "./write_record.ts";

/** What taking writes back did. */
export interface UndoReport {
  /** Files that have their earlier content and mode again. */
  readonly restored: readonly string[];
  /** Files that were made by the writes and are gone again. */
  readonly removed: readonly string[];
  /** Files that were not put back, or only to what a person made of them, with the reason in a sentence. */
  readonly left: readonly { readonly path: string; readonly reason: string }[];
  /** What the disk said where it takes nothing any more; absent where it did not. */
  readonly disk?: unknown;
}

/** The way back for one file: from what the last write left to what stood before the first. */
interface WayBack {
  readonly path: string;
  readonly target: FileState | null;
  readonly expected: FileState | null;
  readonly createdFolders: readonly string[];
  /** True when someone else changed the file between two of the writes. */
  readonly interrupted: boolean;
}

/**
 * Takes writes back: every file gets the bytes and mode it had before the first of them, what they made is removed, what
 * they deleted stands again. A file that someone changed since is left. Doing it twice does no harm.
 *
 * @param root absolute real path of the project
 * @param writes finished writes in their order: of a run, or of one attempt
 * @param blobs where the old contents are kept
 * @returns what happened to each file
 */
export function undoWrites(root: string, writes: readonly WriteRecord[], blobs: BlobStore): UndoReport {
  const restored: string[] = [];
  const removed: string[] = [];
  const left: { path: string; reason: string }[] = [];
  const disk: unknown[] = [];
  const ways = waysBack(writes);
  // What was made goes first, a link before what is below it: it may stand where a folder or file has to come back.
  ways.sort((a, b) => Number(a.target !== null) - Number(b.target !== null) || a.path.length - b.path.length);
  const folders: string[] = [];
  for (const way of ways) {
    const reason = undoOne(root, way, blobs, disk);
    if (reason !== null) left.push({ path: way.path, reason });
    else if (way.interrupted) {
      left.push({ path: way.path, reason: "someone else changed it during the run; it was put back to their version" });
    } else if (way.target === null) removed.push(way.path);
    else restored.push(way.path);
    if (way.target === null) {
      folders.push(...way.createdFolders);
      // Right away, since a file may have to come back where such a folder stands.
      removeEmptyFolders(root, folders);
    }
  }
  return { restored: restored.sort(), removed: removed.sort(), left, ...(disk.length > 0 ? { disk: disk[0] } : {}) };
}

/** Folds the writes of each file into one way back. */
function waysBack(writes: readonly WriteRecord[]): WayBack[] {
  const byPath = new Map<string, WriteRecord[]>();
  for (const write of writes) {
    const known = byPath.get(write.path);
    if (known === undefined) byPath.set(write.path, [write]);
    else known.push(write);
  }
  return [...byPath].flatMap(([path, own]) => {
    const last = own.at(-1);
    if (last === undefined) return [];
    let first = last;
    let interrupted = false;
    for (let index = own.length - 2; index >= 0; index -= 1) {
      const earlier = own[index];
      if (earlier === undefined) break;
      if (earlier.after !== first.before) {
        interrupted = true;
        break;
      }
      first = earlier;
    }
    return [{
      path,
      target: state(first.before, first.modeBefore),
      expected: state(last.after, last.modeAfter),
      createdFolders: own.flatMap((write) => write.createdFolders),
      interrupted,
    }];
  });
}

function state(hash: string | null, mode: number | null): FileState | null {
  return hash === null ? null : { hash, mode: mode ?? 0 };
}

/** Takes one file back; returns why not, or null. `disk` gets what a disk said that takes nothing any more. */
function undoOne(root: string, way: WayBack, blobs: BlobStore, disk: unknown[]): string | null {
  const { path, target, expected } = way;
  const place = join(root, path);
  try {
    const isElsewhere = leadsElsewhere(root, path);
    const now = isElsewhere ? null : stateAt(place);
    if (same(now, target)) return null;
    if (isElsewhere) return "a folder above it is now a link";
    const { kind } = placeAt(place);
    if (kind === "folder" && (expected !== null || !removeHollowFolder(place))) {
      return "someone made a folder in its place";
    }
    if (kind === "other") return "something that is neither file nor link stands in its place";
    if (now?.hash !== expected?.hash) {
      return now === null ? "someone deleted it since" : "someone changed it since";
    }
    if (target === null) {
      rmSync(place);
      return null;
    }
    const bytes = blobs.getBlob(target.hash);
    if (bytes === undefined) return `its earlier content (${target.hash.slice(0, 12)}) is not in the journal`;
    makeFoldersFor(place);
    // A mode that someone else set since is theirs.
    const keepsMode = now !== null && expected !== null && expected.mode !== 0 && now.mode !== expected.mode;
    replaceFile(place, bytes, keepsMode ? now.mode : target.mode);
    return null;
  } catch (error) {
    if (diskFault(error) !== null) disk.push(error);
    return `it could not be put back: ${reasonOf(error)}`;
  }
}

function same(a: FileState | null, b: FileState | null): boolean {
  return a === null || b === null ? a === b : a.hash === b.hash && a.mode === b.mode;
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
