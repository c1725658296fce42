import { type CodePiece, codePieces } from "./code_pieces.ts";

/** A line of a text. */
export interface CodeLine {
  /** Its code, with blanks for what stands in quotes and in comments. */
  readonly code: string;
  /** What was begun in a line before and goes on here; null where the line begins with code. */
  readonly inside: "quoted" | "comment" | null;
}

/**
 * Tells of each line of a text what in it is code.
 *
 * @param text code
 * @param marks what begins a comment, as `Language.comments`
 * @returns its lines in their order, none left out, each as long as in the text
 */
export function codeLines(text: string, marks?: readonly string[]): readonly CodeLine[] {
  const codes: string[] = [];
  const insides: CodeLine["inside"][] = [null];
  for (const { kind, text: piece } of codePieces(text, marks)) {
    codes.push(kind === "code" ? piece : piece.replace(/[^\n]/g, " "));
    const inside = kind === "code" ? null : kind;
    for (let at = piece.indexOf("\n"); at >= 0; at = piece.indexOf("\n", at + 1)) insides.push(inside);
  }
  return codes.join("").split("\n").map((code, index) => ({ code, inside: insides[index] ?? null }));
}

/**
 * Finds the lines whose beginning is part of a text in quotes: what is put before them changes that text. A description in three quotes is
 * none such: whoever reads it leaves its indentation out.
 *
 * @param lines lines of code, the first of them in no quotes
 * @param marks what begins a comment, as `Language.comments`
 * @returns for each line whether it is one
 */
export function areQuoted(lines: readonly string[], marks?: readonly string[]): readonly boolean[] {
  const found = [false];
  let code = "";
  for (const piece of codePieces(lines.join("\n"), marks)) {
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
