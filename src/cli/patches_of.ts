import { join } from "node:path";
import type { FileWork } from "../features/attempts/file_work.ts";
import type { BlobStore } from "../ports/blob_store.ts";
import type { FileDifference } from "../tell/changed_part.ts";
import { bytesAt, placeAt } from "../work/file_state.ts";
import { filePatch, type PatchSide } from "../work/git_patch.ts";
import { CommandError } from "./command_error.ts";
import { EXIT } from "./exit_code.ts";

/** A run, as far as it keeps what stood in files. */
export interface KeptFiles {
  readonly id: string;
  readonly journal: Pick<BlobStore, "getBlob">;
}

/**
 * Writes what is different in a file as a patch.
 *
 * @param run where it keeps what stood in files
 * @param file as it was and as it is afterwards
 * @param forProgram whether a program reads it, see {@link filePatch}
 * @throws {CommandError} exit code 8 where the journal lacks what the file held
 */
export function patchOf({ id, journal }: KeptFiles, { path, from, to }: FileWork, forProgram: boolean): FileDifference {
  const side = (file: FileWork["from"]): PatchSide | null => {
    if (file === null) return null;
    const bytes = journal.getBlob(file.hash);
    if (bytes !== undefined) return { bytes, mode: file.mode };
    throw new CommandError(EXIT.store, `Run ${id} does not hold what stood in ${path}: its change cannot be shown.`);
  };
  return differenceBetween(path, side(from), side(to), forProgram);
}

/** The same of several files, in order. */
export function patchesOf(
  run: KeptFiles,
  files: readonly FileWork[],
  forProgram: boolean,
): readonly FileDifference[] {
  return files.map((file) => patchOf(run, file, forProgram));
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
