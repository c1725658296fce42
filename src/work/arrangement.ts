import { rmSync } from "node:fs";
import { join } from "node:path";
import type { BlobStore } from "../ports/blob_store.ts";
import type { Arranged } from "../ports/workspace.ts";
import { placeAt, stateAt } from "./file_state.ts";
import { leadsElsewhere } from "./project_path.ts";
import { makeFoldersFor, removeEmptyFolders, replaceFile } from "./replace_file.ts";
import { foldersAbove, type Snapshot } from "./snapshot.ts";

/**
 * Lets files stand otherwise for a while.
 *
 * @param root absolute real path of the project
 * @param arranged how they shall stand
 * @param before the project as it is
 * @param blobs where contents are kept
 * @throws where one cannot be written
 */
export function arrange(root: string, arranged: readonly Arranged[], before: Snapshot, blobs: BlobStore): void {
  for (const { path, hash } of arranged) put(root, path, hash, before.entries.get(path)?.mode ?? null, blobs);
}

/**
 * Puts such files back as they were. One that somebody changed meanwhile stays as it is: what they wrote would be lost.
 *
 * @param before the project before they were put aside
 */
export function rearrange(root: string, arranged: readonly Arranged[], before: Snapshot, blobs: BlobStore): void {
  for (const { path, hash } of arranged) {
    const old = before.entries.get(path);
    const now = leadsElsewhere(root, path) ? null : stateAt(join(root, path));
    if ((now?.hash ?? null) !== hash || now?.hash === old?.hash) continue;
    put(root, path, old?.hash ?? null, old?.mode ?? null, blobs);
    removeEmptyFolders(root, foldersAbove(path).filter((folder) => !before.folders.has(folder)));
  }
}

/**
 * Puts content at a path, or nothing.
 *
 * @param path relative to the project, free of links
 * @param hash of the content; null for nothing
 * @throws where the content is not kept, or cannot be written
 */
export function put(root: string, path: string, hash: string | null, mode: number | null, blobs: BlobStore): void {
  const place = join(root, path);
  if (leadsElsewhere(root, path)) throw new Error(`${path} is reached through a link now, and is not written.`);
  if (hash === null) {
    if (placeAt(place).kind !== "nothing") rmSync(place);
    return;
  }
  const bytes = blobs.getBlob(hash);
  if (bytes === undefined) {
    throw new Error(`The earlier content of ${path} (${hash.slice(0, 12)}) is not in the journal.`);
  }
  makeFoldersFor(place);
  replaceFile(place, bytes, mode);
}
