import { boundNames } from "./bound_names.ts";
import { codePieces } from "./code_pieces.ts";
import { allImports, withImports, withoutIdle } from "./imports.ts";
import { withImportsOf } from "./imports_of.ts";
import type { Language } from "./language.ts";

/** Characters before and behind a name that tell what it is there. */
const LOOKED_AT = 24;
/** What stands before a name that gets its meaning there. */
const DECLARES =
  /\b(?:def|class|import|as|for|fn|func|function|struct|enum|type|trait|mod|let|mut|const|var|global|nonlocal)[ \t]+$/;
/** What stands before and behind a name that is used and gets no meaning. */
const USED = { before: /[:=|&<>[@][ \t]*$/, behind: /^[ \t]?[([]|^\.[A-Za-z_]|^::|^</ };
/** What stands before the name of a type that is used: others may be parameters there. */
const USED_TYPE = /[,(][ \t]*$/;
/** What stands behind the name of something whose parts are used. */
const HOLDS = /^(?:\.|::)[A-Za-z_]/;
/** An import of names that it does not name. */
const OF_ALL = /\bimport[ \t]+\*|\buse[ \t][^;\n]{0,200}\*[ \t]*;|^[ \t]*import[ \t]+\.[ \t]+"/m;

/**
 * Gives a text the imports of what it uses of its language's own library and takes from nowhere: small models leave them out, and such code
 * cannot run. A name that may have its meaning from elsewhere is left alone.
 *
 * @param text text of the file
 * @param before what it was before; what that used already has its meaning there. The empty text for a new file
 * @param by the languages whose forms count
 * @returns the text with them, and how many lines came in
 */
function withStandardImports(
  text: string,
  before: string,
  by: readonly Language[],
): { readonly text: string; readonly lines: number } {
  const known = by.flatMap(({ imports }) => imports?.standard ?? []);
  const code = codeOf(text, by);
  // A file of no known language is read by all of them, and none of their libraries is its.
  if (known.length === 0 || by.length !== 1 || OF_ALL.test(text)) return { text, lines: 0 };
  const words = new Set(wordsOf(code));
  const bound = new Set(allImports(text, by).flatMap((statement) => boundNames(statement, by)));
  // Files of one folder may share what one of them declares.
  const earlier = new Set(by[0]?.folderScope === undefined ? [] : wordsOf(codeOf(before, by)));
  const isFree = (name: string) => words.has(name) && !bound.has(name) && !earlier.has(name);
  const fresh = known.flatMap(({ holders, names }) => [
    ...Object.entries(holders).filter(([name]) => isFree(name) && holdsAlways(code, name)),
    ...Object.entries(names).filter(([name]) => isFree(name) && isUsedAlways(code, name)),
  ]);
  return withImports(text, [...new Set(fresh.map(([, statement]) => statement))], by);
}

/**
 * Gives a text the imports that code which comes into it needs: those that were written with it, and those of its language's own library.
 *
 * @param text text of the file, the code in it
 * @param before text of the file without it
 * @param written what was written
 * @param by the languages whose forms count
 * @returns the text with them, and how many lines came in
 */
export function withImportsFor(
  text: string,
  before: string,
  written: string,
  by: readonly Language[],
): { readonly text: string; readonly lines: number } {
  const own = withImportsOf(text, written, by);
  const whole = withStandardImports(own.text, before, by);
  return { text: whole.text, lines: own.lines + whole.lines };
}

/**
 * Puts the imports of a file that was written as a whole in order: what it lacks of its language's own library comes in, and what it does not
 * use of that goes where it is a fault. What other places call what they give is not known for certain.
 *
 * @param text text of the file
 * @param before what it was before; the empty text for a new file
 * @param by the languages whose forms count
 */
export function withImportsInOrder(text: string, before: string, by: readonly Language[]): string {
  const standard = new Set(by.flatMap(({ imports }) => Object.values(imports?.standard?.holders ?? {})));
  return withoutIdle(withStandardImports(text, before, by).text, by, (statement) => standard.has(statement)).text;
}

/** A text without what stands in quotes and in comments. */
function codeOf(text: string, by: readonly Language[]): string {
  const { comments, quotes } = by[0] ?? {};
  return codePieces(text, comments, quotes).map((piece) => piece.kind === "code" ? piece.text : " ").join("");
}

function wordsOf(code: string): readonly string[] {
  return code.match(/[A-Za-z_]\w*/g) ?? [];
}

/** Places of a name in code where it is not a part of something else: what stands before and behind it. */
function placesOf(code: string, name: string): readonly (readonly [before: string, behind: string])[] {
  return [...code.matchAll(new RegExp(`(?<![\\w$.]|::)${name}(?![\\w$])`, "g"))].map(({ index }) => {
    const end = index + name.length;
    return [code.slice(Math.max(0, index - LOOKED_AT), index), code.slice(end, end + LOOKED_AT)];
  });
}

function holdsAlways(code: string, name: string): boolean {
  const places = placesOf(code, name);
  return places.length > 0 && places.every(([before, behind]) => HOLDS.test(behind) && !DECLARES.test(before));
}

function isUsedAlways(code: string, name: string): boolean {
  const places = placesOf(code, name);
  const isType = /^[A-Z]/.test(name);
  return places.length > 0 && places.every(([before, behind]) =>
    !DECLARES.test(before) &&
    (USED.behind.test(behind) || USED.before.test(before) || isType && USED_TYPE.test(before))
  );
}
