import * as z from "zod";

/** Limits of a run or of a role. null means none. */
export const Limits = z.object({
  tokens: z.int().nullable(),
  turns: z.int().nullable(),
  /** Wall time in milliseconds. */
  wallMs: z.int().nullable(),
});

/** Limits of a run or of a role. */
export type Limits = z.infer<typeof Limits>;
