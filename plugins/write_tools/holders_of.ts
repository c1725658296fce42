import { definitionsIn, importStatements, type Language, tellsItselfApart } from "../../src/plugin/mod.ts";

/** Files of which it is looked up what imports what. */
const MOST_FILES = 1_000;
/** What a module calls what it gives itself. */
const OWN = ["exports", "module"];

/** A file of code. */
export interface CodeFile {
  readonly path: string;
  readonly text: string;
  readonly language: Language;
}

/**
 * Finds what holds a function in each file, where its name is a common word and it stands in a module of its own: `members.get` is it where
 * `members` is that module, `map.get` is something else.
 *
 * @param name the function
 * @param files the code of the project
 * @returns by path what holds it there; a file that is not in it does not know the function. null where any part of that name may be meant
 */
export function holdersOf(
  name: string,
  files: readonly CodeFile[],
): ReadonlyMap<string, ReadonlySet<string> | null> | null {
  if (tellsItselfApart(name) || files.length > MOST_FILES) return null;
  const known = new Map<string, ReadonlySet<string> | null>();
  for (const { path, text, language } of files) {
    const isDefined = definitionsIn(text, [language]).some((one) => one.name === name);
    // Files of one folder share what one of them declares, and a package has another name than its files.
    if (isDefined && (language.folderScope !== undefined || language.imports?.files === undefined)) return null;
    if (isDefined) known.set(path, new Set(OWN));
  }
  if (known.size === 0) return null;
  // What imports a file that passes it on knows it, too.
  for (let size = 0; size < known.size;) {
    size = known.size;
    const paths = [...known.keys()];
    for (const { path, text, language } of files) {
      const leads = (code: string) => (language.imports?.files?.(path, code, paths) ?? []).some((one) => one !== path);
      if (known.has(path) || !leads(text)) continue;
      const statements = importStatements(text, [language]).filter(leads);
      known.set(
        path,
        statements.length === 0 ? null : new Set(statements.flatMap((one) => one.match(/[\w$]+/g) ?? [])),
      );
    }
  }
  return known;
}
