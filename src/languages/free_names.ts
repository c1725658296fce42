import { boundNames } from "./bound_names.ts";
import type { Writing } from "./code_lines.ts";
import { codePieces } from "./code_pieces.ts";
import { allImports } from "./imports.ts";
import type { Language } from "./language.ts";

/** What gives a name its meaning. */
const DECLARES = /\b(?:const|let|var|function|class|def|func|type|for|as)[ \t]{0,4}\*?[ \t]{0,4}([A-Za-z_$][\w$]*)/g;
/** Lists of names that get their meaning together: parts of a value, parameters. */
const LISTS = [
  /\b(?:const|let|var|for[ \t]*\((?:const|let|var))[ \t]*([{[][^=;]{0,200}[}\]])[ \t]*(?:=|of\b)/g,
  /\(([^()]{0,200})\)[ \t]*(?:=>|\{)/g,
  /\b(?:def|function)[ \t]{0,8}\w{0,80}[ \t]{0,8}\(([^()]{0,300})\)/g,
  /(?<![\w$.])([A-Za-z_$][\w$]*)[ \t]*=>/g,
  /\bfor[ \t]{1,8}(\w[\w, \t]{0,80}?)[ \t]{1,8}in\b/g,
  /\blambda[ \t]+([\w, \t]{0,80}):/g,
];
/** A value that a line gives a name, where no word declares one. */
const ASSIGNS = /^[ \t]*([A-Za-z_]\w*(?:[ \t]*,[ \t]*[A-Za-z_]\w*){0,5})[ \t]*(?::[^=\n]{1,80})?=(?!=)/gm;

/**
 * Finds the names that a text uses and that it neither imports nor gives a meaning.
 *
 * @param text code
 * @param by the languages whose forms count
 */
export function freeNames(text: string, by: readonly Language[]): readonly string[] {
  const code = codeOf(text, by[0]);
  const given = new Set([
    ...allImports(text, by).flatMap((statement) => boundNames(statement, by)),
    ...[...code.matchAll(DECLARES)].map(([, name = ""]) => name),
  ]);
  return [...new Set(code.match(/(?<![\w$.])[A-Za-z_$][\w$]*/g) ?? [])].filter((name) => !given.has(name));
}

/**
 * Finds among the names that a text uses those that stand for nothing in it at all: no part of a list, no parameter, nothing that a line gives
 * a value in a language without declarations.
 *
 * @param text code
 * @param by the languages whose forms count
 */
export function unknownNames(text: string, by: readonly Language[]): readonly string[] {
  const code = codeOf(text, by[0]);
  const listed = LISTS.flatMap((list) =>
    [...code.matchAll(list)].flatMap(([, names = ""]) => names.match(/[\w$]+/g) ?? [])
  );
  const lines = by[0]?.declaresByValue === true ? [...code.matchAll(ASSIGNS)] : [];
  const assigned = lines.flatMap(([, names = ""]) => names.match(/\w+/g) ?? []);
  const known = new Set([...listed, ...assigned]);
  return freeNames(text, by).filter((name) => !known.has(name));
}

/** A text without what stands in quotes and in comments. */
export function codeOf(text: string, { comments, quotes }: Writing = {}): string {
  return codePieces(text, comments, quotes).map((piece) => piece.kind === "code" ? piece.text : " ").join("");
}
