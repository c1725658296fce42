import { definitionsIn } from "./definitions.ts";
import { type CodeFile, knownBy } from "./known_by.ts";
import type { Language, Languages } from "./language.ts";
import { isNamedIn, isReserved, type Rename, renamed, renamedTest } from "./renamed.ts";
import { isTestPath } from "./test_path.ts";

/** A file that may name something. */
export interface NamingFile {
  /** Relative to the project. */
  readonly path: string;
  /** What stands in it. */
  readonly text: string;
  /** null for a document. */
  readonly language: Language | null;
}

/** What comes of a new name. */
export interface AllRenamed {
  /** Files that change, and how often the name stood in each. */
  readonly changes: readonly { readonly path: string; readonly text: string; readonly count: number }[];
  /** Tests of which nobody can tell what they mean by it, and those that import such a one. */
  readonly left: readonly string[];
  /** A file in which something has the new name already; null where none has. */
  readonly taken: string | null;
}

/**
 * Gives something another name in all files that name it.
 *
 * @param name the name as it is, and the one that it gets
 * @param files code and documents of the project
 * @param languages by which tests are told
 * @returns what changes; null where one of both is a word of the languages themselves
 */
export function renameAll(name: Rename, files: readonly NamingFile[], languages: Languages): AllRenamed | null {
  const { from, to } = name;
  if (isReserved(from) || isReserved(to)) return null;
  const codes = files.flatMap(({ path, text, language }): CodeFile[] =>
    language === null ? [] : [{ path, text, language }]
  );
  const paths = codes.map(({ path }) => path);
  const known = knownBy(from, codes);
  const left: string[] = [];
  let taken: string | null = null;
  const changes = files.flatMap(({ path, text: before, language }) => {
    if (language !== null && known?.has(path) === false) return [];
    if (language !== null && isTestPath(path, languages)) {
      if (!isNamedIn(before, from, language)) return [];
      const text = renamedTest(before, name, { path, language, files: paths }, known !== null);
      if (text === null) left.push(path);
      return text === null || text === before ? [] : { path, text, count: usesOf(from, before) - usesOf(from, text) };
    }
    const { text, count } = renamed(before, name, language ?? undefined, known?.get(path) ?? null);
    if (count === 0) return [];
    if (language !== null && isNamedIn(before, to, language)) taken ??= path;
    return { path, text, count };
  });
  const elsewhere = codes.find(({ text, language }) => definitionsIn(text, [language]).some((one) => one.name === to));
  // A test has the name from there then, and means by it what that means.
  const byPath = new Map(codes.map((code) => [code.path, code]));
  const hasFrom = (path: string) => {
    const { text, language } = byPath.get(path) ?? {};
    return text !== undefined && (language?.imports?.files?.(path, text, left) ?? []).length > 0;
  };
  const dependent = changes.map(({ path }) => path).filter((path) => isTestPath(path, languages) && hasFrom(path));
  return {
    changes: changes.filter(({ path }) => !dependent.includes(path)),
    left: [...left, ...dependent].sort(),
    taken: taken ?? elsewhere?.path ?? null,
  };
}

/** How often a name stands in a text. */
function usesOf(name: string, text: string): number {
  return text.split(new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`)).length;
}
