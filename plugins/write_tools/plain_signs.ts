import { diffChars } from "diff";

/** Longest texts that are compared sign by sign. */
const MOST_COMPARED = 4_000;
/** Quotes, dashes and blanks of print, each with the one on keyboards. */
const PLAIN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '"': "“”„‟«»″〝〞",
    "'": "‘’‚‛′´`",
    "-": "–—−‐‑‒―",
    " ": "\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u3000",
  })
    .flatMap(([plain, signs]) => [...signs].map((sign) => [sign, plain])),
);
const PRINT = new RegExp(`[${[...PLAIN.keys()].join("")}]`, "g");

/** @param text any text @returns it with plain quotes, dashes and blanks, each sign in its place */
export function plainSigns(text: string): string {
  return text.replace(PRINT, (sign) => PLAIN.get(sign) ?? sign);
}

/**
 * Gives a new text the quotes and dashes of the file wherever it repeats the old text.
 * @param standing what stands in the file
 * @param wanted the same as it was written, with plain signs
 * @param wording the text that takes its place
 * @returns the text; what is new in it as it was written
 */
export function withSignsOf(standing: string, wanted: string, wording: string): string {
  if (standing === wanted || standing.length !== wanted.length) return wording;
  if (wanted.length + wording.length > MOST_COMPARED) return withEndsOf(standing, wanted, wording);
  let at = 0;
  let result = "";
  for (const { added, removed, value } of diffChars(wanted, wording)) {
    if (added === true) result += value;
    else {
      if (removed !== true) result += standing.slice(at, at + value.length);
      at += value.length;
    }
  }
  return result;
}

/** The same for long texts: what both begin and end with. */
function withEndsOf(standing: string, wanted: string, wording: string): string {
  const most = Math.min(wanted.length, wording.length);
  let head = 0;
  while (head < most && wanted[head] === wording[head]) head++;
  let tail = 0;
  while (tail < most - head && wanted[wanted.length - 1 - tail] === wording[wording.length - 1 - tail]) tail++;
  return standing.slice(0, head) + wording.slice(head, wording.length - tail) + standing.slice(standing.length - tail);
}
