import stringWidth from "string-width";
import { safe } from "../kernel/say.ts";
import { columns } from "./columns.ts";

/** Least width of the last column. */
const LEAST = 24;

/**
 * Lays rows out in columns of which the last one is wrapped, so that no line is longer than wanted.
 *
 * @param rows cells as text, the first row may hold titles
 * @param width cells of a line; a word that is longer stands whole
 * @returns lines with a closing line break each
 */
export function wrappedColumns(rows: readonly (readonly string[])[], width: number): string {
  const most = (at: number) => Math.max(...rows.map((row) => stringWidth(safe(row[at] ?? ""))));
  const before = Array.from({ length: (rows[0]?.length ?? 1) - 1 }, (_, at) => most(at) + 2);
  const room = Math.max(LEAST, width - before.reduce((sum, cells) => sum + cells, 0));
  return columns(rows.flatMap((row) => {
    const [first = "", ...more] = wrappedWords(row.at(-1) ?? "", room);
    return [[...row.slice(0, -1), first], ...more.map((line) => [...row.slice(0, -1).map(() => ""), line])];
  }));
}

/** Breaks behind commas; where what stands between two is too long, between words. */
function wrappedWords(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  const line = safe(text).replaceAll(/\s/g, " ");
  const pieces = line.split(/(?<=,) /).flatMap((piece) => stringWidth(piece) > width ? piece.split(" ") : [piece]);
  for (const word of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(last) + 1 + stringWidth(word) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
