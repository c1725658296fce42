import * as z from "zod";

/** Finds out whether work in a copy of the project means the same as in the project. */
export const ProveEffect = z.object({
  kind: z.literal("prove"),
  key: z.string(),
  /** Whether it held once, and dependencies changed since. */
  again: z.boolean().optional(),
});

/** Finds out whether a copy of the project will do. */
export type ProveEffect = z.infer<typeof ProveEffect>;

/** Whether checks say in a copy what they say in the project, and look at what stands in the copy. */
export const Proven = z.object({
  kind: z.literal("prove"),
  holds: z.boolean(),
  /** Why not, in a sentence; empty where it holds. */
  why: z.string(),
  /** Whether commands need the network for that. */
  network: z.boolean(),
  /** Results that differ from one execution to the next: they say nothing. */
  uncertain: z.array(z.string()),
  /** Whether an earlier run found it. */
  remembered: z.boolean(),
  ms: z.int(),
});

/** Whether a copy of the project will do. */
export type Proven = z.infer<typeof Proven>;
