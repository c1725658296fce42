import stringWidth from "string-width";
import { safe } from "../kernel/say.ts";

/** What has no width of its own and makes terminals disagree on the width of its neighbours. */
const JOINERS = /[\ufe00-\ufe0f\u20e3\u{1f3fb}-\u{1f3ff}\u{e0100}-\u{e01ef}]/gu;
const FLAG_LETTERS = /[\u{1f1e6}-\u{1f1ff}]/gu;
const PLAIN = /^[\n\x20-\x7e]*$/;

/**
 * Makes text fit to be painted: {@link safe}, and tabs become spaces, and what terminals measure differently (variation selectors, skin
 * tones, flags) is made plain.
 *
 * @param text any text
 * @returns text with no control but newline, whose width is the sum of its characters' widths
 */
export function neutralise(text: string): string {
  if (PLAIN.test(text)) return text;
  return safe(text)
    .replaceAll("\t", "  ")
    .replace(JOINERS, "")
    .replace(FLAG_LETTERS, (flag) => String.fromCharCode(flag.codePointAt(0)! - 0x1f1e6 + 65));
}

/** The same on one line: newlines become spaces, runs of spaces one. */
export function oneLine(text: string): string {
  return neutralise(text).replace(/\s+/g, " ").trim();
}

const widths = new Map<number, number>();

/** Letters that fill the place of another one: they show nothing and take its room, where it is counted as none. */
const FILLERS: Readonly<Record<number, number>> = { 0x115f: 2, 0x3164: 2, 0xffa0: 1 };

/** Whether a letter is a vowel or a final consonant of Hangul written by its parts: terminals put it into the cells of the letter before. */
function joinsSyllable(codePoint: number): boolean {
  return codePoint >= 0x1160 && codePoint <= 0x11ff || codePoint >= 0xd7b0 && codePoint <= 0xd7ff;
}

function widthOf(codePoint: number): number {
  if (codePoint >= 0x20 && codePoint < 0x7f) return 1;
  let width = widths.get(codePoint);
  if (width === undefined) {
    width = joinsSyllable(codePoint) ? 0 : FILLERS[codePoint] ?? stringWidth(String.fromCodePoint(codePoint));
    widths.set(codePoint, width);
  }
  return width;
}

/**
 * Measures neutralised text.
 *
 * @param text one line
 * @returns terminal cells
 */
export function cells(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length;) {
    const codePoint = text.codePointAt(index)!;
    sum += widthOf(codePoint);
    index += codePoint > 0xffff ? 2 : 1;
  }
  return sum;
}

/**
 * Cuts a line to a number of cells; a wide character that does not fit whole is left out.
 *
 * @param text one neutralised line
 * @param width most cells
 * @param mark put at the end of what was cut, within the width
 * @returns the line itself where it fits
 */
export function cut(text: string, width: number, mark = "…"): string {
  if (text.length <= width && PLAIN.test(text)) return text;
  if (cells(text) <= width) return text;
  const room = Math.max(0, width - mark.length);
  let sum = 0;
  let index = 0;
  while (index < text.length) {
    const codePoint = text.codePointAt(index)!;
    const next = sum + widthOf(codePoint);
    if (next > room) break;
    sum = next;
    index += codePoint > 0xffff ? 2 : 1;
  }
  return text.slice(0, index) + (width >= mark.length ? mark : "");
}

/**
 * Finds where a row ends that begins at an offset: at a newline, else after the last word that fits, else inside the word. `next` is
 * the offset of the next row, null at the end of the text.
 */
function rowEnd(
  text: string,
  start: number,
  width: number,
): { readonly end: number; readonly next: number | null } {
  let sum = 0;
  let space = -1;
  let word = false;
  for (let index = start; index < text.length;) {
    const codePoint = text.codePointAt(index)!;
    if (codePoint === 10) return { end: index, next: index + 1 };
    sum += widthOf(codePoint);
    if (codePoint === 32) {
      if (word) space = index;
    } else {
      word = true;
    }
    if (sum > width) {
      if (codePoint === 32) return { end: index, next: index + 1 };
      if (space > start) return { end: space, next: space + 1 };
      return { end: index, next: index };
    }
    index += codePoint > 0xffff ? 2 : 1;
  }
  return { end: text.length, next: null };
}

/**
 * Says where the rows of a text begin and end.
 *
 * @param text neutralised text
 * @param width cells of a row, at least 2
 * @returns offsets of each row; one empty row for the empty text
 */
export function rowRanges(text: string, width: number): (readonly [from: number, to: number])[] {
  const ranges: (readonly [number, number])[] = [];
  let start: number | null = 0;
  while (start !== null) {
    const row: { readonly end: number; readonly next: number | null } = rowEnd(text, start, Math.max(2, width));
    ranges.push([start, row.end]);
    start = row.next;
  }
  return ranges;
}

/** Wraps text into rows, as {@link rowRanges} says where they are. */
export function wrap(text: string, width: number): string[] {
  return rowRanges(text, width).map(([from, to]) => text.slice(from, to));
}
