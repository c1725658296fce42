import type { CellStyle, StyledText } from "../tui/virtual_terminal.ts";

/** Points: the width of a cell, the height of a row, the size of the letters, the space around the frame. */
const CELL = 8.43;
const ROW = 16.4;
const LETTERS = 14;
const EDGE = 12;
const GROUND = "#16181d";
const INK = "#d5d8de";
/** The sixteen colours of a terminal, as many dark themes have them. */
const COLORS = [
  ...["#3b4048", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4"],
  ...["#7f8793", "#f28b93", "#b5d99c", "#f2d59b", "#8cc8ff", "#dda0f0", "#7fd3de", "#ffffff"],
];

/** The colour of a cell's ink or ground; null where the terminal's own is meant. */
function colorOf(color: CellStyle["ink"]): string | null {
  if (color === null || typeof color === "string") return color;
  const known = COLORS[color];
  if (known === undefined) throw new Error(`The frame has colour ${color}; the picture knows the first 16.`);
  return known;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function piece({ text, column, cells, style }: StyledText, row: number): string {
  const x = (EDGE + column * CELL).toFixed(1);
  const width = (cells * CELL).toFixed(1);
  const [ink, ground] = [colorOf(style.ink) ?? INK, colorOf(style.ground)];
  const [front, back] = style.inverse ? [ground ?? GROUND, ink] : [ink, ground];
  const top = EDGE + row * ROW;
  const filled = back === null
    ? ""
    : `<rect x="${x}" y="${top.toFixed(1)}" width="${width}" height="${ROW}" fill="${back}"/>`;
  if (text.trim() === "") return filled;
  const look = [
    front === INK ? "" : ` fill="${front}"`,
    style.bold ? ' font-weight="bold"' : "",
    style.dim ? ' opacity="0.6"' : "",
  ].join("");
  const y = (top + LETTERS).toFixed(1);
  return `${filled}<text x="${x}" y="${y}" textLength="${width}"${look}>${escaped(text)}</text>`;
}

/**
 * Draws a frame of a terminal as a picture.
 *
 * @param rows texts of one style each, by row
 * @param columns cells of a row
 * @returns an SVG image that stands for itself
 * @throws where a cell has a colour beside the sixteen of a terminal
 */
export function framePicture(rows: readonly (readonly StyledText[])[], columns: number): string {
  const [width, height] = [columns * CELL + 2 * EDGE, rows.length * ROW + 2 * EDGE].map((size) => size.toFixed(1));
  const lines = rows.map((texts, row) => texts.map((text) => piece(text, row)).join("")).filter((line) => line !== "");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" rx="8" fill="${GROUND}"/>`,
    `<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="${LETTERS}" fill="${INK}" xml:space="preserve" style="white-space:pre">`,
    ...lines,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}
