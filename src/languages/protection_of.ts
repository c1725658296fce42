import type { Languages, Part } from "./language.ts";
import { bareTestsOf, isTestPath } from "./test_path.ts";

/** How a file judges the work: it is a test or belongs to tests, or a runner loads it by itself. */
export type Protection = "test" | "loaded";

/** What tests have recorded of what is right, whatever their runner. */
const SNAPSHOT = /(^|\/)__snapshots__\/|\.snap(?:shot)?$|\.approved\.[^/]+$/i;
/** What belongs to no language: programs that run tasks, and dependencies, which no work writes. */
const LOADED =
  /(^|\/)(?:\.?justfile|taskfile\.ya?ml|\.envrc|\.tool-versions|mise\.toml)$|(^|\/)(?:node_modules|\.venv|venv|site-packages)\//i;

/**
 * Tells whether a file judges the work rather than being it, however its name is written.
 *
 * @param path file, relative to the project
 * @param languages the languages that are known
 * @param isNew whether the file was not there when the run began: one may stand in for a module that a runner needs
 * @returns how it judges; null where it does not
 */
export function protectionOf(path: string, languages: Languages, isNew = false): Protection | null {
  const all = Object.values(languages);
  if (LOADED.test(path) || all.some(({ loads }) => loads?.test(path))) return "loaded";
  if (isNew && all.some(({ shadows }) => shadows?.test(path))) return "loaded";
  // File systems that tell no case apart find a test by any of its writings.
  const isTest = isTestPath(path, languages) || isTestPath(path.toLowerCase(), languages);
  return isTest || SNAPSHOT.test(path) ? "test" : null;
}

/** Whether a file may judge the work by its name, or by the tests that it may hold. */
export function judgesByName(path: string, languages: Languages): boolean {
  return protectionOf(path, languages, true) !== null || bareTestsOf(path, languages) !== undefined ||
    Object.values(languages).some(({ testsIn, files }) => testsIn !== undefined && files.test(path));
}

/**
 * Puts the tests inside a source file as they stood in an earlier text of it.
 *
 * @param text the file now
 * @param earlier the file when the run began; empty where there was none
 * @param testsIn finds the tests inside a text
 * @returns the text with the earlier tests behind all else; the text itself where its tests are the same
 */
export function withTestsOf(text: string, earlier: string, testsIn: (text: string) => readonly Part[]): string {
  const now = testsIn(text);
  const tests = partsOf(earlier, testsIn(earlier));
  if (partsOf(text, now).join("\n") === tests.join("\n")) return text;
  const rest = now.toReversed().reduce((left, [from, to]) => left.slice(0, from) + left.slice(to), text);
  if (tests.length === 0) return `${rest.trimEnd()}\n`;
  return `${rest.trimEnd()}\n\n${tests.join("\n\n")}\n`;
}

function partsOf(text: string, parts: readonly Part[]): string[] {
  return parts.map(([from, to]) => text.slice(from, to));
}
