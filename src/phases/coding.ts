import { dueAttempt } from "../features/attempts/due_attempt.ts";
import { closed } from "../features/decisions/closed.ts";
import type { OpenDecision } from "../features/decisions/slice.ts";
import type { Fact } from "../features/fact.ts";
import type { Due, PhaseKind } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { isApart } from "../features/tasks/is_apart.ts";
import type { Task } from "../features/tasks/task.ts";
import { tasksInVain } from "../features/tasks/tasks_in_vain.ts";
import { facts } from "../kernel/owed.ts";
import { say, type Wording } from "../sentences/say.ts";

/** Works on what was planned. */
export const coding: PhaseKind = {
  phase: "coding",
  goOn: "work on the next task",
  role: "coding",
  consultsWork: true,
  nextTask: (state) => firstFree(state),
  hasWork: (state) => firstFree(state) !== null,
  rank: () => 2,
  due: (state, registry, decision) => parksInVain(state, registry, decision) ?? dueAttempt(state, registry, decision),
};

/** Ends a plan that leads nowhere before its next task is taken in hand; null where it is worth going on with. */
function parksInVain(state: State, from: Wording, decision: OpenDecision): Due | null {
  const left = decision.task === null ? tasksInVain(state) : [];
  if (left.length === 0) return null;
  const reason = say(from, "tasks.in_vain");
  const said = say(from, "tasks.left_in_vain", { tasks: left.map(({ id }) => id).join(", "), reason });
  return facts<Fact>(
    ...left.map(({ id }): Fact => ({ type: "task_changed", id, status: "parked", reason })),
    closed(decision, said, false),
  );
}

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
