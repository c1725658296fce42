import { attemptsAt } from "./attempts_at.ts";
import type { State } from "../state.ts";

/** Statuses of tasks whose work stands in the project, or that need none. */
const OVER = ["done", "in_review", "dropped"];

/**
 * Names the tasks that are not done and have an attempt that changed something: a person may want to look at it, or take it over.
 *
 * @returns ids of tasks in their order; none where the work was accepted
 */
export function leftPatches(state: State): readonly string[] {
  const { run, tasks, attempts } = state;
  if (run.ending?.kind === "accepted") return [];
  return tasks.list.filter(({ id, status }) =>
    !OVER.includes(status) && (
      attemptsAt(state, id).some(({ writes }) => writes.length > 0) ||
      Object.values(attempts.open).some(({ task, workspace, writes }) =>
        task === id && workspace !== null && writes.length > 0
      )
    )
  ).map(({ id }) => id);
}
