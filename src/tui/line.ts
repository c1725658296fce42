import { cells, cut, neutralise } from "./text.ts";

/** How a piece of text looks. Meaning is never carried by a style alone: there is always a word or a sign with it. */
export type Style = "plain" | "dim" | "strong" | "accent" | "good" | "bad" | "warn" | "mark" | "found";

/** A piece of text in one style, without newline. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** One line of a pane. */
export type Line = readonly Span[];

/** SGR sequences by style; the empty text where a style does not show. */
export type Palette = Readonly<Record<Style, string>>;

const COLOUR: Palette = {
  plain: "",
  dim: "\x1b[2m",
  strong: "\x1b[1m",
  accent: "\x1b[36m",
  good: "\x1b[32m",
  bad: "\x1b[31m",
  warn: "\x1b[33m",
  mark: "\x1b[7m",
  found: "\x1b[4;33m",
};

const NO_COLOUR: Palette = {
  ...COLOUR,
  accent: "\x1b[1m",
  good: "",
  bad: "\x1b[1m",
  warn: "\x1b[1m",
  found: "\x1b[4m",
};

const NOTHING: Palette = {
  plain: "",
  dim: "",
  strong: "",
  accent: "",
  good: "",
  bad: "",
  warn: "",
  mark: "",
  found: "",
};

/** How the screen looks: styles, and whether signs beyond ASCII may be used. */
export interface Look {
  readonly palette: Palette;
  readonly signs: Signs;
}

/** Signs of the frame and the panes. */
export interface Signs {
  readonly corners: readonly [string, string, string, string];
  readonly across: string;
  readonly down: string;
  /** Where edges meet: with none, at the top and the bottom of a row of panels, with those at one side, with those at both. */
  readonly joints: Readonly<Record<"none" | "top" | "bottom" | "left" | "right" | "cross", string>>;
  readonly full: string;
  readonly empty: string;
}

const DRAWN: Signs = {
  corners: ["╭", "╮", "╰", "╯"],
  across: "─",
  down: "│",
  joints: { none: "│", top: "┬", bottom: "┴", left: "┤", right: "├", cross: "┼" },
  full: "█",
  empty: "░",
};
const ASCII: Signs = {
  corners: ["+", "+", "+", "+"],
  across: "-",
  down: "|",
  joints: { none: "|", top: "+", bottom: "+", left: "+", right: "+", cross: "+" },
  full: "#",
  empty: ".",
};

/**
 * Chooses how the screen looks.
 *
 * @param env `NO_COLOR` (set and not empty: no colours), `TERM` (`dumb`: no styles and only ASCII in frames)
 * @returns sixteen-colour look, or a plainer one
 */
export function lookFor(env: { readonly NO_COLOR?: string; readonly TERM?: string }): Look {
  if (env.TERM === "dumb") return { palette: NOTHING, signs: ASCII };
  return { palette: env.NO_COLOR ? NO_COLOUR : COLOUR, signs: DRAWN };
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
 * @returns spans: the filled part in the accent, from 0.9 on as a warning
 */
export function bar(share: number, width: number, look: Look): Line {
  const bounded = Math.min(1, Math.max(0, share));
  const full = bounded > 0 ? Math.max(1, Math.round(bounded * width)) : 0;
  return [
    span(look.signs.full.repeat(full), share >= 0.9 ? "warn" : "accent"),
    span(look.signs.empty.repeat(width - full), "dim"),
  ];
}
