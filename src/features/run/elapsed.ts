import type { State } from "../state.ts";

/** Whether time stands still: the run is paused, or only a person is waited for, who has a question to answer or a message to pass. */
export function isStill(state: State): boolean {
  if (state.run.paused) return true;
  // Asked at each fact: something is open at most of them, and messages are many.
  for (const _ in state.effects.open) return false;
  return state.people.questions.length > 0 || state.messages.list.some(({ status }) => status === "held");
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
