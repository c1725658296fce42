import { bound } from "../../kernel/text.ts";
import type { State } from "../state.ts";
import type { Task } from "./task.ts";
import { say, type Wording } from "../../sentences/say.ts";

/** Tasks of a plan, admitted or refused with the reason. */
export interface Admission {
  readonly tasks: Task[];
  readonly refused: { description: string; reason: string }[];
}

/**
 * One task for the failing checks of one file: what repairs one of them mostly repairs the others, and attempts at a part are judged by
 * a part. Beside it a task on that file that makes none of them pass is no work of its own.
 */
export function oneForAFile(
  tasks: readonly Task[],
  refused: Admission["refused"],
  state: State,
  from: Wording,
): Admission {
  const worker = (task: Task) =>
    task.target === null ? task : tasks.find((one) => one.target === task.target && one.checks.length > 0) ?? task;
  const kept = tasks.filter((task) => worker(task) === task);
  const numbered = new Map(kept.map((task, index) => [task.id, `T${state.tasks.list.length + index + 1}`]));
  const isIdle = (task: Task) => worker(task) !== task && task.checks.length === 0;
  const now = (id: string) =>
    tasks.flatMap((one) => one.id === id && !isIdle(one) ? numbered.get(worker(one).id)! : []);
  const idle = tasks.filter(isIdle).map((task) => ({
    description: task.description,
    reason: say(from, "tasks.belongs_to", { file: task.target ?? "", task: numbered.get(worker(task).id) ?? "" }),
  }));
  return {
    tasks: kept.map((task) => {
      const id = numbered.get(task.id)!;
      const parts = tasks.filter((one) => worker(one) === task && !isIdle(one));
      return {
        ...task,
        id,
        description: bound(parts.map((one) => one.description).join("; "), 600),
        checks: parts.flatMap((one) => one.checks),
        // What only a later part waited for would make a circle with what waits for this one.
        after: [...new Set(task.after.flatMap(now))].filter((other) => other !== id),
      };
    }),
    refused: [...refused, ...idle],
  };
}
