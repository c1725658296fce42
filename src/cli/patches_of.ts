import { join } from "node:path";
import type { FileWork } from "../features/attempts/file_work.ts";
import type { BlobStore } from "../ports/blob_store.ts";
import type { FileDifference } from "../tell/changed_part.ts";
import { bytesAt, placeAt } from "../work/file_state.ts";
import { filePatch, type PatchSide } from "../work/git_patch.ts";
import { CommandError } from "./command_error.ts";
import { EXIT } from "./exit_code.ts";

/**
 * Writes what is different in files, file by file, as a patch.
 *
 * @param run its id, and where it keeps what stood in files
 * @param files each as it was and as it is afterwards
 * @param forProgram whether a program reads it, see {@link filePatch}
 * @throws {CommandError} exit code 8 where the journal lacks what a file held
 */
export function patchesOf(
  { id, journal }: { readonly id: string; readonly journal: Pick<BlobStore, "getBlob"> },
  files: readonly FileWork[],
  forProgram: boolean,
): readonly FileDifference[] {
  const side = (path: string, file: FileWork["from"]): PatchSide | null => {
    if (file === null) return null;
    const bytes = journal.getBlob(file.hash);
    if (bytes !== undefined) return { bytes, mode: file.mode };
    throw new CommandError(EXIT.store, `Run ${id} does not hold what stood in ${path}: its change cannot be shown.`);
  };
  return files.map(({ path, from, to }) => differenceBetween(path, side(path, from), side(path, to), forProgram));
}

/**
 * Says what is different between two folders, for people.
 *
 * @param from folder as it is
 * @param to folder as it would be
 * @param paths files that are looked at, relative to both
 */
export function differencesBetween(from: string, to: string, paths: readonly string[]): readonly FileDifference[] {
  const side = (root: string, path: string): PatchSide | null => {
    const place = placeAt(join(root, path));
    if (place.kind !== "file" && place.kind !== "link") return null;
    return { bytes: bytesAt(join(root, path), place.kind), mode: Number(place.stat.mode) };
  };
  return paths.map((path) => differenceBetween(path, side(from, path), side(to, path), false));
}

function differenceBetween(
  path: string,
  from: PatchSide | null,
  to: PatchSide | null,
  forProgram: boolean,
): FileDifference {
  const change = from === null ? "made" : to === null ? "deleted" : "changed";
  return { path, change, ...filePatch(path, from, to, forProgram) };
}
