import type { Attempt } from "../../src/features/attempts/slice.ts";
import type { State } from "../../src/features/state.ts";

/** The attempt that is open longest; null where none is. */
export function attemptAtWork({ attempts }: Pick<State, "attempts">): Attempt | null {
  return Object.values(attempts.open)[0] ?? null;
}
