import { rmSync } from "node:fs";
import { join } from "node:path";
import { reasonOf } from "../kernel/reason_of.ts";
import type { BlobStore } from "../ports/blob_store.ts";
import { FileChanged, ToolError } from "../ports/tool.ts";
import type { Expects } from "../ports/workspace.ts";
import { contentHash } from "./content_hash.ts";
import { bytesAt, type Place, placeAt, stateAt } from "./file_state.ts";
import { resolveProjectPath } from "./project_path.ts";
import { textOf } from "./read_project.ts";
import { makeFoldersFor, missingFolders, removeEmptyFolders, replaceFile } from "./replace_file.ts";
import type { WriteRecord, WriteRecorder } from "./write_record.ts";

/** Permission of a file's owner to write it. */
const OWNER_WRITES = 0o200n;
/** Characters of a file that changed meanwhile up to which all of it is said. */
const SAID_CHARS = 5_000;

/** What a file is written with. */
interface Writing {
  readonly recorder: WriteRecorder;
  readonly blobs: BlobStore;
  readonly expects?: Expects;
  /** Hears of the write before it happens. */
  readonly before: (write: WriteRecord) => void;
}

/**
 * Writes one file of a project, or deletes it, so that it can be taken back exactly.
 *
 * @param root absolute real path of the project
 * @param path what the tool gave
 * @param text the whole text; null deletes it
 * @returns the write as it was recorded; `done` is false where nothing had to be done
 * @throws {ToolError} when it may not be written or cannot be
 * @throws {FileChanged} when it does not hold what it is expected to
 */
export function writeFile(
  root: string,
  path: string,
  text: string | null,
  { recorder, blobs, expects, before: hears }: Writing,
): { readonly write: WriteRecord; readonly done: boolean } {
  const real = resolveProjectPath(root, path, { forWriting: true, keepLastLink: text === null });
  if (real === ".") throw new ToolError("The path is the project itself; name a file in it.");
  const place = join(root, real);
  const found = placeAt(place);
  if (found.kind === "folder") throw new ToolError(`${path} is a folder; name a file.`);
  if (found.kind === "other") throw new ToolError(`${path} is no plain file; it is not written.`);
  const old = found.kind === "nothing" ? null : bytesAt(place, found.kind);
  const expected = expects?.(real);
  if (expected !== undefined && expected !== (old === null ? null : contentHash(old))) throw changed(real, old);
  const bytes = text === null ? null : new TextEncoder().encode(text);
  const before = old === null ? null : blobs.putBlob(old);
  const after = bytes === null ? null : blobs.putBlob(bytes);
  const modeBefore = found.kind === "file" || found.kind === "link" ? Number(found.stat.mode) : null;
  const createdFolders = bytes === null ? [] : missingFolders(root, real);
  const write: WriteRecord = {
    path: real,
    before,
    after,
    modeBefore,
    modeAfter: bytes === null ? null : modeBefore,
    createdFolders,
  };
  if (before === after) return { write, done: false };
  refuseProtected(path, found);
  hears(write);
  const asBefore = () => {
    const now = stateAt(place)?.hash ?? null;
    if (now !== before) throw changed(real, now === null ? null : bytesAt(place, "file"));
  };
  return { write: carryOut(root, write, bytes, modeBefore, recorder, asBefore), done: true };
}

/**
 * Records a write, does it, and records how it ended.
 *
 * @param bytes the content; null deletes the file
 * @param mode `st_mode` it shall have; null for what a new file gets here
 * @param asBefore throws where the file is not any more what it was; called last
 * @returns the write, with the mode that it left
 * @throws {ToolError} when it cannot be done
 */
export function carryOut(
  root: string,
  write: WriteRecord,
  bytes: Uint8Array | null,
  mode: number | null,
  recorder: WriteRecorder,
  asBefore: () => void = () => {},
): WriteRecord {
  const place = join(root, write.path);
  recorder.opened(write);
  try {
    if (bytes === null) {
      asBefore();
      rmSync(place);
    } else {
      makeFoldersFor(place);
      replaceFile(place, bytes, mode, asBefore);
    }
  } catch (error) {
    removeEmptyFolders(root, write.createdFolders);
    recorder.closed(write, false);
    if (error instanceof ToolError) throw error;
    throw new ToolError(`${write.path} could not be written: ${reasonOf(error)}`, { cause: error });
  }
  const done = { ...write, modeAfter: stateAt(place)?.mode ?? null };
  recorder.closed(done, true);
  return done;
}

/** A person who takes the right to write from a file means that: replacing it by another would go round it. */
function refuseProtected(path: string, found: Place): void {
  if (found.kind !== "file" || (found.stat.mode & OWNER_WRITES) !== 0n) return;
  const mode = (Number(found.stat.mode) & 0o777).toString(8).padStart(3, "0");
  throw new ToolError(
    `${path} is write-protected (mode ${mode}), so it was left as it is. Change another file, or ask the person to make it writable.`,
  );
}

/** Says that a file was changed by somebody else, with what it holds now where that is not too much. */
function changed(path: string, now: Uint8Array | null): FileChanged {
  const head = `${path} was changed by somebody else since you saw it, so nothing was written: their change stays.`;
  if (now === null) return new FileChanged(`${head} There is no such file any more.`, path, null);
  const again = new FileChanged(`${head} Read it again, then make your change to what stands there.`, path, null);
  try {
    const text = textOf(now, path);
    if (text.length > SAID_CHARS) return again;
    return new FileChanged(
      `${head} Make your change to what it holds now:\n${text}`,
      path,
      contentHash(now),
    );
  } catch {
    return again; // no text: there is nothing to show
  }
}
