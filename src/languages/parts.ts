import type { ProjectView } from "./runner.ts";

/** Folders that hold no part of a project: tests of others, examples, what was copied from elsewhere, what tools keep. */
const NO_PART =
  /(?:^|\/)(?:node_modules|vendor|third_party|external|__fixtures__|fixtures?|testdata|examples?|samples?|demos?|templates?|tests?|__tests__|specs?|e2e|bench(?:marks?)?|docs?|dist|build|target|\.[^/]+)(?:\/|$)/i;

/**
 * Tells whether a folder may be a part of a project, with checks of its own.
 *
 * @param folder relative to the project
 */
export function mayBePart(folder: string): boolean {
  return !NO_PART.test(folder);
}

/**
 * Lists the folders above one, the nearest first.
 *
 * @param folder relative to the project; empty for the project's own, which has none
 */
export function above(folder: string): string[] {
  if (folder === "") return [];
  const parent = folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
  return [parent, ...above(parent)];
}

/**
 * The view of a folder in a project.
 *
 * @param whole the project
 * @param folder relative to it, not empty
 */
export function partOf(whole: ProjectView, folder: string): ProjectView {
  return {
    folder,
    whole,
    files: whole.files.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1)),
    has: (path) => whole.has(`${folder}/${path}`),
    text: (path) => whole.text(`${folder}/${path}`),
    names: (path) => whole.names(`${folder}/${path}`),
    succeeds: whole.succeeds,
    variable: whole.variable,
  };
}
