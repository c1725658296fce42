import { isComparable } from "../languages/compare_definitions.ts";
import { codeLines, writingOf } from "../languages/code_lines.ts";
import { definitionsIn } from "../languages/definitions.ts";
import { isImport } from "../languages/imports.ts";
import type { Language } from "../languages/language.ts";
import { lastName } from "../features/scope/wants_of_task.ts";
import { charsIn, indentOf, joined, type Range } from "./ranges.ts";

/** Lines of one piece of ground up to which it is shown. */
const LONGEST_PIECE = 25;
/** Lines of all pieces together. */
const MOST_LINES = 40;
/** Rounds in which the pieces found so far lead to further ones: a test, its helper, the table that this reads. */
const ROUNDS = 3;

/** What sets tests up by a call: `beforeEach(() => {` and its kin. */
const SETS_UP = /^\s*before(?:each|all)?\s*\(/i;
/** Name of a function that sets tests up. */
const SET_UP =
  /^set_?up(?:_?(?:class|module|method|function|package|suite|test|all|once|each))?$|^before(?:_?(?:each|all|suite|test|class))?$/i;
/** What gives a name a value outside of functions. */
const NAMED_VALUE =
  /^\s*(?:export\s+)?(?:(?:const|let|var)\s+(?:mut\s+)?([\p{L}_$][\p{L}\p{N}_$]*)|([\p{L}_$][\p{L}\p{N}_$]*)\s*(?::[^=]+)?=(?!=))/u;

/**
 * Shows with tests what they stand on: what sets them up, and the helpers and values of their file that they name, the nearest first; nothing
 * of groups in which they do not stand. A test of which these are not shown speaks of things that nobody knows.
 *
 * @param text text of a file of tests
 * @param shown lines of it that are shown
 * @param room most characters of all that is shown
 * @param by the languages whose forms count
 * @returns these lines and further ones in order, each piece short, all together bounded; these alone where the file is long
 */
export function withTestGround(text: string, shown: readonly Range[], room: number, by: readonly Language[]): Range[] {
  if (!isComparable(text)) return [...shown];
  const lines = text.split("\n");
  const isShown = (line: number) => shown.some(({ from, to }) => line >= from && line <= to);
  const groups = groupsAround(lines, shown);
  const pieces = piecesIn(lines, by).filter(({ from, to }) =>
    to - from < LONGEST_PIECE && !isShown(from) && !isShown(to)
  );
  // What belongs to another group is not there for a shown test; a class that it names is.
  const isThere = ({ from, group }: Piece) => groups.has(from) || group !== null && words.has(group);
  const away = ({ from, to }: Range) => Math.min(...shown.map((one) => Math.max(0, from - one.to, one.from - to)));
  const words = new Set<string>();
  const learn = ({ from, to }: Range) => {
    for (const line of lines.slice(from - 1, to)) {
      for (const word of isImport(line, by) ? [] : line.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []) words.add(word);
    }
  };
  for (const range of shown) learn(range);
  const found = new Set<Range>();
  for (let round = 0; round < ROUNDS; round++) {
    const more = pieces.filter((piece) =>
      !found.has(piece) && (piece.name === null ? groups.has(piece.from) : words.has(piece.name) && isThere(piece))
    );
    if (more.length === 0) break;
    for (const piece of more.toSorted((a, b) => away(a) - away(b))) {
      found.add(piece);
      learn(piece);
    }
  }
  let chosen = [...shown];
  let left = MOST_LINES;
  for (const { from, to } of found) {
    if (to - from + 1 > left) continue;
    const next = joined([...chosen, { from, to }]);
    if (next.reduce((sum, one) => sum + charsIn(lines, one), 0) > room) continue;
    left -= to - from + 1;
    chosen = next;
  }
  return chosen;
}

/** A part of a file of tests; one without a name is there for all of them. */
interface Piece extends Range {
  readonly name: string | null;
  /** Name of the class that it is a method of. */
  readonly group: string | null;
}

/**
 * Shows with tests what they stand on, and the lines by which their groups begin: who is to write one more beside them sees whose method
 * a test is.
 *
 * @param text text of a file of tests
 * @param shown lines of it that are shown
 * @param room most characters of all that is shown
 * @param by the languages whose forms count
 * @returns these lines and further ones in order; these alone where the file is long
 */
export function withTestFrame(text: string, shown: readonly Range[], room: number, by: readonly Language[]): Range[] {
  const ground = withTestGround(text, shown, room, by);
  if (!isComparable(text)) return ground;
  const lines = text.split("\n");
  const heads = [...linesAround(groupsOf(lines), ground)].flatMap((line) => line === 0 ? [] : { from: line, to: line });
  const all = joined([...ground, ...heads]);
  return all.reduce((sum, one) => sum + charsIn(lines, one), 0) <= room ? all : ground;
}

/** The lines that stand in no group, or in one in which a shown line stands as well. */
function groupsAround(lines: readonly string[], shown: readonly Range[]): ReadonlySet<number> {
  const groupOf = groupsOf(lines);
  const around = linesAround(groupOf, shown);
  return new Set(groupOf.flatMap((group, index) => around.has(group) ? [index + 1] : []));
}

/** The line to whose group each line belongs, 0 for none: what is indented more belongs to the line above it. */
function groupsOf(lines: readonly string[]): readonly number[] {
  const above: { readonly indent: number; readonly line: number }[] = [];
  return lines.map((line, index) => {
    if (line.trim() === "") return above.at(-1)?.line ?? 0;
    const indent = indentOf(line);
    while (above.length > 0 && above.at(-1)!.indent >= indent) above.pop();
    const group = above.at(-1)?.line ?? 0;
    above.push({ indent, line: index + 1 });
    return group;
  });
}

/** The lines by which the groups begin in which some lines stand, and 0. */
function linesAround(groupOf: readonly number[], shown: readonly Range[]): ReadonlySet<number> {
  const around = new Set([0]);
  for (const { from, to } of shown) {
    for (let line = from; line <= to; line++) {
      for (let one = groupOf[line - 1] ?? 0; !around.has(one); one = groupOf[one - 1]!) around.add(one);
    }
  }
  return around;
}

/** What stands beside the tests of a file: what sets them up, helpers, and named values outside of functions. */
function piecesIn(lines: readonly string[], by: readonly Language[]): Piece[] {
  const text = lines.join("\n");
  const definitions = definitionsIn(text, by);
  const isInside = codeLines(text, writingOf(by)).inside.map((one) => one !== null);
  const pieces: Piece[] = definitions.map((one) => ({
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

/** The last line of what begins at a line, as far as it is looked for: what is indented more or quoted follows it, and what closes it. */
function endOf(lines: readonly string[], isQuoted: readonly boolean[], place: number, most: number): number {
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
