import type { Languages } from "./language.ts";
import { languageOf } from "./languages_of.ts";
import { scriptImports } from "./script_imports.ts";
import { stemOf } from "./test_path.ts";

/** Most subjects of one test. */
const MOST = 5;

/**
 * Finds the files that a test is about, for evidence that names the test alone: the one of the same name, then what it imports.
 *
 * @param test path of the test, relative to the project
 * @param files files of the project
 * @param read reads a file; null when it cannot be read
 * @param languages the languages that are known
 * @returns files of the project, likeliest first
 */
export async function subjectsOf(
  test: string,
  files: readonly string[],
  read: (path: string) => Promise<string | null>,
  languages: Languages,
): Promise<readonly string[]> {
  const text = await read(test);
  if (text === null) return [];
  const passesOn = (path: string) => languageOf(path, languages)?.imports?.passesOn?.test(path) === true;
  const importsOf = (path: string, text: string) => {
    const language = languageOf(path, languages);
    return language === null ? scriptImports(path, text, files) : language.imports?.files?.(path, text, files) ?? [];
  };
  const imported = importsOf(test, text);
  const behind: string[] = [];
  for (const path of imported.filter(passesOn)) {
    const passed = await read(path);
    if (passed !== null) behind.push(...importsOf(path, passed));
  }
  const found = [...new Set([...imported, ...behind])].filter((path) => path !== test);
  const stem = stemOf(test).toLowerCase();
  // An import of the test's own name is the best guess; a file that only passes on is the last.
  const rank = (path: string) => stemOf(path).toLowerCase() === stem ? 0 : passesOn(path) ? 2 : 1;
  const family = (path: string) => languageOf(path, languages)?.name ?? path.slice(path.lastIndexOf(".") + 1);
  const named = files.filter((path) => path !== test && rank(path) === 0 && family(path) === family(test));
  const all = [...new Set([...found, ...(found.some((path) => rank(path) === 0) ? [] : named)])];
  return all.sort((a, b) => rank(a) - rank(b)).slice(0, MOST);
}
