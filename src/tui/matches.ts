import type { Line } from "./line.ts";

/** Characters of a row. */
export interface Stretch {
  /** The row, from 0. */
  readonly row: number;
  /** Its first character, and the one behind its last. */
  readonly from: number;
  readonly to: number;
}

/** A place where what is looked for stands: a stretch, or one for each row that it goes over. */
export type Match = readonly Stretch[];

/** What is looked for, ready to be looked for. */
export interface Wanted {
  readonly text: string;
  /** Whether a capital letter is one: so where what was typed has one. */
  readonly isExact: boolean;
}

/** Reads what was typed: where it has no capital letter, capitals are as good as small ones. */
export function wantedOf(typed: string): Wanted {
  const small = lowered(typed);
  return { text: small === typed ? small : typed, isExact: small !== typed };
}

/** A text in small letters, as long as it was. */
function lowered(text: string): string {
  const small = text.toLowerCase();
  if (small.length === text.length) return small;
  return text.replace(/./gsu, (one) => {
    const low = one.toLowerCase();
    return low.length === one.length ? low : one;
  });
}

/** Text of a row. */
export function rowText(line: Line): string {
  return line.length === 1 ? line[0]!.text : line.map(({ text }) => text).join("");
}

/** Where a text has what is wanted. */
export function placesIn(text: string, { text: wanted, isExact }: Wanted): readonly number[] {
  const places: number[] = [];
  if (wanted === "") return places;
  const through = isExact ? text : lowered(text);
  for (let at = through.indexOf(wanted); at !== -1; at = through.indexOf(wanted, at + wanted.length)) places.push(at);
  return places;
}

/**
 * Finds what is wanted in rows that one text was wrapped into: also where it goes over the end of a row, at a blank or inside a word.
 *
 * @param lines the rows
 * @param wanted what is looked for
 * @returns matches from the first row on
 */
export function matchesIn(lines: readonly Line[], wanted: Wanted): readonly Match[] {
  const rows = lines.map(rowText);
  const inRows = joinedMatches(rows, " ", wanted);
  if (rows.length < 2) return inRows;
  // A word that was too long for a row goes on at the begin of the next one.
  const broken = joinedMatches(rows, "", wanted).filter((match) => match.length > 1);
  return broken.length === 0 ? inRows : [...inRows, ...broken].sort(inOrder);
}

/**
 * The same for rows of which nobody noted where a text ends: one goes on behind each of them, as a person reads it, but inside a word only behind
 * those that have no room left.
 */
export function matchesInRows(lines: readonly Line[], wanted: Wanted): readonly Match[] {
  const rows = lines.map(rowText);
  const fullest = Math.max(0, ...rows.map(({ length }) => length));
  const broken = joinedMatches(rows, "", wanted).filter((match) =>
    match.length > 1 && match.slice(0, -1).every(({ row }) => rows[row]!.length === fullest)
  );
  const inRows = joinedMatches(rows, " ", wanted);
  return broken.length === 0 ? inRows : [...inRows, ...broken].sort(inOrder);
}

function inOrder([one]: Match, [other]: Match): number {
  return one!.row - other!.row || one!.from - other!.from;
}

/** Looks in rows that are put together: what stands before the words of a row but the first is left out. */
function joinedMatches(rows: readonly string[], between: string, wanted: Wanted): readonly Match[] {
  const starts: number[] = [];
  const leads: number[] = [];
  let text = "";
  for (const [index, row] of rows.entries()) {
    const lead = index === 0 ? 0 : row.length - row.trimStart().length;
    if (index > 0) text += between;
    starts.push(text.length);
    leads.push(lead);
    text += row.slice(lead);
  }
  const matches: Match[] = [];
  let row = 0;
  for (const at of placesIn(text, wanted)) {
    while (row + 1 < rows.length && starts[row + 1]! <= at) row++;
    const match: Stretch[] = [];
    const end = at + wanted.text.length;
    for (let one = row; one < rows.length && starts[one]! < end; one++) {
      const first = Math.max(at, starts[one]!) - starts[one]! + leads[one]!;
      const last = Math.min(end - starts[one]! + leads[one]!, rows[one]!.length);
      if (last > first) match.push({ row: one, from: first, to: last });
    }
    if (match.length > 0) matches.push(match);
  }
  return matches;
}
