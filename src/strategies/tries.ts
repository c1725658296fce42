import { pastOf } from "../features/attempts/past_of.ts";
import type { PastAttempt } from "../features/attempts/slice.ts";
import type { Situation } from "../features/registry.ts";

/** Attempt that looks elsewhere although the ones before it changed the task's file. */
const LOOKS_ROUND = 4;

/** The attempts since the last one that was kept: what that left is a new beginning. */
function sinceKept(past: readonly PastAttempt[]): readonly PastAttempt[] {
  return past.slice(past.findLastIndex((one) => one.verdict === "kept") + 1);
}

/** The attempts before the one that is open, since the last that was kept. */
export function triesBefore({ state, attempt }: Situation): readonly PastAttempt[] {
  return attempt === null ? [] : sinceKept(pastOf(state, attempt.task, attempt));
}

/** How often a function was tried since the last attempt that was kept. */
export function timesTried(situation: Situation, piece: string): number {
  return triesBefore(situation).filter(({ pieces }) => pieces.includes(piece)).length;
}

/**
 * Tells whether the next attempt looks for the fault in what the task's file uses, not in that file: after an attempt that found nothing
 * there to change, by turns, and once after several changes that did not help.
 */
export function looksElsewhere(past: readonly PastAttempt[]): boolean {
  const idle = past.length - 1 - past.findLastIndex((one) => one.writes.length > 0);
  return idle % 2 === 1 || idle === 0 && past.length + 1 === LOOKS_ROUND;
}
