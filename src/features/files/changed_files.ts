import type { FilesSlice } from "./slice.ts";

/** A file that a run changed. */
export interface ChangedFile {
  readonly path: string;
  readonly change: "made" | "changed" | "deleted";
}

/**
 * Lists the files that are different after a run.
 *
 * @param byPath each written file as it was before the run and as it is now
 * @returns files, sorted by path; what was changed and taken back is not among them
 */
export function changedFiles(byPath: FilesSlice["byPath"]): readonly ChangedFile[] {
  return Object.entries(byPath).flatMap(([path, { original, current }]): ChangedFile[] =>
    original === current
      ? []
      : [{ path, change: original === null ? "made" : current === null ? "deleted" : "changed" }]
  ).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Counts the files that stand as before a run since a person undid its work.
 *
 * @param files what the run wrote
 * @returns files; 0 where nothing was undone, or something of the work still stands
 */
export function undoneFiles({ byPath, undone }: Pick<FilesSlice, "byPath" | "undone">): number {
  return undone && changedFiles(byPath).length === 0 ? Object.keys(byPath).length : 0;
}
