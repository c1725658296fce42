import { z } from "zod";
import { TextFact } from "../../kernel/text_fact.ts";

/** Executes the project's checks. */
export const CheckEffect = z.object({
  kind: z.literal("check"),
  key: z.string(),
  cause: z.string(),
});

/** Executes the project's checks. */
export type CheckEffect = z.infer<typeof CheckEffect>;

/** One named result of a check, as stored. */
export const CheckFact = z.object({
  name: z.string(),
  passed: z.boolean(),
  evidence: z.string(),
  files: z.array(z.string()),
});

/** One named result of a check, as stored. */
export type CheckFact = z.infer<typeof CheckFact>;

/** What one round of checks gave. */
export const CheckRound = z.object({
  kind: z.literal("check"),
  results: z.array(CheckFact),
  commands: z.array(z.string()),
  output: TextFact,
  ms: z.int(),
  /** Whether a command was ended because its time was over. */
  hung: z.boolean().optional(),
});

/** What one round of checks gave. */
export type CheckRound = z.infer<typeof CheckRound>;
