import { attemptsAt } from "./attempts_at.ts";
import type { State } from "../state.ts";
import type { Attempt, PastAttempt } from "./slice.ts";

/**
 * The attempts at a task that were over when another one began, oldest first: what ends beside it changes nothing of what it is told, and
 * one that another overtook says nothing.
 *
 * @param attempt the one that is open; null for one that is to begin now
 */
export function pastOf(state: State, task: string, attempt: Attempt | null): readonly PastAttempt[] {
  const past = attemptsAt(state, task);
  return past.slice(0, attempt?.pastBefore ?? past.length).filter(({ verdict }) => verdict !== "cancelled");
}
