import { boundNames } from "./bound_names.ts";
import { definitionsIn } from "./definitions.ts";
import { importStatements } from "./imports.ts";
import type { Language } from "./language.ts";
import { type Knows, tellsItselfApart } from "./renamed.ts";

/** Files, and characters of all of them, of which it is looked up what imports what. */
const MOST = { files: 1_000, chars: 5_000_000 };
/** What a module calls what it gives itself. */
const OWN = ["exports", "module"];
/** What a runner gives to tests by its name alone. */
const GIVEN = /(^|\/)conftest\.py$/;

/** A file of code. */
export interface CodeFile {
  readonly path: string;
  readonly text: string;
  readonly language: Language;
}

/**
 * Finds by which files a function is known, and how, where its name is a common word and it stands in a module of its own: `members.get` is it
 * where `members` is that module, `map.get` is something else.
 *
 * @param name the function
 * @param files the code of the project
 * @returns by path how it is known there; a file that is not in it does not know it. null where each use of that name may be meant
 */
export function knownBy(name: string, files: readonly CodeFile[]): ReadonlyMap<string, Knows> | null {
  const chars = files.reduce((sum, { text }) => sum + text.length, 0);
  if (tellsItselfApart(name) || files.length > MOST.files || chars > MOST.chars) return null;
  const definers = files.filter(({ text, language }) =>
    definitionsIn(text, [language]).some((one) => one.name === name)
  );
  // Files of one folder share what one of them declares, and a package has another name than its files.
  const isTold = definers.every(({ path, language }) =>
    language.folderScope === undefined && language.imports?.files !== undefined && !GIVEN.test(path)
  );
  if (definers.length === 0 || !isTold) return null;
  const paths = files.map(({ path }) => path);
  const users = new Map<string, string[]>();
  for (const { path, text, language } of files) {
    for (const used of new Set(language.imports?.files?.(path, text, paths) ?? [])) {
      if (used !== path) users.set(used, [...users.get(used) ?? [], path]);
    }
  }
  // What imports a file that passes it on knows it, too.
  const reached = new Set(definers.map(({ path }) => path));
  for (const path of reached) for (const user of users.get(path) ?? []) reached.add(user);
  const stems = new Set([...reached].map(stemOf));
  const known = new Map<string, Knows>();
  for (const file of files) {
    const knows = knowsOf(name, file, { definers, reached: [...reached], stems });
    if (knows !== null) known.set(file.path, knows);
  }
  return known;
}

/** How one file knows it; null where it does not. */
function knowsOf(
  name: string,
  file: CodeFile,
  { definers, reached, stems }: {
    readonly definers: readonly CodeFile[];
    readonly reached: readonly string[];
    readonly stems: ReadonlySet<string>;
  },
): Knows | null {
  const { path, text, language } = file;
  if (definers.includes(file)) return { holders: new Set(OWN), isBound: true };
  const statements = importStatements(text, [language]);
  // Scripts that import nothing share what stands in any of them.
  if (statements.length === 0 && !reached.includes(path)) return { holders: new Set(), isBound: true };
  const others = reached.filter((one) => one !== path);
  const leading = statements.filter((statement) =>
    (language.imports?.files?.(path, statement, others) ?? []).length > 0 || stems.has(placeIn(statement))
  );
  if (leading.length === 0 && !reached.includes(path)) return null;
  const holders = leading.flatMap((statement) => [
    ...boundNames(statement, [language]),
    ...(/^import[ \t]+[\w.]+$/.exec(statement.trim())?.[0].split(/[ \t.]+/) ?? []),
  ]);
  const word = new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])|\\*`);
  // An import inside of a function, or one by a call, names nothing that is read here.
  return { holders: new Set(holders), isBound: leading.length === 0 || leading.some((one) => word.test(one)) };
}

/** `members` of `@/lib/members`: an import by another name than its path. */
function placeIn(statement: string): string {
  return stemOf(/["']([^"'\n]{1,300})["'][^"']*$/.exec(statement)?.[1] ?? "");
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
}
