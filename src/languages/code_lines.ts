import { codePieces } from "./code_pieces.ts";
import type { Language } from "./language.ts";

/** How code of a language is told from comments and from what stands in quotes. */
export type Writing = Pick<Language, "comments" | "quotes">;

/** Longest line that may begin a definition, in characters: packed code has lines of megabytes. */
export const LONGEST_FIRST_LINE = 400;

/** A text by its lines, and its code alone beside it: sign for sign at the same place. */
export interface CodeLines {
  /** The lines as they are. */
  readonly lines: readonly string[];
  /** The lines with blanks for comments and for what stands in quotes, which are all `"`. */
  readonly code: readonly string[];
  /** The lines of `code`, joined. */
  readonly text: string;
  /** Where each line begins in `text`. */
  readonly starts: readonly number[];
  /** What an earlier line opened and each line begins within; null where it begins with code. */
  readonly inside: readonly ("quoted" | "comment" | null)[];
}

/** Tells the writing of the one language that counts; of none where there are several. */
export function writingOf(by: readonly Language[]): Writing {
  return by.length === 1 ? by[0]! : {};
}

/**
 * Reads what of each line is code.
 *
 * @param text of a file, or a part of it
 * @param writing how its code is told apart
 */
export function codeLines(text: string, { comments, quotes }: Writing): CodeLines {
  const inside: ("quoted" | "comment" | null)[] = [null];
  const parts = codePieces(text, comments, quotes).map(({ kind, text }) => {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
      inside.push(kind === "code" ? null : kind);
    }
    if (kind === "code") return text;
    const blank = text.replace(/[^\n]/g, " ");
    return kind === "comment" ? blank : `"${blank.slice(1, -1)}"`;
  });
  const code = parts.join("").split("\n");
  // A template that nothing closes goes to the end.
  const unclosed = quotes?.some(({ how }) => how === "template") === true
    ? code.findIndex((line) => line.includes("`"))
    : -1;
  if (unclosed >= 0) inside.fill("quoted", unclosed + 1);
  let at = 0;
  const starts = code.map((line) => (at += line.length + 1) - line.length - 1);
  return { lines: text.split("\n"), code, text: code.join("\n"), starts, inside };
}
