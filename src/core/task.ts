import { z } from "zod";

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
export const Task = z.object({
  id: z.string(),
  /** work: planned; issue: reported by a review; documentation: brings documents up to what changed. */
  kind: z.enum(["work", "issue", "documentation"]),
  description: z.string(),
  /** File of the project it is about, if one is known. */
  target: z.string().nullable(),
  /** Names of failing check results that it must make pass; empty where no check shows it. */
  checks: z.array(z.string()),
  /** Ids of tasks that come first. */
  after: z.array(z.string()),
  status: z.enum(TASK_STATUSES),
  /** Why it has this status, where that needs a word. */
  reason: z.string(),
});

/** A piece of work. */
export type Task = z.infer<typeof Task>;

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
