import type { State } from "../state.ts";
import type { SetupSlice } from "./slice.ts";

/** Names the files of a run and their contents, so that it is known whether they are still those that were tried. */
export function filesNow({ files }: Pick<State, "files">): string {
  return Object.entries(files.byPath).map(([path, { current }]) => `${path} ${current}`).sort().join("\n");
}

/** How what was built ran, where that was tried on the files as they are; null else. */
export function launchNow(state: State): SetupSlice["launch"] {
  const { launch } = state.setup;
  return launch !== null && launch.of === filesNow(state) ? launch : null;
}
