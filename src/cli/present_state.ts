import { evolve } from "../features/features.ts";
import type { Fact } from "../features/fact.ts";
import type { State } from "../features/state.ts";
import type { Journal } from "../run/journal.ts";

/** Gives the state of a run with what its journal was told since. */
export function presentState(state: State, journal: Pick<Journal<Fact>, "read">): State {
  return [...journal.read(state.seq + 1)].reduce(evolve, state);
}
