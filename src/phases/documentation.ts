import { facts } from "../kernel/owed.ts";
import { dueAttempt } from "../features/attempts/due_attempt.ts";
import type { PhaseKind } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { openTasks, type Task } from "../features/tasks/task.ts";
import { say } from "../sentences/say.ts";

/** Brings the documents up to what changed: never a must. */
export const documentation: PhaseKind = {
  phase: "documentation",
  goOn: "bring the documents up to date",
  role: "analysis",
  nextTask: (state) => readyTask(state),
  hasWork: (state, registry) =>
    readyTask(state) !== null ||
    openTasks(state).length === 0 && state.tasks.list.some((task) => task.status === "done") &&
      state.files.kept > state.tasks.documented && state.tasks.documents?.length !== 0 &&
      state.tasks.list.length < registry.bounds.tasks,
  rank: () => null,
  /** Documents become a task like any other, so that what it writes is checked and can be taken back. */
  due(state, registry, decision) {
    if (decision.task !== null || readyTask(state) !== null) return dueAttempt(state, registry, decision);
    const changed = Object.entries(state.files.byPath).filter(([, file]) => file.current !== file.original)
      .map(([path]) => path);
    return facts({
      type: "tasks_planned",
      tasks: [{
        id: `T${state.tasks.list.length + 1}`,
        kind: "documentation",
        description: say(registry, "phases.document", { files: changed.join(", ") }),
        target: null,
        checks: [],
        after: [],
        status: "ready",
        reason: "",
      }],
      refused: [],
      by: "documentation",
    });
  },
};

function readyTask(state: State): Task | null {
  return state.tasks.list.find((task) => task.status === "ready" && task.kind === "documentation") ?? null;
}
