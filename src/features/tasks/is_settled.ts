import { isProven } from "../checks/judge_run.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { hasAnyWork } from "./next_task.ts";
import { openTasks } from "./task.ts";

/** Whether nothing is left to be found out: executed checks show the work, no task is open, and the person said nothing new. */
export function isSettled(state: State, registry: Registry): boolean {
  const { heard, words } = state.arbiter;
  return heard.length + words.length === 0 && state.tasks.list.length > 0 && openTasks(state).length === 0 &&
    !hasAnyWork(state, registry) && isProven(state);
}
