/** What a table looks like where the caller says nothing else. */
const DEFAULTS = { separator: " | ", header: true, align: "left" };

/** The width of each column: that of its longest cell. */
export function widths(rows) {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => String(row[column] ?? "").length)));
}

/**
 * Writes rows as lines of text.
 *
 * @param {unknown[][]} rows the first one is the header
 * @param {{ separator?: string, header?: boolean, align?: "left" | "right" }} [options]
 * @returns {string}
 */
export function formatTable(rows, options = {}) {
  const settings = { ...options, ...DEFAULTS };
  const wide = widths(rows);
  const lines = rows.map((row) =>
    wide.map((width, column) => {
      const cell = String(row[column] ?? "");
      return settings.align === "right" ? cell.padStart(width) : cell.padEnd(width);
    }).join(settings.separator).trimEnd());
  if (settings.header && lines.length > 0) {
    lines.splice(1, 0, wide.map((width) => "-".repeat(width)).join(settings.separator));
  }
  return lines.join("\n");
}
