import { extensionOf } from "./wanted_block.ts";

/** A line with its number: the number, the mark behind it, the rest. */
const NUMBERED = /^[ \t]{0,8}(?:L(?:ine)? ?)?(\d{1,6})[ \t]{0,4}([|│┃→:]|\t)(.*)$/;
/** The part of the lines that has to be numbered. */
const MOST = 0.7;
/** Files in which lines may begin with numbers of their own. */
const OWN_NUMBERS = /^(?:txt|text|md|mdx|markdown|rst|csv|tsv|yml|yaml|log|srt|vtt|toml|ini|bas|diff|patch|sql)$/;
/** Files whose columns may stand between such marks. */
const TABLES = /^(?:csv|tsv|psv)$/;

interface Line {
  readonly number: number;
  readonly mark: string;
  readonly rest: string;
}

/**
 * Takes off the numbers that were shown before the lines of a file and copied with them: `12| `, `12: `, `12→`, before all lines or
 * most of them, each one more than the last. What may be the file's own text stays.
 * @param text code or prose that was written
 * @param known `path` of the file, and its text, `original`, where it is known
 * @returns the text without the numbers
 */
export function withoutLineNumbers(
  text: string,
  known: { readonly path?: string; readonly original?: string } = {},
): string {
  const ended = text.endsWith("\n");
  const lines = (ended ? text.slice(0, -1) : text).split("\n");
  const read = lines.map(numbered);
  const mark = read.find((line) => line !== null)?.mark;
  if (mark === undefined) return text;
  const found = read.map((line) => line?.mark === mark ? line : null);
  if (!isGutter(lines, found, mark) || !isCopied(found, mark, known)) return text;
  // The blank behind the mark belongs to it only where all lines have it.
  const spaced = mark !== "\t" && found.every((line) => line === null || line.rest === "" || line.rest.startsWith(" "));
  const bare = lines.map((line, index) => {
    const one = found[index];
    return one === null || one === undefined ? line : spaced ? one.rest.slice(1) : one.rest;
  });
  return bare.join("\n") + (ended ? "\n" : "");
}

function numbered(line: string): Line | null {
  const found = NUMBERED.exec(line.replace(/\r$/, ""));
  return found === null ? null : { number: Number(found[1]), mark: found[2] ?? "", rest: found[3] ?? "" };
}

/** Whether most lines have a number, the first among them, and the numbers rise by one. */
function isGutter(lines: readonly string[], found: readonly (Line | null)[], mark: string): boolean {
  const filled = lines.filter((line) => line.trim() !== "").length;
  const have = found.flatMap((line, index) => line === null ? [] : [{ number: line.number, index }]);
  if (have.length < filled * MOST || found[lines.findIndex((line) => line.trim() !== "")] === null) return false;
  if (have.length === 1) return mark !== ":" && mark !== "\t";
  let steps = 0;
  for (const [index, line] of have.entries()) {
    const before = have[index - 1];
    if (before === undefined) continue;
    if (line.number <= before.number) return false;
    // A line that lost its number still counts.
    if (line.number === before.number + 1 || line.number - before.number === line.index - before.index) steps++;
  }
  return steps >= (have.length - 1) * MOST;
}

/** Whether the numbers are none of the file's own. */
function isCopied(
  found: readonly (Line | null)[],
  mark: string,
  { path, original }: { readonly path?: string; readonly original?: string },
): boolean {
  if (original !== undefined && original.trim() !== "") {
    const own = original.split("\n");
    if (own.filter((line) => line.trim() !== "").every((line) => numbered(line)?.mark === mark)) return false;
    const trimmed = new Set(own.map((line) => line.trim()));
    if (found.some((line) => line !== null && line.rest.trim().length > 3 && trimmed.has(line.rest.trim()))) {
      return true;
    }
  }
  const extension = extensionOf(path);
  return mark === ":" || mark === "\t" ? !OWN_NUMBERS.test(extension) : !TABLES.test(extension);
}
