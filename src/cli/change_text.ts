import { differenceOf } from "../effects/difference.ts";
import type { FileChange } from "../tui/store.ts";

/** Characters of a file that are compared while the screen waits, and lines around each change. */
const MOST_COMPARED = 200_000;
const CONTEXT = 3;

/**
 * Writes the difference of two stored texts of a file.
 *
 * @param change the file, and the hashes of what stood and stands in it
 * @param stored reads what is stored under a hash
 * @returns the unified difference; null where one is no text, or too long to be compared at once
 */
export function changeText(
  { path, before, after }: FileChange,
  stored: (hash: string) => string | null,
): string | null {
  const [old, now] = [before, after].map((hash) => hash === null ? "" : stored(hash));
  const isShown = (text: string | null | undefined): text is string =>
    typeof text === "string" && text.length <= MOST_COMPARED && !text.includes("\u0000");
  return isShown(old) && isShown(now) ? differenceOf(path, old, now, CONTEXT) : null;
}
