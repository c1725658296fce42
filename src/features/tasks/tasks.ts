import { plainName } from "../../kernel/say.ts";
import { granted, refused } from "../../kernel/granted.ts";
import { isDocument } from "../../languages/document.ts";
import { defineFeature } from "../feature.ts";
import { BY_CRITERIA } from "../criteria/due_withdrawal.ts";
import type { State } from "../state.ts";
import { taskFacts } from "./facts.ts";
import { isOpen, mayBecome, type TasksSlice } from "./task.ts";
import { tasksTold } from "./told.ts";

/** The pieces of work of a run, from plan to end. */
export const tasks = defineFeature<TasksSlice>({
  name: "tasks",
  facts: taskFacts,
  tell: tasksTold,
  empty: { list: [], plans: 0, parkedAt: {}, reviews: 0, documented: 0, documents: null },
  on: {
    tasks_planned: (own, { tasks, by }) => ({
      ...own,
      list: [...own.list, ...tasks],
      plans: own.plans + (by === "review" || by === "documentation" || by === BY_CRITERIA ? 0 : 1),
    }),
    task_changed(own, { id, status, reason }, before) {
      const task = own.list.find((one) => one.id === id);
      if (task === undefined || !mayBecome(task.status, status)) return own;
      const { kept } = before.files;
      return {
        ...own,
        list: own.list.map((one) => one.id === id ? { ...one, status, reason } : one),
        parkedAt: status === "parked" ? { ...own.parkedAt, [id]: kept } : own.parkedAt,
        documented: task.kind === "documentation" && !isOpen({ status }) ? kept : own.documented,
      };
    },
    turn_closed: (own, { id }, before) =>
      before.turns.open[id]?.purpose === "review" ? { ...own, reviews: own.reviews + 1 } : own,
    effect_finished(own, { key, result }, before) {
      const effect = before.effects.open[key]?.effect;
      const known = effect?.kind === "prepare" && before.turns.open[effect.turn] !== undefined;
      return known && result.kind === "prepare"
        ? { ...own, documents: result.files.filter((file) => isDocument(file)) }
        : own;
    },
  },
  wishes: {
    park(state: State, { task: id }: { readonly task: string }) {
      const task = state.tasks.list.find((one) => one.id === id);
      if (task === undefined) return refused(`There is no task ${id}.`);
      return task.status === "ready"
        ? granted({ type: "task_changed", id, status: "dropped", reason: "dropped by the person" })
        : refused(`${id} is ${plainName(task.status)}.`);
    },
  },
});
