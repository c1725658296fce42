import { basename } from "node:path/posix";
import {
  isTestPath,
  type Language,
  type Languages,
  languagesOf,
  ToolError,
  withImportsLike,
  withNamesApart,
  type Workspace,
} from "../../src/plugin/mod.ts";

/** Tests of a folder whose names a new one keeps apart from its own. */
const MOST_NEAR = 50;
/** What a test's name has beside what it is about. */
const OF_TEST = /^tests?[_.-]|[_.-](?:tests?|spec)$/i;

/** The project around a new test. */
interface Around {
  readonly workspace: Workspace;
  readonly languages: Languages;
  /** Ends the look through the project. */
  readonly signal: AbortSignal;
}

/**
 * Finds a test that shows how tests are written where a new one is to stand: one in its folder, else any.
 *
 * @param path of the new one, relative to the project
 * @param language that it is written in
 * @returns its path; null where there is none
 */
export async function testBeside(
  path: string,
  language: Language | undefined,
  { workspace, languages, signal }: Around,
): Promise<string | null> {
  const near = await nearTests(path, language, { workspace, languages, signal });
  return near.find((file) => folderOf(file) === folderOf(path)) ?? near[0] ?? null;
}

/**
 * Gives a new test the group and the imports that it uses and leaves out, as the test beside it has them, and takes out of it what stands beside it already.
 *
 * @param path of the new file, relative to the project; one that is no test stays as it is
 * @param text of it
 * @returns its text
 */
export async function withHeadOfTest(
  path: string,
  text: string,
  parts: Around,
): Promise<string> {
  const { workspace, languages, signal } = parts;
  const by = languagesOf(path, languages);
  if (!isTestPath(path, languages) || by[0]?.imports === undefined) return text;
  const beside = await testBeside(path, by[0], parts);
  // Another folder names files otherwise.
  if (beside === null || folderOf(beside) !== folderOf(path)) return text;
  const files = await workspace.files(signal);
  const isLocal = (statement: string) =>
    by.some(({ imports }) => (imports?.files?.(path, statement, files) ?? []).length > 0);
  const others = by[0].folderScope === undefined ? [] : await textsBeside(path, by[0], parts);
  const about = basename(path).replace(/\.\w+$/, "").replace(OF_TEST, "").replace(OF_TEST, "");
  const like = await readable(beside, parts);
  const grouped = like === null ? text : by[0].inGroupOf?.(text, like, by[0]) ?? text;
  const own = withNamesApart(grouped, others, by);
  return like === null ? own : withImportsLike(own, { text: like, isLocal }, about, by);
}

/** Texts of the tests in the folder of a new one, as far as they can be read. */
async function textsBeside(path: string, language: Language, parts: Around): Promise<readonly string[]> {
  const near = (await nearTests(path, language, parts)).filter((file) => folderOf(file) === folderOf(path));
  const texts = await Promise.all(near.slice(0, MOST_NEAR).map((file) => readable(file, parts)));
  return texts.filter((text) => text !== null);
}

/** The text of a file; null where it is none that can be read. */
export async function readable(path: string, { workspace }: Pick<Around, "workspace">): Promise<string | null> {
  try {
    return (await workspace.read(path)).text;
  } catch (error) {
    if (error instanceof ToolError) return null;
    throw error;
  }
}

/** The tests of a project that are written in a language. */
async function nearTests(
  path: string,
  language: Language | undefined,
  { workspace, languages, signal }: Around,
): Promise<readonly string[]> {
  return (await workspace.files(signal)).filter((file) =>
    file !== path && isTestPath(file, languages) && languagesOf(file, languages)[0] === language
  );
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
