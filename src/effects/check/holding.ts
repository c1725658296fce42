import type { FilesSlice } from "../../features/files/slice.ts";
import type { Languages } from "../../languages/language.ts";
import { protectionOf } from "../../languages/protection_of.ts";
import type { BlobStore } from "../../ports/blob_store.ts";

/** Characters of a line that is shown. */
const MOST_LINE = 160;
/** Characters of a line that is looked at: what is longer was made by a machine. */
const LOOKED_AT = 2_000;

/**
 * Finds sources that the run changed and that take hold of their own test runner, by a line that was not there before.
 *
 * @param files that are different from before the run
 * @returns each with the line by which it does
 */
export function holdingIn(
  files: FilesSlice["byPath"],
  languages: Languages,
  blobs: BlobStore,
): { path: string; hash: string; line: string }[] {
  return Object.entries(files).flatMap(([path, { original, current }]) => {
    if (current === null || current === original || protectionOf(path, languages) !== null) return [];
    const language = Object.values(languages).find(({ files }) => files.test(path));
    if (language?.holdsRunner === undefined) return [];
    const before = new Set(original === null ? [] : linesOf(blobs, original));
    const line = imported(linesOf(blobs, current), language.mainGuard)
      .find((one) => !before.has(one) && language.holdsRunner!.test(one));
    return line === undefined ? [] : [{ path, hash: current, line: line.trim().slice(0, MOST_LINE) }];
  });
}

function linesOf(blobs: BlobStore, hash: string): string[] {
  return new TextDecoder().decode(blobs.getBlob(hash)).split("\n").map((line) => line.slice(0, LOOKED_AT));
}

/** The lines that are run when a file is imported, as its tests do. */
function imported(lines: readonly string[], mainGuard: RegExp | undefined): readonly string[] {
  let isGuarded = false;
  return lines.filter((line) => {
    if (/^\S/.test(line)) isGuarded = mainGuard?.test(line) === true;
    return !isGuarded;
  });
}
