import * as z from "zod";
import { TASK_STATUSES } from "./task_statuses.ts";

/** A piece of work. */
export const TaskFact = z.object({
  id: z.string(),
  /** work: planned; test: written before the work, for a criterion; issue: reported by a review; documentation: brings documents up to what changed. */
  kind: z.enum(["work", "test", "issue", "documentation"]),
  description: z.string(),
  /** File of the project it is about, if one is known. */
  target: z.string().nullable(),
  /** Names of failing check results that it must make pass; empty where no check shows it. */
  checks: z.array(z.string()),
  /** Ids of tasks that come first. */
  after: z.array(z.string()),
  status: z.enum(TASK_STATUSES),
  /** Number of the criterion that it is for, counted from 1; absent where it is for none. */
  criterion: z.int().optional(),
  /** The test that was written before it and says when it is done; absent where there is none. */
  test: z.string().optional(),
  /** Why it has this status, where that needs a word. */
  reason: z.string(),
});

/** Tasks as they are planned and change. */
export const taskFacts = {
  tasks_planned: z.object({
    tasks: z.array(TaskFact),
    refused: z.array(z.object({ description: z.string(), reason: z.string() })),
    by: z.string(),
  }),
  task_changed: z.object({
    id: z.string(),
    status: z.enum(TASK_STATUSES),
    reason: z.string(),
    /** Decision that takes it in hand; in older runs the only one that was open. */
    decision: z.string().optional(),
  }),
};
