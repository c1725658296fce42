import { join } from "node:path";
import type { FilesSlice } from "../features/files/slice.ts";
import { stateAt } from "../work/file_state.ts";

type Files = FilesSlice["byPath"];

/**
 * Says what a run wrote, with the writes that were open when the program ended, where the disk holds what they were to write.
 *
 * @param root real path of the project
 * @param files what was written, as the run knows it
 * @returns each written file as it was before the run and as the run left it
 */
export function writtenFiles(root: string, { byPath, writing }: FilesSlice): Files {
  const open = Object.values(writing).flatMap(({ write }) =>
    write === null || hashAt(root, write.path) !== write.after ? [] : [write]
  );
  const settled = open.map(({ path, before, after }) =>
    [path, { original: (byPath[path] ?? { original: before }).original, current: after }] as const
  );
  return { ...byPath, ...Object.fromEntries(settled) };
}

/**
 * Says how a changed file stands on the disk now.
 *
 * @param root real path of the project
 * @param files what the run wrote
 * @param path the file
 * @returns `as left` by the run, `as before` the run, or `changed since`
 */
export function standing(root: string, files: Files, path: string): "as left" | "as before" | "changed since" {
  const known = files[path];
  const now = hashAt(root, path);
  return now === known?.current ? "as left" : now === known?.original ? "as before" : "changed since";
}

function hashAt(root: string, path: string): string | null {
  return stateAt(join(root, path))?.hash ?? null;
}
