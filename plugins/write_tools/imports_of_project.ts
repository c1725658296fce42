import {
  calledUnknown,
  isTestPath,
  type Languages,
  languagesOf,
  withProjectImports,
  type Workspace,
} from "../../src/plugin/mod.ts";
import { readable } from "./test_beside.ts";

/** Files of a project that are looked through for what code calls. */
const MOST_FILES = 300;

/**
 * Gives a text the imports of what it calls and one other file of the project offers: small models call what an earlier step made, and leave that
 * out. Nothing is read where it calls nothing that is unknown.
 *
 * @param path the file, relative to the project
 * @param text its new text
 * @param before the text that it has; the empty text for a new file
 * @returns the text with them, and how many lines came in
 */
export async function withImportsOfProject(
  path: string,
  text: string,
  before: string,
  { workspace, languages, signal }: {
    readonly workspace: Workspace;
    readonly languages: Languages;
    /** Ends the look through the project. */
    readonly signal: AbortSignal;
  },
): Promise<{ readonly text: string; readonly lines: number }> {
  const by = languagesOf(path, languages);
  const names = calledUnknown(text, before, by);
  if (names.length === 0) return { text, lines: 0 };
  const paths = await workspace.files(signal);
  const like = paths.filter((file) =>
    file !== path && languagesOf(file, languages)[0] === by[0] && !isTestPath(file, languages)
  );
  if (like.length > MOST_FILES) return { text, lines: 0 };
  const read = await Promise.all(like.map(async (file) => ({ path: file, text: await readable(file, { workspace }) })));
  const project = read.flatMap(({ path, text }) => text === null ? [] : { path, text });
  return withProjectImports({ path, text }, names, project, paths, by);
}
