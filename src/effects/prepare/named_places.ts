import type { State } from "../../features/state.ts";

/**
 * Finds the lines that failing checks name.
 *
 * @returns lines, counted from 1, by file
 */
export function placesOf(state: State): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const result of state.checks.latest ?? []) {
    if (result.passed) continue;
    for (const path of result.files) {
      const base = path.slice(path.lastIndexOf("/") + 1).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      const pattern = new RegExp(`${base}(?:", line |:|\\()(\\d+)`, "g");
      for (const match of result.evidence.matchAll(pattern)) {
        places.set(path, [...(places.get(path) ?? []), Number(match[1])]);
      }
    }
  }
  return places;
}

/**
 * Finds the lines that a difference added or changed.
 *
 * @param difference of any number of files
 * @returns lines, counted from 1, by file
 */
export function changedLines(difference: string): Map<string, number[]> {
  const places = new Map<string, number[]>();
  let path = "";
  for (const line of difference.split("\n")) {
    path = /^\+\+\+ (\S+)/.exec(line)?.[1] ?? path;
    const [, from, many = "1"] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (from === undefined) continue;
    // The middle of a hunk: its first and last lines are what stands around the change.
    places.set(path, [...places.get(path) ?? [], Number(from) + Math.floor(Number(many) / 2)]);
  }
  return places;
}
