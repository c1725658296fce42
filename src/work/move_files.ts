import { join } from "node:path";
import { reasonOf } from "../kernel/reason_of.ts";
import type { BlobStore } from "../ports/blob_store.ts";
import { ToolError } from "../ports/tool.ts";
import { diskFault } from "./disk_fault.ts";
import { bytesAt, type FileState, placeAt, stateAt } from "./file_state.ts";
import { type GoneWay, goneWay } from "./gone_way.ts";
import { leadsElsewhere } from "./project_path.ts";
import { missingFolders, removeEmptyFolders, removeHollowFolder } from "./replace_file.ts";
import type { Way } from "./ways.ts";
import { carryOut } from "./write_file.ts";
import type { WriteRecorder } from "./write_record.ts";

/** What became of files that were to be moved along their ways. */
export interface MoveReport {
  /** Files that have the content and mode that was wanted. */
  readonly restored: readonly string[];
  /** Files that were to go and are gone. */
  readonly removed: readonly string[];
  /** Files in which a change of someone else stands beside what was wanted. */
  readonly merged: readonly string[];
  /** Those of all these that stood so already. */
  readonly unchanged: readonly string[];
  /** Files that were not moved, or only to what a person made of them, with the reason in a sentence. */
  readonly left: readonly { readonly path: string; readonly reason: string }[];
  /** What the disk said where it takes nothing any more; absent where it did not. */
  readonly disk?: unknown;
}

/** What files are moved with. */
export interface Moving {
  /** Where contents are kept; what is recorded is put there, too. */
  readonly blobs: Pick<BlobStore, "getBlob"> & Partial<BlobStore>;
  /** Whether a file that someone else changed is merged: it is left where absent. */
  readonly merges?: boolean;
  /** Who is told of each write before and after it; nobody where absent. */
  readonly recorder?: WriteRecorder;
}

/** Tells nobody. */
const SILENT: WriteRecorder = { opened() {}, closed() {}, commandOpened() {}, commandClosed() {} };

/**
 * Moves files along their ways, each in one step of the disk.
 *
 * @param root absolute real path of the project
 * @param ways at most one for each file
 * @returns what happened to each file
 */
export function moveFiles(root: string, ways: readonly Way[], moving: Moving): MoveReport {
  const found = {
    restored: [] as string[],
    removed: [] as string[],
    merged: [] as string[],
    unchanged: [] as string[],
  };
  const left: { path: string; reason: string }[] = [];
  const disk: unknown[] = [];
  const folders: string[] = [];
  const goal = ({ steps }: Way) => steps.at(-1)!.to;
  // What was made goes first, a link before what is below it: it may stand where a folder or file has to come back.
  const sorted = [...ways].sort((a, b) =>
    Number(goal(a) !== null) - Number(goal(b) !== null) || a.path.length - b.path.length
  );
  for (const way of sorted) {
    const { path } = way;
    const moved = moveOne(root, way, moving, disk);
    if (typeof moved === "string") left.push({ path, reason: moved });
    else {
      found[moved.isMerged ? "merged" : goal(way) === null ? "removed" : "restored"].push(path);
      if (moved.isUnchanged) found.unchanged.push(path);
    }
    if (goal(way) === null) {
      folders.push(...way.createdFolders);
      // Right away, since a file may have to come back where such a folder stands.
      removeEmptyFolders(root, folders);
    }
  }
  for (const list of Object.values(found)) list.sort();
  return { ...found, left, ...(disk.length > 0 ? { disk: disk[0] } : {}) };
}

type Moved = { readonly isMerged: boolean; readonly isUnchanged: boolean } | string;

/** Moves one file; a sentence says why it is not where it should be. `disk` gets what a disk said that takes nothing any more. */
function moveOne(root: string, way: Way, moving: Moving, disk: unknown[]): Moved {
  const place = join(root, way.path);
  try {
    const isElsewhere = leadsElsewhere(root, way.path);
    const now = isElsewhere ? null : stateAt(place);
    const goal = way.steps.at(-1)!.to;
    if (now === null && goal === null) return { isMerged: false, isUnchanged: true };
    if (isElsewhere) return "a folder above it is now a link";
    const { kind } = placeAt(place);
    if (kind === "folder" && (way.steps[0]!.from !== null || !removeHollowFolder(place))) {
      return "someone made a folder in its place";
    }
    if (kind === "other") return "something that is neither file nor link stands in its place";
    const bytes = kind === "file" || kind === "link" ? bytesAt(place, kind) : null;
    const gone = goneWay(way, now, bytes, moving);
    const isUnchanged = now?.hash === gone.end?.hash && now?.mode === gone.end?.mode;
    if (!isUnchanged) put(root, way.path, now, bytes, gone, moving);
    return gone.stop ?? { isMerged: gone.isMerged, isUnchanged };
  } catch (error) {
    const cause = error instanceof ToolError && error.cause !== undefined ? error.cause : error;
    if (diskFault(cause) !== null) disk.push(cause);
    return `it could not be changed: ${reasonOf(cause)}`;
  }
}

function put(
  root: string,
  path: string,
  now: FileState | null,
  old: Uint8Array | null,
  { end, bytes }: GoneWay,
  { recorder, blobs }: Moving,
): void {
  if (recorder !== undefined) { for (const content of [old, bytes]) if (content !== null) blobs.putBlob?.(content); }
  const write = {
    path,
    before: now?.hash ?? null,
    after: end?.hash ?? null,
    modeBefore: now?.mode ?? null,
    modeAfter: end?.mode ?? null,
    createdFolders: end === null ? [] : missingFolders(root, path),
  };
  carryOut(root, write, bytes, end?.mode ?? null, recorder ?? SILENT, () => {
    const stands = stateAt(join(root, path))?.hash ?? null;
    if (stands !== write.before) throw new ToolError(`${path} was changed meanwhile`);
  });
}
