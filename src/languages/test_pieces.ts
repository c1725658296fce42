import { codeLines, writingOf } from "./code_lines.ts";
import { definitionsIn } from "./definitions.ts";
import type { Language } from "./language.ts";

/** Lines of one piece of ground up to which it is shown. */
export const LONGEST_PIECE = 25;
/** What sets tests up by a call: `beforeEach(() => {` and its kin. */
const SETS_UP = /^\s*before(?:each|all)?\s*\(/i;
/** Name of a function that sets tests up. */
const SET_UP =
  /^set_?up(?:_?(?:class|module|method|function|package|suite|test|all|once|each))?$|^before(?:_?(?:each|all|suite|test|class))?$/i;
/** What gives a name a value outside of functions. */
const NAMED_VALUE =
  /^\s*(?:export\s+)?(?:(?:const|let|var)\s+(?:mut\s+)?([\p{L}_$][\p{L}\p{N}_$]*)|([\p{L}_$][\p{L}\p{N}_$]*)\s*(?::[^=]+)?=(?!=))/u;

/** A part of a file of tests, both ends counted from 1 and included; one without a name is there for all of them. */
export interface TestPiece {
  readonly from: number;
  readonly to: number;
  readonly name: string | null;
  /** Name of the class that it is a method of. */
  readonly group: string | null;
}

/**
 * Finds what stands beside the tests of a file: what sets them up, helpers, and named values outside of functions.
 *
 * @param lines lines of the file
 * @param by the languages whose forms count
 * @returns the pieces in order
 */
export function testPieces(lines: readonly string[], by: readonly Language[]): readonly TestPiece[] {
  const text = lines.join("\n");
  const definitions = definitionsIn(text, by);
  const isInside = codeLines(text, writingOf(by)).inside.map((one) => one !== null);
  const pieces: TestPiece[] = definitions.map((one) => ({
    name: SET_UP.test(lastName(one.name)) ? null : lastName(one.name),
    group: one.name.includes(".") ? one.name.slice(0, one.name.lastIndexOf(".")) : null,
    from: one.head,
    to: Math.min(one.to, lines.length),
  }));
  const defines = new Set(
    definitions.flatMap(({ head, to }) => Array.from({ length: to - head + 1 }, (_, at) => head + at)),
  );
  let inside = 0;
  lines.forEach((line, index) => {
    const from = index + 1;
    if (from <= inside || defines.has(from)) return;
    const isCase = by.some(({ testCase }) => testCase?.test(line));
    const name = SETS_UP.test(line) ? null : valueIn(line);
    if (!isCase && name === undefined) return;
    const to = endOf(lines, isInside, from, isCase ? lines.length : LONGEST_PIECE);
    // What is longer may hold all the tests of a file.
    if (isCase || to - from < LONGEST_PIECE) inside = to;
    if (!isCase && name !== undefined) pieces.push({ name, group: null, from, to });
  });
  return pieces.sort((a, b) => a.from - b.from);
}

/** The name that a line gives a value; undefined for none. */
function valueIn(line: string): string | undefined {
  const found = line.length > 500 ? null : NAMED_VALUE.exec(line);
  return found?.[1] ?? found?.[2];
}

/** Counts the blanks that a line begins with. */
function indentOf(line: string): number {
  return /^\s*/.exec(line)![0].length;
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** The last line of what begins at a line, as far as it is looked for: what is indented more or quoted follows it, and what closes it. */
export function endOf(lines: readonly string[], isQuoted: readonly boolean[], place: number, most: number): number {
  const last = Math.min(lines.length, place + most);
  const indent = indentOf(lines[place - 1]!);
  let to = place;
  for (; to < last; to++) {
    const line = lines[to]!;
    if (isQuoted[to] === true || line.trim() === "" || indentOf(line) > indent) continue;
    if (!/^\s*[)\]}]/.test(line) || indentOf(line) < indent) break;
    // What closes may open once more: `}{`, `).with({`.
    if (isQuoted[to + 1] === true || /[{([]$/.test(line.trimEnd())) continue;
    to++;
    break;
  }
  while (to > place && lines[to - 1]!.trim() === "") to--;
  return to;
}
