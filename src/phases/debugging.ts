import { attemptsAt } from "../features/attempts/attempts_at.ts";
import { dueAttempt } from "../features/attempts/due_attempt.ts";
import type { PhaseKind, Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { isApart } from "../features/tasks/is_apart.ts";
import { readyIssue, type Task } from "../features/tasks/task.ts";

/** Works on reported issues, and once more on parked tasks. */
export const debugging: PhaseKind = {
  phase: "debugging",
  goOn: "repair what was reported",
  role: "coding",
  consultsWork: true,
  nextTask,
  hasWork: (state, registry) => nextTask(state, registry) !== null,
  // What a review reported comes first: the others build on it.
  rank: (state) => readyIssue(state) === null ? 5 : 1,
  due: (state, registry, decision) => dueAttempt(state, registry, decision),
};

function nextTask(state: State, registry: Registry): Task | null {
  const next = readyIssue(state) ?? state.tasks.list.find((task) => mayReturn(state, registry, task)) ?? null;
  return next !== null && isApart(state, next) ? next : null;
}

/** A parked task returns when its precondition changed: more writes stand than when it was parked. */
function mayReturn(state: State, registry: Registry, task: Task): boolean {
  return task.status === "parked" && task.kind !== "test" && state.files.kept > (state.tasks.parkedAt[task.id] ?? 0) &&
    attemptsAt(state, task.id).length < 2 * registry.bounds.attempts;
}
