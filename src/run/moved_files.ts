import type { Fact } from "../features/fact.ts";
import type { State } from "../features/state.ts";
import type { RunWorkspace } from "../ports/workspace.ts";

/**
 * Looks which files of a run that goes on do not stand as it left them: what the checks said of them is said of something else.
 *
 * @param state what was so when it was left
 * @param workspace the project
 * @returns the fact that says so; nothing where all stand, or no checks were executed
 */
export function movedFiles(state: State, workspace: Pick<RunWorkspace, "stateOf">): readonly Fact[] {
  if (state.checks.latest === null) return [];
  // What was being written when the program ended is settled by itself.
  const open = new Set(Object.values(state.files.writing).map(({ write }) => write?.path));
  const paths = Object.entries(state.files.byPath).filter(([path, { current }]) =>
    !open.has(path) && (workspace.stateOf(path)?.hash ?? null) !== current
  ).map(([path]) => path).sort();
  return paths.length === 0 ? [] : [{ type: "files_moved", paths }];
}
