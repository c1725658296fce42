import { cFamily } from "./c_family.ts";
import { go } from "./go.ts";
import { javascript } from "./javascript.ts";
import { jvm } from "./jvm.ts";
import type { Language, Languages } from "./language.ts";
import { make } from "./make.ts";
import { php } from "./php.ts";
import { python } from "./python.ts";
import { ruby } from "./ruby.ts";
import { rust } from "./rust.ts";

/** Languages that are known without a plugin. */
export type BuiltInLanguage = "python" | "javascript" | "rust" | "go" | "jvm" | "ruby" | "php" | "c_family" | "make";

/** The languages that are known, in the order in which they are asked: a Makefile is looked at when nothing else checks a project. */
export const LANGUAGES = {
  python,
  javascript,
  rust,
  go,
  jvm,
  ruby,
  php,
  c_family: cFamily,
  make,
} as const satisfies Record<BuiltInLanguage, Language>;

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
