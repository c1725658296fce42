import type { State } from "./state.ts";

/** Attempt that looks elsewhere although the ones before it changed the task's file. */
const LOOKS_ROUND = 4;

/**
 * Tells whether the open attempt looks for the fault in what the task's file uses, not in that file: after an attempt that found
 * nothing there to change, by turns, and once after several changes that did not help.
 *
 * @param state what is so
 * @returns false where no attempt is open
 */
export function looksElsewhere(state: State): boolean {
  const attempt = state.attempt;
  if (attempt === null) return false;
  const past = state.attempts[attempt.task] ?? [];
  const idle = past.length - 1 - past.findLastIndex((one) => one.writes.length > 0);
  return idle % 2 === 1 || idle === 0 && attempt.number === LOOKS_ROUND;
}

/**
 * Counts the open attempt from the last one at its task that was kept: what it left is a new beginning.
 *
 * @param state what is so
 * @returns 1 for the first; 0 where no attempt is open
 */
export function ordinalOf(state: State): number {
  const attempt = state.attempt;
  if (attempt === null) return 0;
  const kept = (state.attempts[attempt.task] ?? []).findLast((one) => one.verdict === "kept");
  return attempt.number - (kept?.number ?? 0);
}
