import stringWidth from "string-width";

/**
 * Lays rows out in columns.
 *
 * @param rows cells as text, the first row may hold titles
 * @param indent spaces before each line
 * @returns lines with a closing line break each; empty for no rows
 */
export function columns(rows: readonly (readonly string[])[], indent = 0): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => widths[index] = Math.max(widths[index] ?? 0, stringWidth(cell)));
  }
  const line = (row: readonly string[]) =>
    row.map((cell, index) =>
      index === row.length - 1 ? cell : cell + " ".repeat((widths[index] ?? 0) - stringWidth(cell))
    )
      .join("  ").trimEnd();
  return rows.map((row) => `${" ".repeat(indent)}${line(row)}\n`).join("");
}
