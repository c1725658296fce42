import { attemptsAt } from "../attempts/attempts_at.ts";
import { isGreen } from "../checks/judge_run.ts";
import type { State } from "../state.ts";
import type { Task } from "./task.ts";

/** Tasks that nothing but a plan called for and that came to nothing: a further one of that plan is worth no attempt. */
const VAIN = 3;

/**
 * Lists the tasks that no check calls for and that are not worth beginning: all checks pass, and of the others of their kind several came to
 * nothing and none to anything.
 */
export function tasksInVain(state: State): readonly Task[] {
  const unasked = state.tasks.list.filter(({ kind, checks }) => kind === "work" && checks.length === 0);
  const helped = unasked.some(({ status }) => status === "in_review" || status === "done");
  const failed = unasked.filter(({ id, status }) => status === "parked" && attemptsAt(state, id).length > 0);
  const isVain = isGreen(state) && !helped && failed.length >= VAIN;
  return isVain ? unasked.filter(({ status }) => status === "ready") : [];
}
