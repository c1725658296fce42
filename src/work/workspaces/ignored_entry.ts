import type { Languages } from "../../languages/language.ts";

/**
 * What becomes of an ignored entry of a project in a workspace: `shared` is seen as it is in the project, to be read; `built` is the workspace's
 * own and stays from attempt to attempt; `trace` is taken over by none; `other` is copied where it is small, else shared.
 */
export type IgnoredEntry = "shared" | "built" | "trace" | "other";

/** Folders of version control: read by tests, written by nobody in a workspace. */
const VERSION_CONTROL: ReadonlySet<string> = new Set([".git", ".hg", ".svn"]);

/**
 * Tells what becomes of an ignored entry by its name.
 *
 * @param path relative to the project; a folder may end with `/`
 * @param languages each names its own
 */
export function ignoredEntry(path: string, languages: Languages): IgnoredEntry {
  const plain = path.replace(/\/$/, "");
  const name = plain.slice(plain.lastIndexOf("/") + 1);
  if (VERSION_CONTROL.has(name)) return "shared";
  const all = Object.values(languages);
  if (all.some(({ traces }) => traces?.test(name) === true)) return "trace";
  if (all.some(({ dependencies }) => dependencies?.test(name) === true)) return "shared";
  return all.some(({ builds }) => builds?.test(name) === true) ? "built" : "other";
}
