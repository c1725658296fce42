import * as z from "zod";

/** A task as a plan proposes it; admission checks it. */
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
export type Outcome =
  | { readonly kind: "planned"; readonly tasks: ProposedTask[] }
  | {
    readonly kind: "issue_reported";
    readonly path?: string;
    readonly severity: "low" | "medium" | "high";
    readonly description: string;
  }
  | { readonly kind: "approved"; readonly notes: string }
  | { readonly kind: "message_sent"; readonly to: string; readonly text: string }
  | { readonly kind: "specialist_asked"; readonly role: string; readonly question: string }
  /** `fields` is what the text says, where the answer has a form. */
  | { readonly kind: "answered"; readonly text: string; readonly fields?: Readonly<Record<string, unknown>> }
  | { readonly kind: "task_finished"; readonly summary: string };

/** An {@link Outcome} as facts hold it. */
export const OutcomeFact: z.ZodType<Outcome> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("planned"),
    tasks: z.array(z.object({
      description: z.string(),
      target: z.string().optional(),
      checks: z.array(z.string()).optional(),
      after: z.array(z.int()).optional(),
    })),
  }),
  z.object({
    kind: z.literal("issue_reported"),
    path: z.string().optional(),
    severity: z.enum(["low", "medium", "high"]),
    description: z.string(),
  }),
  z.object({ kind: z.literal("approved"), notes: z.string() }),
  z.object({ kind: z.literal("message_sent"), to: z.string(), text: z.string() }),
  z.object({ kind: z.literal("specialist_asked"), role: z.string(), question: z.string() }),
  z.object({ kind: z.literal("answered"), text: z.string(), fields: z.record(z.string(), z.unknown()).optional() }),
  z.object({ kind: z.literal("task_finished"), summary: z.string() }),
]);
