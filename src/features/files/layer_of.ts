import type { Draft } from "./slice.ts";

/** `st_mode` of a file of which nothing else is known. */
const PLAIN = 0o100644;

/**
 * Says how files have to stand in a copy of the project so that it holds what an attempt wrote.
 *
 * @returns content and mode by path; null for a file that does not stand there
 */
export function layerOf(draft: Draft): ReadonlyMap<string, { readonly hash: string; readonly mode: number } | null> {
  return new Map(
    Object.entries(draft).map(([path, { current, mode }]) =>
      [path, current === null ? null : { hash: current, mode: mode ?? PLAIN }] as const
    ),
  );
}
