import * as z from "zod";

/** A tool call as facts store it. */
export const CallFact = z.object({
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  reason: z.string().optional(),
  forced: z.boolean().optional(),
});
