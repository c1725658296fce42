import * as z from "zod";
import { TextFact } from "../../kernel/text_fact.ts";

/** Bound of such a command, ms: what is installed may have to be fetched and built. */
export const LATER_MS = 900_000;

/** Runs in the project a command that an attempt wanted there, once the person said yes. */
export const LaterEffect = z.object({
  kind: z.literal("later"),
  key: z.string(),
  /** `task.number` of the attempt. */
  attempt: z.string(),
  /** Role that wanted it. */
  role: z.string(),
  command: z.array(z.string()),
  /** What it changes beside files. */
  changes: z.enum(["dependencies", "repository"]),
});

/** Runs in the project a command that an attempt wanted there. */
export type LaterEffect = z.infer<typeof LaterEffect>;

/** How it ended. */
export const LaterResult = z.object({
  kind: z.literal("later"),
  command: z.array(z.string()),
  /** Why it is not done, in a few words; empty where it is. */
  why: z.string(),
  /** What it said. */
  output: TextFact,
  ms: z.int(),
});

/** How it ended. */
export type LaterResult = z.infer<typeof LaterResult>;
