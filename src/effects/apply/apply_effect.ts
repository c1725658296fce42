import * as z from "zod";

/** Brings what an attempt wrote in its copy into the project. */
export const ApplyEffect = z.object({
  kind: z.literal("apply"),
  key: z.string(),
  /** `task.number` of the attempt. */
  attempt: z.string(),
});

/** Brings what an attempt wrote in its copy into the project. */
export type ApplyEffect = z.infer<typeof ApplyEffect>;

/** What was brought into the project, and what of the project moved on since the attempt was judged: then nothing more was. */
export const Applied = z.object({
  kind: z.literal("apply"),
  applied: z.array(z.string()),
  moved: z.array(z.string()),
});

/** What was brought into the project. */
export type Applied = z.infer<typeof Applied>;
