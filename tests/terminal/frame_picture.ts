import type { CellStyle, StyledText } from "../tui/virtual_terminal.ts";

/** Points: the width of a cell, the height of a row, the size of the letters, the space around the frame. */
const CELL = 8.43;
const ROW = 16.4;
const LETTERS = 14;
const EDGE = 12;

/** A terminal's own ground and ink, and its sixteen colours. */
export interface TerminalColors {
  readonly ground: string;
  readonly ink: string;
  readonly sixteen: readonly string[];
}

/** Those of many dark terminals. */
const DARK: TerminalColors = {
  ground: "#16181d",
  ink: "#d5d8de",
  sixteen: [
    ...["#3b4048", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4"],
    ...["#7f8793", "#f28b93", "#b5d99c", "#f2d59b", "#8cc8ff", "#dda0f0", "#7fd3de", "#ffffff"],
  ],
};

/** Those of a light terminal. */
export const LIGHT: TerminalColors = {
  ground: "#ffffff",
  ink: "#24292f",
  sixteen: [
    ...["#24292f", "#cf222e", "#116329", "#9a6700", "#0969da", "#8250df", "#1b7c83", "#6e7781"],
    ...["#57606a", "#a40e26", "#1a7f37", "#bf8700", "#218bff", "#a475f9", "#3192aa", "#8c959f"],
  ],
};

/** The colour of a cell's ink or ground; null where the terminal's own is meant. */
function colorOf(color: CellStyle["ink"], { sixteen }: TerminalColors): string | null {
  if (color === null || typeof color === "string") return color;
  const known = sixteen[color];
  if (known === undefined) throw new Error(`The frame has colour ${color}; the picture knows the first 16.`);
  return known;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function piece({ text, column, cells, style }: StyledText, row: number, colors: TerminalColors): string {
  const x = (EDGE + column * CELL).toFixed(1);
  const width = (cells * CELL).toFixed(1);
  const [ink, ground] = [colorOf(style.ink, colors) ?? colors.ink, colorOf(style.ground, colors)];
  const [front, back] = style.inverse ? [ground ?? colors.ground, ink] : [ink, ground];
  const top = EDGE + row * ROW;
  const filled = back === null
    ? ""
    : `<rect x="${x}" y="${top.toFixed(1)}" width="${width}" height="${ROW}" fill="${back}"/>`;
  if (text.trim() === "") return filled;
  const look = [
    front === colors.ink ? "" : ` fill="${front}"`,
    style.bold ? ' font-weight="bold"' : "",
    style.dim ? ' opacity="0.6"' : "",
    style.underline ? ' text-decoration="underline"' : "",
  ].join("");
  const y = (top + LETTERS).toFixed(1);
  return `${filled}<text x="${x}" y="${y}" textLength="${width}"${look}>${escaped(text)}</text>`;
}

/**
 * Draws a frame of a terminal as a picture.
 *
 * @param rows texts of one style each, by row
 * @param columns cells of a row
 * @param colors the terminal's own
 * @returns an SVG image that stands for itself
 * @throws where a cell has a colour beside the sixteen of a terminal
 */
export function framePicture(
  rows: readonly (readonly StyledText[])[],
  columns: number,
  colors: TerminalColors = DARK,
): string {
  const [width, height] = [columns * CELL + 2 * EDGE, rows.length * ROW + 2 * EDGE].map((size) => size.toFixed(1));
  const lines = rows.map((texts, row) => texts.map((text) => piece(text, row, colors)).join("")).filter((line) =>
    line !== ""
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" rx="8" fill="${colors.ground}"/>`,
    `<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="${LETTERS}" fill="${colors.ink}" xml:space="preserve" style="white-space:pre">`,
    ...lines,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}
