import type { Writing } from "./code_lines.ts";
import { type CodePiece, codePieces } from "./code_pieces.ts";

/**
 * Finds the lines whose beginning is part of a text in quotes: what is put before them changes that text. A description in three quotes is
 * none such: whoever reads it leaves its indentation out.
 *
 * @param lines lines of code, the first of them in no quotes
 * @param writing how its code is told apart; as in most languages where absent
 * @returns for each line whether it is one
 */
export function areQuoted(lines: readonly string[], { comments, quotes }: Writing = {}): readonly boolean[] {
  const found = [false];
  let code = "";
  for (const piece of codePieces(lines.join("\n"), comments, quotes)) {
    const quoted = piece.kind === "quoted" && !describes(piece, code);
    for (let at = piece.text.indexOf("\n"); at >= 0; at = piece.text.indexOf("\n", at + 1)) found.push(quoted);
    if (piece.kind === "code") code = `${code}${piece.text}`.slice(-MOST_BEFORE);
    else if (piece.kind === "quoted") code = '"';
  }
  return found;
}

/** Characters of code that are looked at before a text in quotes. */
const MOST_BEFORE = 200;

/** Whether a text in quotes is the first statement of what a colon opens, or of all. */
function describes({ text }: CodePiece, before: string): boolean {
  return /^(?:"""|''')/.test(text) && /(?:^|:)\s*[rRuU]?$/.test(before) &&
    (before.trim() === "" || before.includes("\n"));
}
