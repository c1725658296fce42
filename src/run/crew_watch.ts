import type { CrewChange, CrewInUse } from "../effects/crew_in_use.ts";
import type { Stamped } from "../features/fact.ts";
import type { State } from "../features/state.ts";

/** A watch over what a run's crew is made of. */
export interface CrewWatch {
  /** What is to be taken up now; null for nothing. Asked between two steps of the run: no turn begins or ends meanwhile. */
  next(state: State, crew: CrewInUse): CrewChange | null;
  /** Hears the facts of the run, after each commit. */
  heard(facts: readonly Stamped[]): void;
  /** Ends the watch. */
  close(): void;
}
