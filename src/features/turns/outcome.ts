import { z } from "zod";

/** A task as a plan proposes it; admission checks it. */
export const ProposedTask: z.ZodType<ProposedTask> = z.object({
  description: z.string(),
  target: z.string().optional(),
  checks: z.array(z.string()).optional(),
  after: z.array(z.int()).optional(),
});

/** A task as a plan proposes it. */
export interface ProposedTask {
  /** What is to be done, in one or two sentences. */
  readonly description: string;
  /** File of the project the task is about. */
  readonly target?: string;
  /** Names of check results that the task must make pass. */
  readonly checks?: string[];
  /** Numbers (from 1) of tasks of the same plan that come first. */
  readonly after?: number[];
}

/** What a concluding tool call means for the run. */
export const Outcome = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("planned"), tasks: z.array(ProposedTask) }),
  z.object({
    kind: z.literal("issue_reported"),
    path: z.string().optional(),
    severity: z.enum(["low", "medium", "high"]),
    description: z.string(),
  }),
  z.object({ kind: z.literal("approved"), notes: z.string() }),
  z.object({ kind: z.literal("message_sent"), to: z.string(), text: z.string() }),
  z.object({ kind: z.literal("specialist_asked"), role: z.string(), question: z.string() }),
  z.object({ kind: z.literal("answered"), text: z.string() }),
  z.object({ kind: z.literal("task_finished"), summary: z.string() }),
]);

/** What a concluding tool call means for the run. */
export type Outcome = z.infer<typeof Outcome>;
