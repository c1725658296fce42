import type { Hunk } from "./change.ts";

/** A text with a change applied, or why that cannot be. */
export type Applied = { readonly text: string } | { readonly fault: "not_found" | "often" | "nothing" };

/** Most comparisons of lines for one change. */
const MOST_COMPARISONS = 2_000_000;

/**
 * Applies a change to a text. Each hunk's old lines must stand there once, as they are or but for blanks; of several places the one
 * nearest to the line that the hunk names is meant. Where all of them were written less deep than they stand, or deeper, the new ones were so, too.
 * @param original the text, lines ended by `\n` or by `\r\n`
 * @param hunks the change, from the first line to the last
 * @returns the new text, lines that stay as they are in the file; or the fault
 */
export function applyChange(original: string, hunks: readonly Hunk[]): Applied {
  const lines = original.split("\n");
  const plain = lines.map(withoutBlanks);
  const effort = { left: MOST_COMPARISONS };
  const places: { readonly from: number; readonly hunk: Hunk }[] = [];
  for (const hunk of hunks) {
    const from = placeOf(lines, plain, hunk, effort);
    if (typeof from === "string") return { fault: from };
    places.push({ from, hunk });
  }
  places.sort((left, right) => left.from - right.from);
  const result: string[] = [];
  let at = 0;
  for (const { from, hunk } of places) {
    if (from < at) return { fault: "often" };
    result.push(...lines.slice(at, from), ...mergedLines(lines.slice(from, from + hunk.old.length), hunk));
    at = from + hunk.old.length;
  }
  const text = [...result, ...lines.slice(at)].join("\n");
  return text === original ? { fault: "nothing" } : { text };
}

function placeOf(
  lines: readonly string[],
  plain: readonly string[],
  { old, at }: Hunk,
  effort: { left: number },
): number | "not_found" | "often" {
  // Lines that are only added stand where the hunk says, or nowhere.
  if (old.every((line) => line.trim() === "")) {
    if (lines.every((line) => line.trim() === "")) return 0;
    return at !== null && old.length === 0 && at <= lines.length ? at : "not_found";
  }
  const wanted = old.map(withoutBlanks);
  const bare = (line: string) => line.replace(/\r$/, "");
  const exact = startsOf(old, (index) => bare(lines[index] ?? "\0"), lines.length, effort);
  const found = exact.length > 0 ? exact : startsOf(wanted, (index) => plain[index] ?? "\0", lines.length, effort);
  if (found.length <= 1) return found[0] ?? "not_found";
  if (at === null) return "often";
  const near = found.toSorted((left, right) => Math.abs(left + 1 - at) - Math.abs(right + 1 - at));
  const [best = 0, next = 0] = near;
  return Math.abs(best + 1 - at) === Math.abs(next + 1 - at) ? "often" : best;
}

function startsOf(
  wanted: readonly string[],
  lineAt: (index: number) => string,
  count: number,
  effort: { left: number },
): readonly number[] {
  const starts: number[] = [];
  for (let start = 0; start + wanted.length <= count && effort.left > 0; start++) {
    let same = 0;
    while (same < wanted.length && lineAt(start + same) === wanted[same]) same++;
    effort.left -= same + 1;
    if (same === wanted.length) starts.push(start);
  }
  return starts;
}

/** The new lines of a hunk; those that stay are written as the file has them, others as much deeper as those stand deeper than written. */
function mergedLines(standing: readonly string[], { old, new: fresh }: Hunk): readonly string[] {
  const ends = standing.some((line) => line.endsWith("\r")) ? "\r" : "";
  const queue = new Map<string, string[]>();
  for (const [index, line] of old.entries()) queue.set(line, [...queue.get(line) ?? [], standing[index] ?? line]);
  const { less, more } = depthOf(standing, old);
  // Where all lines stay and lack one blank, that is the one that a difference has before them: the new ones have their sign.
  const isSign = less === " " && old.every((line) => fresh.includes(line));
  const moved = (line: string) => {
    if (line.trim() === "" || isSign) return line;
    return line.startsWith(more) ? less + line.slice(more.length) : line;
  };
  return fresh.map((line) => queue.get(line)?.shift() ?? moved(line) + ends);
}

/** What all lines of a change are written less deep than they stand, and deeper; nothing where they differ in that. */
function depthOf(
  standing: readonly string[],
  old: readonly string[],
): { readonly less: string; readonly more: string } {
  const found = new Set(old.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const [written, stands] = [indentOf(line), indentOf(standing[index])];
    if (stands.endsWith(written)) return [`${stands.slice(0, stands.length - written.length)}|`];
    return [written.endsWith(stands) ? `|${written.slice(0, written.length - stands.length)}` : "?"];
  }));
  const [less = "", more] = [...found][0]?.split("|") ?? [];
  return found.size === 1 && more !== undefined ? { less, more } : { less: "", more: "" };
}

function indentOf(line = ""): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

function withoutBlanks(line: string): string {
  return line.trim().replace(/\s+/g, " ");
}
