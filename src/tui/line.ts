import type { Code } from "./code.ts";
import { cells, cut, neutralise, rowRanges } from "./text.ts";
import { type Palette, paletteFor, type Style, type Theme } from "./theme.ts";

export type { Style };

/** A piece of text in one style, without newline. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** One line of a pane. */
export type Line = readonly Span[];

/** What gives code its colours, in its own time. */
export interface CodeLook {
  /**
   * Gives the lines of a text in their colours, and has them made where they are not yet.
   *
   * @param code the same object, or one with the same text
   * @returns a line for each of its lines; null for as long as there are none
   */
  of(code: Code): readonly Line[] | null;
  /** Another number when texts have got their colours since. */
  readonly version: number;
}

/** How the screen looks: styles, and whether signs beyond ASCII may be used. */
export interface Look {
  readonly palette: Palette;
  readonly signs: Signs;
  /** What gives code its colours; absent where it has none. */
  readonly code?: CodeLook;
}

/** Signs of the frame and the panes. */
export interface Signs {
  readonly corners: readonly [string, string, string, string];
  readonly across: string;
  readonly down: string;
  /** Where edges meet: with none, at the top and the bottom of a row of panels, with those at one side, with those at both. */
  readonly joints: Readonly<Record<"none" | "top" | "bottom" | "left" | "right" | "cross", string>>;
  readonly full: string;
  /** In the first cell of a bar that is too little for a whole one. */
  readonly little: string;
  readonly empty: string;
  /** Heights of a value over time, the lowest first, which stands for none. */
  readonly heights: readonly string[];
  /** Before an item of a list. */
  readonly item: string;
}

const DRAWN: Signs = {
  corners: ["╭", "╮", "╰", "╯"],
  across: "─",
  down: "│",
  joints: { none: "│", top: "┬", bottom: "┴", left: "┤", right: "├", cross: "┼" },
  full: "█",
  little: "▏",
  empty: "░",
  heights: [..."▁▂▃▄▅▆▇█"],
  item: "•",
};
const ASCII: Signs = {
  corners: ["+", "+", "+", "+"],
  across: "-",
  down: "|",
  joints: { none: "|", top: "+", bottom: "+", left: "+", right: "+", cross: "+" },
  full: "#",
  little: ":",
  empty: ".",
  heights: [..."_.:-=+*#"],
  item: "*",
};

/**
 * Chooses how the screen looks.
 *
 * @param env `NO_COLOR` (set and not empty: no colours), `TERM` (`dumb`: no styles and only ASCII in frames)
 * @param theme the colours; the terminal's own where absent
 * @returns the look, in sixteen colours at most
 */
export function lookFor(env: { readonly NO_COLOR?: string; readonly TERM?: string }, theme?: Theme): Look {
  return { palette: paletteFor(env, theme), signs: env.TERM === "dumb" ? ASCII : DRAWN };
}

/**
 * Makes a span.
 *
 * @param text without newline; measured well where it is neutralised
 * @param style how it looks
 */
export function span(text: string, style: Style = "plain"): Span {
  return { text, style };
}

/**
 * Paints a line to exactly a number of cells. All rows of the screen are painted here: what is still not neutralised is now, before styles.
 *
 * @param line spans; what is too long is cut
 * @param width cells
 * @param look styles
 * @returns text with SGR sequences, reset at its end
 */
export function paintLine(line: Line, width: number, look: Look): string {
  let text = "";
  let room = width;
  for (const { text: piece, style } of line) {
    if (room <= 0) break;
    const shown = cut(neutralise(piece).replaceAll("\n", " "), room);
    if (shown === "") continue;
    room -= cells(shown);
    const code = look.palette[style];
    text += code === "" ? shown : `${code}${shown}\x1b[0m`;
  }
  return room > 0 ? text + " ".repeat(room) : text;
}

/**
 * Sets two lines at both ends of a row; the left one is cut first.
 *
 * @param left spans at the left edge
 * @param right spans at the right edge, whole where they leave a third of the row
 * @param width cells of the row
 * @returns one line
 */
export function spread(left: Line, right: Line, width: number): Line {
  const wanted = lineCells(right);
  if (wanted === 0) return left;
  if (wanted > width * 0.67) return left.length === 0 ? right : left;
  const room = width - wanted - 1;
  const kept: Span[] = [];
  let used = 0;
  for (const piece of left) {
    if (used >= room) break;
    const text = cut(piece.text, room - used);
    used += cells(text);
    kept.push({ text, style: piece.style });
  }
  return [...kept, span(" ".repeat(Math.max(1, width - used - wanted))), ...right];
}

/**
 * Cuts or fills a line.
 *
 * @param line spans
 * @param width cells that it has then
 */
export function fitted(line: Line, width: number): Line {
  let room = Math.max(0, width);
  const kept = line.map(({ text, style }) => {
    const shown = cut(text, room);
    room -= cells(shown);
    return span(shown, style);
  });
  return [...kept, span(" ".repeat(room))];
}

/**
 * Wraps a line into rows.
 *
 * @param line spans of neutralised text
 * @param width cells of a row
 * @returns rows; one for the empty line
 */
export function wrapLine(line: Line, width: number): Line[] {
  const ranges = rowRanges(line.map(({ text }) => text).join(""), width);
  if (line.length === 1) return ranges.map(([from, to]) => [span(line[0]!.text.slice(from, to), line[0]!.style)]);
  return ranges.map(([from, to]) => partOf(line, from, to));
}

/**
 * Takes a part out of a line.
 *
 * @param line spans
 * @param from the first character of its text
 * @param to the one behind the last
 */
export function partOf(line: Line, from: number, to: number): Line {
  let begin = 0;
  return line.flatMap(({ text, style }): Line => {
    const part = text.slice(Math.max(0, from - begin), Math.max(0, to - begin));
    begin += text.length;
    return part === "" ? [] : [span(part, style)];
  });
}

/** Cells of a line. */
export function lineCells(line: Line): number {
  return line.reduce((sum, piece) => sum + cells(piece.text), 0);
}

/**
 * Draws a bar.
 *
 * @param share 0 to 1; more is shown full
 * @param width cells
 * @param look signs
 * @returns spans: the filled part, from 0.9 on as a warning, and the rest
 */
export function bar(share: number, width: number, look: Look): Line {
  const bounded = Math.min(1, Math.max(0, share));
  const full = Math.round(bounded * width);
  const filled = full === 0 && bounded > 0 ? look.signs.little : look.signs.full.repeat(full);
  return [
    span(filled, share >= 0.9 ? "warned" : "meter"),
    span(look.signs.empty.repeat(width - filled.length), "dim"),
  ];
}

/**
 * Draws how a value went over time.
 *
 * @param shares 0 to 1, the newest last; null for a time of which nothing is known
 * @param look signs
 * @returns a cell for each: those with nothing dimmed, anything more than nothing higher than that
 */
export function course(shares: readonly (number | null)[], { signs: { heights } }: Look): Line {
  const top = heights.length - 1;
  return shares.map((share) => {
    if (share === null) return span(" ");
    if (share <= 0) return span(heights[0]!, "dim");
    return span(heights[Math.min(top, Math.max(1, Math.round(share * top)))]!, "meter");
  });
}
