import { endAfter } from "./end_after.ts";
import { ANY_QUOTES, behindQuote, type Quote } from "./quotes.ts";

/** What begins a comment where nobody knows the language. */
const ANY = ["#", "//", "/*"] as const;

/** A piece of a text: code, what stands in quotes with them, or a comment. */
export interface CodePiece {
  /** What it is; a mark that nothing closes is code, but for one that goes over lines: all behind it is quoted. */
  readonly kind: "code" | "quoted" | "comment";
  /** As it stands there, quotes and marks of comments with it. */
  readonly text: string;
}

/**
 * Tells what of a text is code. A comment's beginning in quotes is none, nor a quote in a comment.
 *
 * @param text of a file, or a part of it
 * @param marks what begins a comment; `/*` one that has an end of its own, the others go to the end of their line
 * @param quotes how a text is enclosed, the first that fits
 * @returns pieces in their order, which together are the text
 */
export function codePieces(
  text: string,
  marks: readonly string[] = ANY,
  quotes: readonly Quote[] = ANY_QUOTES,
): readonly CodePiece[] {
  const pieces: CodePiece[] = [];
  const firsts = new Set([...marks, ...quotes.map(({ open }) => open)].map((mark) => mark[0]!));
  // A template that is once not closed up to the end is not looked for again.
  let known = quotes;
  let from = 0;
  const take = (kind: CodePiece["kind"], start: number, end: number) => {
    if (start > from) pieces.push({ kind: "code", text: text.slice(from, start) });
    pieces.push({ kind, text: text.slice(start, end) });
    from = end;
  };
  for (let at = 0; at < text.length;) {
    if (text[at] === "\\") at += 2;
    else if (!firsts.has(text[at]!)) at += 1;
    else {
      const mark = marks.find((one) => text.startsWith(one, at));
      const quote = mark === undefined ? known.find(({ open }) => text.startsWith(open, at)) : undefined;
      const end = mark !== undefined
        ? behindComment(text, at, mark)
        : quote !== undefined
        ? behindQuote(text, at, quote, known)
        : -1;
      if (end < 0 && quote?.how === "template") known = known.filter((one) => one !== quote);
      if (end >= 0) take(mark === undefined ? "quoted" : "comment", at, end);
      at = end >= 0 ? end : at + 1;
    }
  }
  if (from < text.length) pieces.push({ kind: "code", text: text.slice(from) });
  return pieces;
}

function behindComment(text: string, at: number, mark: string): number {
  if (mark === "/*") return endAfter(text, "*/", at + mark.length);
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
