import * as z from "zod";

/** Looks whether tests that a run made tell the code before it from the code now, or, where tests alone are wished for, from code that does nothing. */
export const FlipEffect = z.object({ kind: z.literal("flip"), key: z.string(), cause: z.string() });

/** Looks whether new tests tell the old code from the new. */
export type FlipEffect = z.infer<typeof FlipEffect>;

/** What new tests say of the old code. */
export const FlipResult = z.object({
  kind: z.literal("flip"),
  /** Results that fail on the old code, or on code that does nothing, and pass on the new. */
  flips: z.array(z.string()),
  /** Results that pass on both. */
  same: z.array(z.string()),
  /** The tests as a person looks at them, bounded. */
  shown: z.string(),
  /** Whether they were tried on code that does nothing, in place of the old one. */
  hollow: z.boolean().optional(),
  /** Files that changed while the old code stood, and do not stand as the work left them. */
  left: z.array(z.string()).optional(),
  ms: z.int(),
});

/** What new tests say of the old code. */
export type FlipResult = z.infer<typeof FlipResult>;
