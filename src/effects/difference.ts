import { createTwoFilesPatch } from "diff";

/** Lines that may differ until no shortest difference is looked for: finding one takes time by their square. */
const MOST_EDITS = 2_000;

/**
 * Writes the difference of two texts of a file.
 *
 * @param path its name
 * @param old what stood there; empty for nothing
 * @param now what stands there afterwards; empty for nothing
 * @param context lines around each change
 * @returns the unified difference, its two lines with the file's names first
 */
export function differenceOf(path: string, old: string, now: string, context: number): string {
  const patch = createTwoFilesPatch(path, path, old, now, "", "", { context, maxEditLength: MOST_EDITS });
  if (patch !== undefined) return patch.split("\n").slice(2).join("\n");
  const lines = (text: string, sign: string) => text.replace(/\n$/, "").split("\n").map((line) => `${sign}${line}`);
  return [`--- ${path}`, `+++ ${path}`, ...lines(old, "-"), ...lines(now, "+"), ""].join("\n");
}
