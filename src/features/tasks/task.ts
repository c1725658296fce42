import type { z } from "zod";
import type { TaskFact } from "../fact_parts.ts";

/** Statuses of a task: the only vocabulary, used by every reader and writer. */
export const TASK_STATUSES = ["ready", "in_progress", "in_review", "done", "parked", "dropped"] as const;

/** Status of a task. */
export type TaskStatus = typeof TASK_STATUSES[number];

/** The one transition table: which status may follow which. */
export const TASK_TRANSITIONS: Readonly<Record<TaskStatus, readonly TaskStatus[]>> = {
  ready: ["in_progress", "dropped"],
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
