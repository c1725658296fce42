import stringWidth from "string-width";
import { clip } from "../kernel/text.ts";

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

/**
 * Makes one line of a text: breaks become spaces, control characters vanish, what is too long is cut.
 *
 * @param text any text, also of a model
 * @param most most characters
 * @returns the line
 */
export function oneLine(text: string, most = 160): string {
  const line = safe(text).replaceAll(/\s+/g, " ").trim();
  return clip(line, most);
}

/**
 * Takes from a text what a terminal would obey: escape sequences and control characters but line breaks and tabs.
 *
 * @param text any text, also of a model
 * @returns what can be shown
 */
export function safe(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replaceAll(/\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "");
}

/**
 * Says a time as people do.
 *
 * @param ms milliseconds
 * @returns such as `4.2 s`, `3 min 05 s`, `1 h 02 min`
 */
export function sayTime(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, "0")} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/**
 * Says a number of bytes as people do.
 *
 * @param bytes number of bytes, null where it is not known
 * @returns such as `20.0 GB`; `?` for null
 */
export function sayBytes(bytes: number | null): string {
  if (bytes === null) return "?";
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${Math.ceil(bytes / 1e3)} kB`;
}
