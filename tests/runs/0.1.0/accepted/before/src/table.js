/**
 * Lines up rows under a header.
 *
 * @param {string[]} header title of each column
 * @param {(string | number)[][]} rows cells; a row may be shorter than the header
 * @returns {string} lines without white space at their ends; a rule stands under the header
 */
export function renderTable(header, rows) {
  const widths = header.map((title, column) => {
    const lengths = rows.map((row) => cellText(row[column]).length);
    return Math.max(...lengths, 0);
  });

  const line = (cells, row) =>
    cells
      .map((text, column) =>
        typeof row?.[column] === "number" ? text.padStart(widths[column]) : text.padEnd(widths[column])
      )
      .join("  ")
      .trimEnd();

  return [
    line(header),
    widths.map((width) => "-".repeat(width)).join("  "),
    ...rows.map((row) => line(header.map((_, column) => cellText(row[column])), row)),
  ].join("\n");
}

function cellText(cell) {
  return cell === undefined || cell === null ? "" : String(cell);
}
