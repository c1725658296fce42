import * as z from "zod";
import { TextFact } from "../../kernel/text_fact.ts";

/** What becomes of attempts; one is cancelled where another at the same task was kept first, which is no failure of its own. */
const VERDICTS = ["kept", "refuted", "empty", "failed", "cancelled"] as const;

/** What became of an attempt. */
export type AttemptVerdict = typeof VERDICTS[number];

/** Attempts at tasks, as they open and close. */
export const attemptFacts = {
  attempt_opened: z.object({
    task: z.string(),
    number: z.int(),
    role: z.string(),
    temperature: z.number(),
    seed: z.int(),
    /** Whether it looks for the fault in what the task's file uses; absent in older runs. */
    elsewhere: z.boolean().optional(),
    /** Copy of the project that it works in; absent where it works in the project itself. */
    workspace: z.string().optional(),
    /** Decision that it is made for; in older runs the only one that was open. */
    decision: z.string().optional(),
  }),
  /** What it wrote does not go together with what somebody made of the same lines of the project meanwhile. */
  attempt_conflicted: z.object({
    task: z.string(),
    number: z.int(),
    /** Hash of what stands in the project, by path; null for no file: a yes is to that alone. */
    theirs: z.record(z.string(), z.string().nullable()),
    /** What would become of what stands in the project, if its work took that place. */
    shows: TextFact,
  }),
  attempt_closed: z.object({
    task: z.string(),
    number: z.int(),
    verdict: z.enum(VERDICTS),
    passed: z.array(z.string()),
    broke: z.array(z.string()),
    summary: z.string(),
    /** What it did to definitions beside its task, or left out of it; absent where there was nothing of that. */
    scope: z.object({
      missing: z.array(z.string()),
      beyond: z.array(z.string()),
      unexported: z.array(z.string()),
      signatures: z.array(z.string()),
      shrunk: z.array(z.string()),
    }).optional(),
  }),
};
