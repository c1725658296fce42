/** Statuses of a task: the only vocabulary, used by every reader and writer. */
export const TASK_STATUSES = ["ready", "in_progress", "in_review", "done", "parked", "dropped"] as const;

/** Status of a task. */
export type TaskStatus = typeof TASK_STATUSES[number];
