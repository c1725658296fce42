import type { State } from "../state.ts";
import type { FilesSlice } from "./slice.ts";

/**
 * Gives the files that are different for an attempt: by what was applied to the project before, and by what it wrote itself.
 *
 * @param attempt `task.number`; null for what stands in the project
 * @returns each written file as it was before the run and as the attempt sees it
 */
export function filesOf({ files, attempts }: State, attempt: string | null): FilesSlice["byPath"] {
  const workspace = attempt === null ? null : attempts.open[attempt]?.workspace ?? null;
  const draft = workspace === null ? undefined : files.drafts[workspace];
  if (draft === undefined) return files.byPath;
  const own = Object.entries(draft).map(([path, { original, current }]) =>
    [path, { original: files.byPath[path] === undefined ? original : files.byPath[path].original, current }] as const
  );
  return { ...files.byPath, ...Object.fromEntries(own) };
}
