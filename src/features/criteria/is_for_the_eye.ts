import type { State } from "../state.ts";
import type { Task } from "../tasks/task.ts";

/** Whether a task is for a criterion that no check can show: whoever finds nothing to change there has done it as far as anybody can tell. */
export function isForTheEye({ criteria }: State, { criterion }: Pick<Task, "criterion">): boolean {
  return criterion !== undefined && criteria.list?.[criterion - 1]?.how === "eye";
}
