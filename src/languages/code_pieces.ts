import { endAfter } from "./end_after.ts";

/** What begins a comment where nobody knows the language. */
const ANY = ["#", "//", "/*"] as const;

/** A piece of a text: code, what stands in quotes with them, or a comment. */
export interface CodePiece {
  /** What it is; a mark that no line closes is code. */
  readonly kind: "code" | "quoted" | "comment";
  /** As it stands there, quotes and marks of comments with it. */
  readonly text: string;
}

/**
 * Tells what of a text is code. A comment's beginning in quotes is none, nor a quote in a comment.
 *
 * @param text of a file, or a part of it
 * @param marks what begins a comment; `/*` one that has an end of its own, the others go to the end of their line
 * @returns pieces in their order, which together are the text
 */
export function codePieces(text: string, marks: readonly string[] = ANY): readonly CodePiece[] {
  const pieces: CodePiece[] = [];
  let from = 0;
  const take = (kind: CodePiece["kind"], start: number, end: number) => {
    if (start > from) pieces.push({ kind: "code", text: text.slice(from, start) });
    pieces.push({ kind, text: text.slice(start, end) });
    from = end;
  };
  for (let at = 0; at < text.length;) {
    const mark = marks.find((one) => text.startsWith(one, at));
    const end = mark === undefined ? behindQuoted(text, at) : behindComment(text, at, mark);
    if (mark !== undefined) take("comment", at, end);
    else if (end > at + 1 && text[at] !== "\\") take("quoted", at, end);
    at = end;
  }
  if (from < text.length) pieces.push({ kind: "code", text: text.slice(from) });
  return pieces;
}

function behindComment(text: string, at: number, mark: string): number {
  if (mark === "/*") return endAfter(text, "*/", at + mark.length);
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Behind what stands in quotes where it begins here, else behind this sign. */
function behindQuoted(text: string, at: number): number {
  const quote = text[at]!;
  if (quote === "\\") return at + 2;
  if (quote !== '"' && quote !== "'" && quote !== "`") return at + 1;
  const three = quote.repeat(3);
  if (text.startsWith(three, at)) return endAfter(text, three, at + three.length);
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "\\") end++;
    else if (text[end] === quote) return end + 1;
    // A quote that its line does not close is an apostrophe, or marks a lifetime.
    else if (text[end] === "\n" && quote !== "`") break;
  }
  return at + 1;
}
