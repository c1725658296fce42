import { isComparable } from "../languages/compare_definitions.ts";
import { isImport } from "../languages/imports.ts";
import type { Language } from "../languages/language.ts";
import { LONGEST_PIECE, type TestPiece, testPieces } from "../languages/test_pieces.ts";
import { charsIn, indentOf, joined, type Range } from "./ranges.ts";

/** Lines of all pieces together. */
const MOST_LINES = 40;
/** Rounds in which the pieces found so far lead to further ones: a test, its helper, the table that this reads. */
const ROUNDS = 3;

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
  const pieces = testPieces(lines, by).filter(({ from, to }) =>
    to - from < LONGEST_PIECE && !isShown(from) && !isShown(to)
  );
  // What belongs to another group is not there for a shown test; a class that it names is.
  const isThere = ({ from, group }: TestPiece) => groups.has(from) || group !== null && words.has(group);
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
