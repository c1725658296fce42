import stringWidth from "string-width";
import { safe } from "../kernel/say.ts";

/**
 * Lays rows out in columns. A cell is one line, whatever it holds, so that no name can look like a row.
 *
 * @param rows cells as text, the first row may hold titles
 * @param indent spaces before each line
 * @returns lines with a closing line break each; empty for no rows
 */
export function columns(rows: readonly (readonly string[])[], indent = 0): string {
  const widths: number[] = [];
  const lines = rows.map((row) => row.map((cell) => safe(cell).replaceAll(/(?<!\s)(?=\s*[\n\t])\s+/g, " ")));
  for (const row of lines) {
    row.forEach((cell, index) => widths[index] = Math.max(widths[index] ?? 0, stringWidth(cell)));
  }
  const line = (row: readonly string[]) =>
    row.map((cell, index) =>
      index === row.length - 1 ? cell : cell + " ".repeat((widths[index] ?? 0) - stringWidth(cell))
    )
      .join("  ").trimEnd();
  return lines.map((row) => `${" ".repeat(indent)}${line(row)}\n`).join("");
}
