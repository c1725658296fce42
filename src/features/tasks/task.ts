import type * as z from "zod";
import type { TaskFact } from "./facts.ts";
import type { TaskStatus } from "./task_statuses.ts";

/** The one transition table: which status may follow which. */
export const TASK_TRANSITIONS: Readonly<Record<TaskStatus, readonly TaskStatus[]>> = {
  ready: ["in_progress", "dropped", "parked"],
  in_progress: ["in_review", "done", "parked", "dropped", "ready"],
  in_review: ["done", "ready", "parked"],
  done: [],
  parked: ["ready", "dropped"],
  dropped: [],
};

/** A piece of work. */
export type Task = z.infer<typeof TaskFact>;

/**
 * Tells whether a task may change its status so.
 *
 * @param from present status
 * @param to wished status
 * @returns true where the transition table allows it
 */
export function mayBecome(from: TaskStatus, to: TaskStatus): boolean {
  return TASK_TRANSITIONS[from].includes(to);
}

/** An open task still wants work or review. */
export function isOpen(task: { readonly status: TaskStatus }): boolean {
  return task.status === "ready" || task.status === "in_progress" || task.status === "in_review";
}

/** Tasks of a run, and what was planned and reviewed. */
export interface TasksSlice {
  /** In the order of the plans. */
  readonly list: readonly Task[];
  readonly plans: number;
  /** Writes that stood when a task was parked: it may return when there are more. */
  readonly parkedAt: Readonly<Record<string, number>>;
  readonly reviews: number;
  /** Writes that stood when documents were last brought up to them. */
  readonly documented: number;
  /** Documents of the project, as the last prepared turn found them; null before one. */
  readonly documents: readonly string[] | null;
}

/** Tasks that still want work or review. */
export function openTasks({ tasks }: { readonly tasks: TasksSlice }): readonly Task[] {
  return tasks.list.filter(isOpen);
}

/** The first reported issue that nobody works on, or null. */
export function readyIssue({ tasks }: { readonly tasks: TasksSlice }): Task | null {
  return tasks.list.find((task) => task.status === "ready" && task.kind === "issue") ?? null;
}
