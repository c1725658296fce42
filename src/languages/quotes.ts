import { endAfter } from "./end_after.ts";

/** A way in which a language encloses a text within its code. */
export interface Quote {
  /** What begins it. */
  readonly open: string;
  /** What ends it. */
  readonly close: string;
  /**
   * How it is read: to the end of its `line` at most; over `lines`; as a `template`, in which code stands in `${…}`; a `character` alone, since
   * its mark says something else elsewhere; a `pattern`, where a value may stand.
   */
  readonly how: "line" | "lines" | "template" | "character" | "pattern";
  /** Whether `\` is a sign as any other in it. */
  readonly isRaw?: true;
}

const line = (mark: string): Quote => ({ open: mark, close: mark, how: "line" });
const lines = (mark: string): Quote => ({ open: mark, close: mark, how: "lines" });
const raw = (open: string, close: string): Quote => ({ open, close, how: "lines", isRaw: true });
const PATTERN: Quote = { open: "/", close: "/", how: "pattern" };

/** How code is enclosed where nobody knows the language. */
export const ANY_QUOTES: readonly Quote[] = [
  ...['"""', "'''", "```"].map((mark) => raw(mark, mark)),
  line('"'),
  line("'"),
  { open: "`", close: "`", how: "template" },
];

/** `"` and `'`, which their line closes. */
export const PLAIN_QUOTES: readonly Quote[] = [line('"'), line("'")];
/** These, and `"` three times over several lines. */
export const BLOCK_QUOTES: readonly Quote[] = [lines('"""'), ...PLAIN_QUOTES];
/** These, and backticks in a line: commands of a shell. */
export const SHELL_QUOTES: readonly Quote[] = [...PLAIN_QUOTES, line("`")];
/** These, and patterns between slashes. */
export const PATTERN_QUOTES: readonly Quote[] = [...SHELL_QUOTES, PATTERN];
/** Both quotes, each three times over several lines. */
export const LONG_QUOTES: readonly Quote[] = [lines('"""'), lines("'''"), ...PLAIN_QUOTES];
/** Both quotes, and backticks over several lines, in which `\` is a sign as any other. */
export const RAW_QUOTES: readonly Quote[] = [...PLAIN_QUOTES, raw("`", "`")];
/** Both quotes, templates between backticks, and patterns between slashes. */
export const TEMPLATE_QUOTES: readonly Quote[] = [
  ...PLAIN_QUOTES,
  { open: "`", close: "`", how: "template" },
  PATTERN,
];
/** `"` over several lines, raw with `r` and up to three `#`, and characters, whose mark begins a lifetime elsewhere. */
export const HASH_QUOTES: readonly Quote[] = [
  ...["###", "##", "#", ""].map((hashes) => raw(`r${hashes}"`, `"${hashes}`)),
  lines('"'),
  { open: "'", close: "'", how: "character" },
];

/** Templates within each other that are read. */
const DEEPEST = 20;
/** Longest pattern, in characters. */
const LONGEST_PATTERN = 400;
/** What a value may follow: a sign, or a word. */
const BEFORE_VALUE =
  /(?:^|[([{,;=:&|?+\-*%~^]|(?<![\w$)\]])!|=>|(?<![\w$.])(?:if|unless|when|return|typeof|case|in|of|do|else|void|delete|throw|yield|await))$/;

/**
 * Finds the end of what is enclosed from a place on.
 *
 * @param text code
 * @param at index at which `quote.open` stands
 * @param quote the way it may be enclosed
 * @param all all ways of the language, for code within a template
 * @returns index behind it, the text's length where one over several lines is not closed; -1 where another is not, or none begins there
 */
export function behindQuote(text: string, at: number, quote: Quote, all: readonly Quote[]): number {
  if (quote.how === "template") return behindTemplate(text, at + 1, all, 0);
  if (quote.how === "pattern") return mayBeValue(text, at) ? behindPattern(text, at + 1) : -1;
  const from = at + quote.open.length;
  if (quote.how === "character") return behindCharacter(text, from);
  if (quote.isRaw === true) {
    return endAfter(text, quote.close, from);
  }
  for (let end = from; end < text.length; end++) {
    if (text[end] === "\\") end++;
    else if (text.startsWith(quote.close, end)) return end + quote.close.length;
    // A quote that its line does not close is an apostrophe.
    else if (text[end] === "\n" && quote.how === "line") return -1;
  }
  return quote.how === "line" ? -1 : text.length;
}

/** `'x'`, or a sign written by an escape such as `'\u{1f600}'`. */
function behindCharacter(text: string, from: number): number {
  if (text[from] === "\\") {
    const end = text.slice(from + 2, from + 12).indexOf("'");
    return end < 0 ? -1 : from + 3 + end;
  }
  const sign = text.codePointAt(from);
  const end = from + (sign !== undefined && sign > 0xffff ? 2 : 1);
  return text[end] === "'" && text[from] !== "\n" ? end + 1 : -1;
}

function behindTemplate(text: string, from: number, all: readonly Quote[], depth: number): number {
  for (let end = from; end < text.length; end++) {
    if (text[end] === "\\") end++;
    else if (text[end] === "`") return end + 1;
    else if (depth < DEEPEST && text.startsWith("${", end)) {
      end = behindHole(text, end + 2, all, depth + 1) - 1;
      if (end < 0) return -1;
    }
  }
  return -1;
}

/** Behind the bracket that ends the code in a template. */
function behindHole(text: string, from: number, all: readonly Quote[], depth: number): number {
  let open = 1;
  for (let at = from; at < text.length;) {
    if (text[at] === "`") {
      at = behindTemplate(text, at + 1, all, depth);
      if (at < 0) return -1;
      continue;
    }
    if (text[at] === "\\") {
      at += 2;
      continue;
    }
    if (text[at] === "{") open += 1;
    else if (text[at] === "}" && --open === 0) return at + 1;
    const quote = all.find((one) => one.how !== "template" && text.startsWith(one.open, at));
    const end = quote === undefined ? -1 : behindQuote(text, at, quote, all);
    at = end < 0 ? at + 1 : end;
  }
  return -1;
}

/** Whether a value may stand at a place, by what stands before it: elsewhere `/` divides. */
function mayBeValue(text: string, at: number): boolean {
  let end = at;
  while (end > 0 && /\s/.test(text[end - 1]!)) end--;
  return BEFORE_VALUE.test(text.slice(Math.max(0, end - 10), end));
}

function behindPattern(text: string, from: number): number {
  let isSet = false;
  for (let end = from; end < Math.min(text.length, from + LONGEST_PATTERN); end++) {
    if (text[end] === "\n") return -1;
    if (text[end] === "\\") end++;
    else if (text[end] === "[") isSet = true;
    else if (text[end] === "]") isSet = false;
    else if (text[end] === "/" && !isSet) return end + 1;
  }
  return -1;
}
