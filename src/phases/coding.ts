import { dueAttempt } from "../features/attempts/due_attempt.ts";
import type { PhaseKind } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { isApart } from "../features/tasks/is_apart.ts";
import type { Task } from "../features/tasks/task.ts";

/** Works on what was planned. */
export const coding: PhaseKind = {
  phase: "coding",
  role: "coding",
  consultsWork: true,
  nextTask: (state) => firstFree(state),
  hasWork: (state) => firstFree(state) !== null,
  rank: () => 2,
  due: (state, registry, decision) => dueAttempt(state, registry, decision),
};

/** What checks call for comes before what only the plan does. */
function firstFree(state: State): Task | null {
  const free = state.tasks.list.filter((task) =>
    task.status === "ready" && task.kind === "work" && isFree(state, task) && isApart(state, task)
  );
  return free.find(({ checks }) => checks.length > 0) ?? free[0] ?? null;
}

/** A task waits for those it comes after, unless they are over, however that was. */
function isFree(state: State, task: Task): boolean {
  return task.after.every((id) => {
    const other = state.tasks.list.find((one) => one.id === id);
    return other === undefined || other.status !== "ready" && other.status !== "in_progress";
  });
}
