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
