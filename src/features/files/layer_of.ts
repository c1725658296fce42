import type { Draft, DraftFile } from "./slice.ts";

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

/** Bits of a mode that say what kind of file it is. */
const KIND = 0o170000;

/**
 * Says which mode a file of an attempt has in the project: one that somebody else gave it since is theirs.
 *
 * @param now `st_mode` of what stands there; null for nothing
 */
export function modeInProject({ mode, modeBefore }: DraftFile, now: number | null): number {
  if (mode === null) return now ?? PLAIN;
  const isKnown = now !== null && modeBefore !== null && modeBefore !== undefined;
  return isKnown && (now & KIND) === (mode & KIND) && now !== modeBefore ? now : mode;
}
