import type { Frame } from "./frame.ts";
import { type Line, lineCells, type Look, paintLine, span } from "./line.ts";
import type { Region } from "./painter.ts";
import { cells, neutralise } from "./text.ts";

/** Paints a row that no spaces fill: who takes what is written there with the mouse takes none. */
function toTheEnd(line: Line, width: number, look: Look): string {
  const taken = lineCells(line.map(({ text, style }) => span(neutralise(text), style)));
  return taken < width ? `${paintLine(line, taken, look)}\x1b[K` : paintLine(line, width, look);
}

/**
 * Draws the input line, with the cursor where the keys go. Ink would measure all that is written in it five times with each key.
 *
 * @param input what stands in it, and where
 * @param look signs and styles
 * @returns its rows
 */
export function inputLine({ rect, label, active, rows, row, offset }: Frame["input"], look: Look): Region {
  const indent = cells(label) + 1;
  const lines = Array.from({ length: rect.height }, (_, index): Line => {
    const text = rows[index];
    if (text === undefined) return [];
    const lead = { text: index === 0 ? ` ${label}` : " ".repeat(indent), style: active ? "focus" : "dim" } as const;
    if (!active || index !== row) return [lead, { text, style: active ? "plain" : "dim" }];
    const under = Array.from(text.slice(offset))[0] ?? "";
    return [
      lead,
      { text: text.slice(0, offset), style: "plain" },
      { text: look.palette.cursor === "" ? `_${under}` : under || " ", style: "cursor" },
      { text: text.slice(offset + under.length), style: "plain" },
    ];
  });
  return { id: "input", rect, rows: lines.map((line) => toTheEnd(line, rect.width, look)) };
}
