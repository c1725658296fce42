import { elapsed } from "../run/elapsed.ts";
import type { State } from "../state.ts";
import type { Task } from "../tasks/task.ts";

/** Part of what a run may spend on a criterion that may be gone before its test is begun: the rest is for the work. */
const SHARE = 1 / 4;

/**
 * Whether so much of what a run may spend is gone that a test is not begun any more before its work.
 *
 * @param task the test; what the criteria before its own had for themselves does not count
 */
export function isShareSpent(state: State, task: Pick<Task, "criterion">): boolean {
  const { limits, run } = state.spending;
  if (limits === null) return false;
  const over = ((task.criterion ?? 1) - 1) / Math.max(1, state.criteria.list?.length ?? 1);
  const share = over + (1 - over) * SHARE;
  const spent = [
    [run.tokens + run.reserved, limits.tokens],
    [run.turns, limits.turns],
    [elapsed(state, state.at), limits.wallMs],
  ] as const;
  return spent.some(([used, limit]) => limit !== null && used > limit * share);
}
