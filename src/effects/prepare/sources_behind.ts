import { isComparable } from "../../languages/compare_definitions.ts";
import { definitionsIn } from "../../languages/definitions.ts";
import type { Languages } from "../../languages/language.ts";
import { languagesOf } from "../../languages/languages_of.ts";
import { subjectsOf } from "../../languages/subjects.ts";
import { isTestPath } from "../../languages/test_path.ts";
import type { FileText } from "../../ports/workspace.ts";
import { namesIn } from "../../prompt/ranges.ts";

/**
 * Finds the sources behind a task's file, where the fault may be as well: those that it imports and, where it imports none, those of which its
 * tests hand it something, so that it calls what they define.
 *
 * @param target the task's file
 * @param files files of the project
 * @param read what was read already, by path
 * @param reading reads another one; null where that cannot be
 * @returns files in the order of the imports
 */
export async function sourcesBehind(
  target: string | undefined,
  files: readonly string[],
  read: ReadonlyMap<string, FileText>,
  reading: (path: string) => Promise<FileText | null>,
  languages: Languages,
): Promise<readonly string[]> {
  const own = target === undefined ? undefined : read.get(target);
  if (target === undefined || own === undefined) return [];
  const known = (path: string) => Promise.resolve(read.get(path)?.text ?? null);
  const isOther = (path: string) => path !== target && !isTestPath(path, languages);
  const imported = (await subjectsOf(target, files, known, languages)).filter(isOther);
  if (imported.length > 0) return imported;
  const called = new Set(namesIn(own.text, languages));
  const handed = new Set<string>();
  for (const test of [...read.keys()].filter((path) => isTestPath(path, languages))) {
    const subjects = await subjectsOf(test, files, known, languages);
    if (!subjects.includes(target)) continue;
    for (const path of subjects.filter(isOther)) {
      const text = (read.get(path) ?? await reading(path))?.text ?? "";
      if (!isComparable(text)) continue;
      const defined = definitionsIn(text, languagesOf(path, languages)).map(({ name }) => name.split(".").at(-1)!);
      if (defined.some((name) => called.has(name))) handed.add(path);
    }
  }
  return [...handed];
}
