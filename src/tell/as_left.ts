import type { State } from "../features/state.ts";

/** The word for a run that has no end of its own. */
export const LEFT = "left";

/**
 * Gives a run as people see it once nothing of it is at work: one that was left in the middle has no end of its own, and no fact says one.
 *
 * @param state the run
 * @returns the same where it has ended; else with an ending that says that it was left
 */
export function asLeft(state: State): State {
  if (state.run.ending !== null) return state;
  const ending = { kind: "cancelled", cause: "It can be continued.", at: state.at, left: true } as const;
  return { ...state, run: { ...state.run, ending } };
}
