import { type Code, codeOf, languageOfFile } from "../code.ts";
import type { PatchRow } from "./patch_rows.ts";

/** A line of code. */
export interface LineOfCode {
  readonly of: Code;
  /** Its number, from 0. */
  readonly line: number;
}

/** Hunks of a file, from its top, whose code is read. */
const MOST_HUNKS = 200;

/**
 * Reads the code of a difference: of each hunk the text that was there and the one that is, since a line alone does not say whether it stands
 * in a comment.
 *
 * @param path name of the file
 * @param rows rows of its difference
 * @returns for each row the line that it shows; undefined where it shows none, or one without colours
 */
export function codeOfRows(path: string, rows: readonly PatchRow[]): readonly (LineOfCode | undefined)[] {
  const language = languageOfFile(path);
  const found = rows.map((): LineOfCode | undefined => undefined);
  if (language === null) return found;
  const read = (from: number, to: number, gone: "+" | "−") => {
    const places: number[] = [];
    const lines: string[] = [];
    for (let at = from; at < to; at++) {
      const row = rows[at]!;
      if (row.kind !== "line" || row.sign === gone) continue;
      places.push(at);
      lines.push(row.text);
    }
    const code = codeOf(language, lines);
    if (code !== null) { for (const [line, at] of places.entries()) found[at] = { of: code, line }; }
  };
  for (let from = 0, hunks = 0; from < rows.length && hunks < MOST_HUNKS; hunks++) {
    let to = from;
    while (rows[to]?.kind === "line") to++;
    const has = (sign: string) => rows.slice(from, to).some((row) => row.kind === "line" && row.sign === sign);
    if (has("−")) read(from, to, "+");
    if (has("+") || !has("−")) read(from, to, "−");
    from = to + 1;
  }
  return found;
}
