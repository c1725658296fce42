import { diff3Merge } from "node-diff3";

/** Lines of a file up to which it is merged: comparing longer ones may take the square of them. */
const MOST_LINES = 20_000;
/** Pairs of equal lines up to which two texts are compared: each is a step and an object, and a text of one line over and over has the square. */
const MOST_PAIRS = 10_000_000;

/**
 * Puts two changes of a text together, where they are of other lines. Its time and memory are bounded: what would take more is not merged.
 *
 * @param base the text that both changed
 * @param mine what one made of it
 * @param theirs what the other made of it
 * @returns the text with both changes; null where they are of the same lines, where one is no text, or where it would take too much
 */
export function mergedText(base: Uint8Array, mine: Uint8Array, theirs: Uint8Array): Uint8Array | null {
  const [before, one, other] = [base, mine, theirs].map(linesOf);
  if (!before || !one || !other) return null;
  const [head, tail] = sharedEnds(before, one, other);
  const [old, left, right] = [before, one, other].map((lines) => lines.slice(head, lines.length - tail));
  if (pairsOf(old!, left!) > MOST_PAIRS || pairsOf(old!, right!) > MOST_PAIRS) return null;
  const parts = diff3Merge(left!, old!, right!, { excludeFalseConflicts: true });
  if (parts.some(({ ok }) => ok === undefined)) return null;
  const merged = parts.flatMap(({ ok = [] }) => ok);
  const lines = [...before.slice(0, head), ...merged, ...before.slice(before.length - tail)];
  return new TextEncoder().encode(lines.join("\n"));
}

/** Lines of a text, each with all but its line break; null for what is no text, or too long. */
function linesOf(bytes: Uint8Array): readonly string[] | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    if (text.includes("\u0000")) return null;
    const lines = text.split("\n");
    return lines.length > MOST_LINES ? null : lines;
  } catch {
    return null;
  }
}

/** How many lines all begin with, and end with: they need no comparing. */
function sharedEnds(base: readonly string[], ...others: readonly (readonly string[])[]): readonly [number, number] {
  const least = Math.min(base.length, ...others.map(({ length }) => length));
  let head = 0;
  while (head < least && others.every((lines) => lines[head] === base[head])) head += 1;
  let tail = 0;
  while (tail < least - head && others.every((lines) => lines.at(-1 - tail) === base.at(-1 - tail))) tail += 1;
  return [head, tail];
}

/** Pairs of equal lines of two texts. */
function pairsOf(one: readonly string[], other: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of one) counts.set(line, (counts.get(line) ?? 0) + 1);
  return other.reduce((sum, line) => sum + (counts.get(line) ?? 0), 0);
}
