/** Whole lines of a file, from 1, both ends included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** Where a text stands in a file. */
export type Location =
  | { readonly found: "exactly"; readonly start: number; readonly end: number }
  /** The same but for blanks: whole lines, with the indentation of the file for each one of the text. */
  | { readonly found: "roughly"; readonly lines: LineRange; readonly indents: ReadonlyMap<string, string> }
  | { readonly found: "often"; readonly lines: readonly number[] }
  | { readonly found: "never"; readonly nearest: LineRange | null };

/** Most comparisons of two lines in the search for the nearest place. */
const MOST_COMPARISONS = 400_000;
/** Likeness from which a place is worth naming, 0 to 1. */
const LIKE_ENOUGH = 0.4;

/**
 * Finds the one place of a text in a file: as it stands, else by lines that are the same but for blanks.
 * @param file the file's text, lines ended by `\n`
 * @param wanted the text to find, not empty
 * @returns the place, all lines where it begins if there are several, or the nearest lines
 */
export function locate(file: string, wanted: string): Location {
  const starts = startsOf(file, wanted);
  if (starts.length > 1) {
    return {
      found: "often",
      lines: starts.map((start) => file.slice(0, start).split("\n").length),
    };
  }
  const [start] = starts;
  if (start !== undefined) return { found: "exactly", start, end: start + wanted.length };
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

/**
 * Gives a text the indentation of the file it goes into.
 * @param text lines indented like the text that was found roughly
 * @param indents indentation in the file for each one of that text
 * @returns the lines, blank ones at both ends left out
 */
export function reindent(text: string, indents: ReadonlyMap<string, string>): readonly string[] {
  const step = widening(indents);
  return withoutBlankEnds(text.split("\n")).map((line) => {
    if (line.trim() === "") return "";
    const indent = indentOf(line);
    const known = [...indents.keys()].filter((key) => indent.startsWith(key)).sort((a, b) => b.length - a.length)[0];
    if (known !== undefined) {
      const more = indent.slice(known.length);
      const widened = /^ *$/.test(more) ? " ".repeat(Math.round(more.length * step)) : more;
      return (indents.get(known) ?? "") + widened + line.trimStart();
    }
    const [least, target] = [...indents].sort(([a], [b]) => a.length - b.length)[0] ?? ["", ""];
    return target.slice(0, Math.max(0, target.length - (least.length - indent.length))) + line.trimStart();
  });
}

/** How much wider a step of indentation is in the file than in the text. */
function widening(indents: ReadonlyMap<string, string>): number {
  const [first, second] = [...indents].sort(([a], [b]) => a.length - b.length);
  if (first === undefined || second === undefined) return 1;
  const ratio = (second[1].length - first[1].length) / (second[0].length - first[0].length);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : 1;
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

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
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
