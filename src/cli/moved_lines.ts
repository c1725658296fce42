import { oneLine } from "../kernel/say.ts";
import type { MoveReport } from "../work/move_files.ts";

/** A line about a file. */
export interface MovedLine {
  readonly path: string;
  readonly line: string;
}

/**
 * Says what became of each file, one line each: those that were changed, merged and left.
 *
 * @param report what was done
 * @param words what is said of files that were changed, by the word for it
 * @param still what is said of a file that stood so already
 * @returns lines without line breaks
 */
export function linesOfMoves(
  report: MoveReport,
  words: Readonly<Record<string, readonly string[]>>,
  still = "as before",
): MovedLine[] {
  const stood = new Set(report.unchanged);
  const line = (word: string, path: string, more = "") => ({ path, line: `${word.padEnd(9)} ${oneLine(path)}${more}` });
  return [
    ...Object.entries(words).flatMap(([word, paths]) =>
      paths.map((path) => line(stood.has(path) ? still : word, path))
    ),
    ...report.merged.map((path) => line("merged", path)),
    ...report.left.map(({ path, reason }) => line("left", path, `: ${oneLine(reason)}`)),
  ];
}
