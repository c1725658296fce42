import type { State } from "../state.ts";

/** Whether time stands still: the run is paused, or only a person's answer is missing. */
export function isStill(state: State): boolean {
  if (state.run.paused) return true;
  if (state.people.questions.length === 0) return false;
  for (const _ in state.effects.open) return false;
  return true;
}

/**
 * Counts the time that a run was at work.
 *
 * @param now present time, ms
 * @returns milliseconds, without pauses and without the time between a stop and its resume
 */
export function elapsed(state: State, now: number): number {
  const { startedAt, idleMs } = state.clock;
  if (startedAt === null) return 0;
  const until = isStill(state) ? state.at : state.run.ending?.at ?? now;
  return Math.max(0, until - startedAt - idleMs);
}
