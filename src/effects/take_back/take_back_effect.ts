import * as z from "zod";

/** Takes back what an attempt wrote. */
export const TakeBackEffect = z.object({
  kind: z.literal("take_back"),
  key: z.string(),
  /** `task.number` of the attempt. */
  attempt: z.string(),
});

/** Takes back what an attempt wrote. */
export type TakeBackEffect = z.infer<typeof TakeBackEffect>;

/** What was put back, and what was left because somebody changed it meanwhile. */
export const TakenBack = z.object({
  kind: z.literal("take_back"),
  restored: z.array(z.string()),
  left: z.array(z.object({ path: z.string(), reason: z.string() })),
});

/** What was put back, and what was left. */
export type TakenBack = z.infer<typeof TakenBack>;
