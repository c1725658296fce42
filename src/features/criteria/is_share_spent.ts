import { elapsed } from "../run/elapsed.ts";
import type { State } from "../state.ts";

/** Part of what a run may spend that may be gone before its last test is begun: the rest is for the work. */
const SHARE = 1 / 4;

/** Whether so much of what a run may spend is gone that no further test is begun before the work. */
export function isShareSpent(state: State): boolean {
  const { limits, run } = state.spending;
  if (limits === null) return false;
  const spent = [
    [run.tokens + run.reserved, limits.tokens],
    [run.turns, limits.turns],
    [elapsed(state, state.at), limits.wallMs],
  ] as const;
  return spent.some(([used, limit]) => limit !== null && used > limit * SHARE);
}
