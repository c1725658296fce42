import { type Writing, writingOf } from "./code_lines.ts";
import { codePieces } from "./code_pieces.ts";
import type { Definition, Language } from "./language.ts";
import { ANY_QUOTES, type Quote } from "./quotes.ts";

/**
 * Finds the functions and methods of a text. Functions inside functions belong to the outer one.
 *
 * @param text code
 * @param by the languages whose forms count: those of its file, as `languagesOf` gives them
 * @returns definitions in order, a name twice where it is defined twice; none where no form is known
 */
export function definitionsIn(text: string, by: readonly Language[]): Definition[] {
  const all = by.flatMap((language) => language.definitions?.(text, language) ?? []);
  const found: Definition[] = [];
  // Where two languages see a function at one place, the first of them counts.
  for (const one of all.toSorted((a, b) => a.from - b.from)) if (one.from > (found.at(-1)?.to ?? 0)) found.push(one);
  return found;
}

/**
 * Finds the functions that can be taken out of a text and put back: each defined once, with brackets and quotes that close in it.
 *
 * @param text code
 * @param by the languages whose forms count
 * @returns such definitions in order
 */
export function replaceableDefinitions(text: string, by: readonly Language[]): Definition[] {
  const lines = text.split("\n");
  const all = definitionsIn(text, by);
  const writing = writingOf(by);
  const times = new Map<string, number>();
  for (const { name } of all) times.set(name, (times.get(name) ?? 0) + 1);
  return all.filter((one) =>
    times.get(one.name) === 1 && isClosed(lines.slice(one.from - 1, one.to).join("\n"), writing)
  );
}

/** Where the body of a definition begins. */
export interface BodyPlace {
  /** Line after the one that opens the body; a description in quotes is part of the body. */
  readonly from: number;
  /** Last line of the description in quotes that the body begins with, as in Python; null where there is none. */
  readonly described: number | null;
}

/**
 * Finds where the body of a definition begins: after the line that opens it, which may be some lines below its name.
 *
 * @param lines lines of the text
 * @param definition the definition
 * @returns lines counted from 1; null where the body stands in the same line, or cannot be told apart
 */
export function bodyPlace(lines: readonly string[], definition: Pick<Definition, "from" | "to">): BodyPlace | null {
  let opened = definition.from;
  let depth = 0;
  for (; opened <= definition.to; opened++) {
    const line = lines[opened - 1]!;
    depth += line.split(/[([]/).length - line.split(/[)\]]/).length;
    // What ends a line inside the parameters opens a type or a default value, and so does what stands behind a colon.
    if (depth <= 0 && /(?:\{|:|=>)\s*(?:#[^]*|\/\/[^]*)?$/.test(line) && !/[:|&<]\s*\{\s*$/.test(line)) break;
  }
  if (opened >= definition.to) return null;
  const from = opened + 1;
  const first = lines[from - 1]!;
  if (/^\s*[rRuU]?(?:"(?!")[^"]*"|'(?!')[^']*')\s*$/.test(first)) return { from, described: from };
  const quotes = /^\s*[rRuU]?("""|''')/.exec(first)?.[1];
  if (quotes === undefined) return { from, described: null };
  if (first.split(quotes).length > 2) return { from, described: from };
  const closing = lines.findIndex((line, index) => index >= from && index < definition.to && line.includes(quotes));
  return closing < 0 ? null : { from, described: closing + 1 };
}

/** Whether every bracket of some code closes in it, and every quote over several lines. */
function isClosed(text: string, { comments, quotes = ANY_QUOTES }: Writing): boolean {
  const pieces = codePieces(text, comments, quotes);
  const code = pieces.map((piece) => piece.kind === "code" ? piece.text : "\n").join("");
  const count = (sign: string) => code.split(sign).length - 1;
  const last = pieces.at(-1);
  const isOpen = ({ how, open, close }: Quote) =>
    how === "template" ? code.includes(open) : how === "lines" && last?.kind === "quoted" &&
      last.text.startsWith(open) && (last.text.length < open.length + close.length || !last.text.endsWith(close));
  return ["()", "[]", "{}"].every(([open, close]) => count(open!) === count(close!)) && !quotes.some(isOpen);
}
