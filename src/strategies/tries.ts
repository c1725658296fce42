import { pastOf } from "../features/attempts/past_of.ts";
import type { PastAttempt } from "../features/attempts/slice.ts";
import type { Situation } from "../features/registry.ts";

/**
 * Attempt that looks elsewhere although the ones before it changed the task's file. A lone small model has five texts: of bugs in an imported
 * file Qwen2.5-Coder-1.5B had used up all of them in two of three before it came there at the fourth attempt.
 */
const LOOKS_ROUND = { crew: 4, alone: 3 };

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
 *
 * @param isAlone whether one small model plays all roles
 */
export function looksElsewhere(past: readonly PastAttempt[], isAlone: boolean): boolean {
  const idle = past.length - 1 - past.findLastIndex((one) => one.writes.length > 0);
  return idle % 2 === 1 || idle === 0 && past.length + 1 === LOOKS_ROUND[isAlone ? "alone" : "crew"];
}
