import { indentOf, stepOf } from "./indentation.ts";
import { plainSigns } from "./plain_signs.ts";

/** Whole lines of a file, from 1, both ends included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** Where a text stands in a file. */
export type Location =
  | { readonly found: "exactly"; readonly start: number; readonly end: number }
  /** The same but for quotes, dashes and blanks of print. */
  | { readonly found: "plainly"; readonly start: number; readonly end: number }
  /** The same but for blanks: whole lines, with the indentation of the file for each one of the text. */
  | { readonly found: "roughly"; readonly lines: LineRange; readonly indents: ReadonlyMap<string, string> }
  | { readonly found: "often"; readonly lines: readonly number[] }
  | { readonly found: "never"; readonly nearest: LineRange | null };

/** Most comparisons of two lines in the search for the nearest place. */
const MOST_COMPARISONS = 400_000;
/** Likeness from which a place is worth naming, 0 to 1. */
const LIKE_ENOUGH = 0.4;

/**
 * Finds the one place of a text in a file: as it stands, else with plain quotes and dashes for those of print, else by lines that are the
 * same but for blanks.
 * @param file the file's text, lines ended by `\n`
 * @param wanted the text to find, not empty
 * @returns the place, all lines where it begins if there are several, or the nearest lines
 */
export function locate(file: string, wanted: string): Location {
  const exact = placeIn(file, wanted, "exactly") ?? placeIn(plainSigns(file), plainSigns(wanted), "plainly");
  if (exact !== null) return exact;
  const lines = file.split("\n");
  const block = withoutBlankEnds(wanted.split("\n"));
  if (block.length === 0) return { found: "never", nearest: null };
  const plain = lines.map(withoutBlanks);
  const plainBlock = block.map(withoutBlanks);
  const matches = plain.flatMap((_, at) => plainBlock.every((line, offset) => plain[at + offset] === line) ? [at] : []);
  if (matches.length > 1) return { found: "often", lines: matches.map((at) => at + 1) };
  const [at] = matches;
  if (at === undefined) return { found: "never", nearest: nearestLines(plain, plainBlock) };
  const indents = new Map<string, string>();
  for (const [offset, line] of block.entries()) {
    const key = indentOf(line);
    if (line.trim() !== "" && !indents.has(key)) indents.set(key, indentOf(lines[at + offset] ?? ""));
  }
  return { found: "roughly", lines: { from: at + 1, to: at + block.length }, indents };
}

function placeIn(file: string, wanted: string, found: "exactly" | "plainly"): Location | null {
  const starts = startsOf(file, wanted);
  if (starts.length > 1) {
    return {
      found: "often",
      lines: starts.map((start) => file.slice(0, start).split("\n").length),
    };
  }
  const [start] = starts;
  return start === undefined ? null : { found, start, end: start + wanted.length };
}

/**
 * Gives a text the indentation of the file it goes into.
 * @param text lines indented like the text that was found roughly
 * @param indents indentation in the file for each one of that text
 * @param file the file's text, whose step is that of what is deeper
 * @param wanted the text that was found
 * @returns the lines, blank ones at both ends left out
 */
export function reindent(
  text: string,
  indents: ReadonlyMap<string, string>,
  file: string,
  wanted: string,
): readonly string[] {
  const steps = stepsOf(indents, file, [...wanted.split("\n"), ...text.split("\n")]);
  return withoutBlankEnds(text.split("\n")).map((line) => {
    if (line.trim() === "") return "";
    const indent = indentOf(line);
    const known = [...indents.keys()].filter((key) => indent.startsWith(key)).sort((a, b) => b.length - a.length)[0];
    if (known !== undefined) {
      return (indents.get(known) ?? "") + deeper(indent.slice(known.length), steps) + line.trimStart();
    }
    const [least, target] = [...indents].sort(([a], [b]) => a.length - b.length)[0] ?? ["", ""];
    const fewer = Math.max(0, Math.round((least.length - indent.length) / steps.text.length)) * steps.file.length;
    return target.slice(0, Math.max(0, target.length - fewer)) + line.trimStart();
  });
}

/** One step of indentation, in the text and in the file. */
interface Steps {
  readonly text: string;
  readonly file: string;
}

/** The steps by two depths of the text that was found; where it has one, those of the lines of both. */
function stepsOf(indents: ReadonlyMap<string, string>, file: string, lines: readonly string[]): Steps {
  const [first, second] = [...indents].sort(([a], [b]) => a.length - b.length);
  if (first !== undefined && second !== undefined && second[0].startsWith(first[0]) && second[1].startsWith(first[1])) {
    const text = second[0].slice(first[0].length);
    const own = second[1].slice(first[1].length);
    if (text !== "" && own !== "") return { text, file: own };
  }
  const text = stepOf(lines) ?? "  ";
  return { text, file: stepOf(file.split("\n")) ?? text };
}

/** What is deeper than a depth that is known, in steps of the file; a part of a step stays blanks, as wide as in the text. */
function deeper(more: string, { text, file }: Steps): string {
  if (more === "" || text[0] === file[0] && text.length === file.length) return more;
  let steps = 0;
  let rest = more;
  for (; rest.startsWith(text); rest = rest.slice(text.length)) steps++;
  if (rest === "" || file[0] === "\t") return file.repeat(steps) + rest;
  return file.repeat(steps) + " ".repeat(Math.round(rest.length * file.length / text.length));
}

function startsOf(file: string, wanted: string): number[] {
  const starts: number[] = [];
  for (let at = file.indexOf(wanted); at >= 0; at = file.indexOf(wanted, at + 1)) starts.push(at);
  return starts;
}

function withoutBlankEnds(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== "");
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex((line) => line.trim() !== "") + 1);
}

function withoutBlanks(line: string): string {
  return line.trim().replaceAll(/\s+/g, " ");
}

/** The lines most like a block, by pairs of neighbouring letters; null where nothing is like it. */
function nearestLines(lines: readonly string[], block: readonly string[]): LineRange | null {
  const most = Math.max(1, Math.floor(MOST_COMPARISONS / lines.length));
  const sample = block.slice(0, most).map(pairsOf);
  const pairs = lines.map(pairsOf);
  let best = { at: -1, likeness: LIKE_ENOUGH };
  for (let at = 0; at < lines.length; at++) {
    const total = sample.reduce((sum, wanted, offset) => sum + likeness(wanted, pairs[at + offset] ?? new Set()), 0);
    if (total / sample.length > best.likeness) best = { at, likeness: total / sample.length };
  }
  return best.at < 0 ? null : { from: best.at + 1, to: Math.min(lines.length, best.at + block.length) };
}

function pairsOf(line: string): ReadonlySet<string> {
  return new Set(
    Array.from({ length: Math.max(0, Math.min(line.length, 200) - 1) }, (_, at) => line.slice(at, at + 2)),
  );
}

/** Shared pairs over all pairs (Dice's coefficient); two empty lines are alike. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 1;
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared++;
  return 2 * shared / (a.size + b.size);
}
