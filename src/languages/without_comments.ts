import { codePieces } from "./code_pieces.ts";

/**
 * Leaves out the comments of a text; what stands in quotes stays, a comment's beginning in it too.
 *
 * @param text of a file, or a part of it
 * @param marks what begins a comment; `/*` one that has an end of its own, the others go to the end of their line
 */
export function withoutComments(text: string, marks?: readonly string[]): string {
  return codePieces(text, marks).map((piece) => piece.kind === "comment" ? " " : piece.text).join("");
}
