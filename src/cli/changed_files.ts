import { join } from "node:path";
import type { State } from "../features/state.ts";
import { stateAt } from "../work/file_state.ts";

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
