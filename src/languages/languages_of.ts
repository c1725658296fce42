import type { Language, Languages } from "./language.ts";

/**
 * Tells the language of a file by its path.
 *
 * @param path file, relative to the project
 * @param languages the languages that are known
 * @returns the first that has such files; null where none has
 */
export function languageOf(path: string, languages: Languages): Language | null {
  return Object.values(languages).find(({ files }) => files.test(path)) ?? null;
}

/**
 * Tells the languages by which a text may be read.
 *
 * @param path its file, relative to the project
 * @param languages the languages that are known
 * @returns the one of the file; all of them where none has such files
 */
export function languagesOf(path: string, languages: Languages): readonly Language[] {
  const own = languageOf(path, languages);
  return own === null ? Object.values(languages) : [own];
}
