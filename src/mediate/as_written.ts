/**
 * Takes what JSON reads as a backspace or, within a line, as a page's end for what was meant: the beginning of `\b` in an expression, or of
 * `\frac`. A page's end in a source stands on a line of its own.
 *
 * @param text an argument of a call
 */
export function asWritten(text: string): string {
  return text.replaceAll("\b", "\\b").replace(
    /\f/g,
    (sign, at: number) =>
      /^\n?$/.test(text.slice(Math.max(0, at - 1), at)) && /^\n?$/.test(text[at + 1] ?? "") ? sign : "\\f",
  );
}
