import * as z from "zod";
import { TextFact } from "../../kernel/text_fact.ts";

/** Starts what was built in a new project, by the command by which a person tries it. */
export const LaunchEffect = z.object({ kind: z.literal("launch"), key: z.string(), cause: z.string() });

/** Starts what was built in a new project. */
export type LaunchEffect = z.infer<typeof LaunchEffect>;

/** How it ran. */
export const LaunchResult = z.object({
  kind: z.literal("launch"),
  /** Words of the command; none where there is nothing to start. */
  command: z.array(z.string()),
  /** Whether goal or project name it; else it is the program alone. */
  isNamed: z.boolean(),
  /** Why it does not count as running, in words that go on after the command; empty where it does. */
  why: z.string(),
  code: z.int().nullable(),
  /** The beginning of what it said. */
  shown: z.string(),
  output: TextFact,
  ms: z.int(),
});

/** How it ran. */
export type LaunchResult = z.infer<typeof LaunchResult>;
