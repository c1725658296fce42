import type { State } from "../state.ts";
import type { Task } from "./task.ts";

/** Whether a task can be worked on beside those that are in hand: it is about a file, and about another one. */
export function isApart(state: State, task: Task): boolean {
  const inHand = state.tasks.list.filter(({ id, status }) => status === "in_progress" && id !== task.id);
  return inHand.length === 0 ||
    task.target !== null && inHand.every(({ target }) => target !== null && target !== task.target);
}
