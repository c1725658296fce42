import { endAfter } from "./end_after.ts";

/** What begins a comment where nobody knows the language. */
const ANY = ["#", "//", "/*"] as const;

/**
 * Leaves out the comments of a text; what stands in quotes stays, a comment's beginning in it too.
 *
 * @param text of a file, or a part of it
 * @param marks what begins a comment; `/*` one that has an end of its own, the others go to the end of their line
 */
export function withoutComments(text: string, marks: readonly string[] = ANY): string {
  let kept = "";
  let from = 0;
  for (let at = 0; at < text.length;) {
    const mark = marks.find((one) => text.startsWith(one, at));
    if (mark === undefined) {
      at = behindQuoted(text, at);
      continue;
    }
    kept += `${text.slice(from, at)} `;
    at = mark === "/*" ? endAfter(text, "*/", at + mark.length) : endAt(text, "\n", at);
    from = at;
  }
  return kept + text.slice(from);
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

function endAt(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at;
}
