import { boundNames } from "./bound_names.ts";
import { codePieces } from "./code_pieces.ts";
import { allImports, importsIn, placeForImports, withImports, withoutIdle } from "./imports.ts";
import { withImportsOf } from "./imports_of.ts";
import type { Language } from "./language.ts";

/** Characters before and behind a name that tell what it is there. */
const LOOKED_AT = 24;
/** What stands before a name that gets its meaning there. */
const DECLARES = /\b(?:def|class|import|as|for|func|type|const|var|global|nonlocal)[ \t]+$/;
/** What stands before and behind a name that is used and gets no meaning. */
const USED = { before: /[:=|&<>[@][ \t]*$/, behind: /^[ \t]?[([]|^\.[A-Za-z_]/ };
/** What stands before the name of a type that is used: others may be parameters there. */
const USED_TYPE = /[,(][ \t]*$/;
/** What stands behind the name of something whose parts are used. */
const HOLDS = /^\.[A-Za-z_]/;
/** An import of names that it does not name. */
const OF_ALL = /\bimport[ \t]+\*|^[ \t]*import[ \t]+\.[ \t]+"/m;
/** An import inside of something, over all its lines. */
const INNER = /^[ \t]+(?:from[ \t]+\S+[ \t]+)?import\b(?:[ \t]*\([^)]{0,4000}\)|[^\n]{0,400})/gm;
/** Lines at the beginning of a file that are no code of it. */
const OPENING = /^(?:[rRuU]?$|"""|'''|#!|package\b|import[ \t]*\(|\)[ \t]*$)/;

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
  // A file of no known language is read by all of them, and none of their libraries is its.
  const standard = by.length === 1 ? by[0]!.imports?.standard : undefined;
  if (standard === undefined || takesAll(text) || !isPlainlyBegun(text, by)) return { text, lines: 0 };
  const code = codeOf(text, by);
  const words = new Set(wordsOf(code));
  const bound = new Set([
    ...allImports(text, by).flatMap((statement) => namesOf(statement, by)),
    ...innerNames(code),
  ]);
  // Files of one folder may share what one of them declares.
  const earlier = new Set(by[0]?.folderScope === undefined ? [] : wordsOf(codeOf(before, by)));
  const isFree = ([name, statement]: readonly [string, string]) =>
    words.has(name) && !bound.has(name) && !earlier.has(name) && !isQuoted(text, statement);
  const fresh = [
    ...Object.entries(standard.holders).filter((one) => isFree(one) && holdsAlways(code, one[0])),
    ...Object.entries(standard.names).filter((one) => isFree(one) && isUsedAlways(code, one[0])),
  ];
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
  if (!isPlainlyBegun(text, by)) return text;
  return withoutIdle(withStandardImports(text, before, by).text, by, (statement) => standard.has(statement)).text;
}

/** Whether a text takes all names of a place, so that none of its own is known to be missing. */
export function takesAll(text: string): boolean {
  return OF_ALL.test(text);
}

/** Words of the imports inside of functions. */
export function innerNames(code: string): readonly string[] {
  return (code.match(INNER) ?? []).flatMap(wordsOf);
}

/** What an import may bind: where only its place tells, and not for certain, each part of that. */
function namesOf(statement: string, by: readonly Language[]): readonly string[] {
  const names = boundNames(statement, by);
  return names.length > 0 ? names : /"([^"\n]*)"/.exec(statement)?.[1]?.split(/\W+/) ?? [];
}

/** Whether the place that an import names stands in quotes in a text, however it is imported there. */
function isQuoted(text: string, statement: string): boolean {
  const place = /"[^"]+"/.exec(statement)?.[0];
  return place !== undefined && text.includes(place);
}

/** Whether a text begins with comments and imports alone, none of them inside of a text in quotes: else nobody knows where one comes in. */
export function isPlainlyBegun(text: string, by: readonly Language[]): boolean {
  const { comments, quotes } = by[0] ?? {};
  const blank = codePieces(text, comments, quotes).map((piece) =>
    piece.kind === "code" || piece.kind === "quoted" && !piece.text.includes("\n")
      ? piece.text
      : piece.text.replace(/[^\n]/g, "")
  ).join("").split("\n");
  const lines = text.split("\n");
  const [read, all] = [importsIn(blank, by), importsIn(lines, by)];
  if (read.length !== all.length) return false;
  const imported = new Set(read.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)));
  const place = placeForImports(text, by);
  // What stands first in quotes describes the file as long as it stands first.
  if (place === 0 && /^["']|^[rRuU]["']/.test(lines.find((line) => line.trim() !== "") ?? "")) return false;
  return blank.slice(0, place).every((line, index) => imported.has(index) || OPENING.test(line.trim()));
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
  return [...code.matchAll(new RegExp(`(?<![\\w$.])${name}(?![\\w$])`, "g"))].map(({ index }) => {
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
