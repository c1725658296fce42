import { join } from "node:path";
import type { State } from "../features/state.ts";
import { stateAt } from "../work/file_state.ts";

/** A file that a run changed. */
export interface ChangedFile {
  readonly path: string;
  readonly change: "made" | "changed" | "deleted";
}

/**
 * Lists the files that are different after a run.
 *
 * @param state state of the run
 * @returns files, sorted by path; what was changed and taken back is not among them
 */
export function changedFiles(state: State): readonly ChangedFile[] {
  return Object.entries(state.files.byPath).flatMap(([path, { original, current }]): ChangedFile[] =>
    original === current
      ? []
      : [{ path, change: original === null ? "made" : current === null ? "deleted" : "changed" }]
  ).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Says how a changed file stands on the disk now.
 *
 * @param root real path of the project
 * @param state state of the run
 * @param path the file
 * @returns `as left` by the run, `as before` the run, or `changed since`
 */
export function standing(root: string, state: State, path: string): "as left" | "as before" | "changed since" {
  const known = state.files.byPath[path];
  const now = stateAt(join(root, path))?.hash ?? null;
  return now === known?.current ? "as left" : now === known?.original ? "as before" : "changed since";
}
