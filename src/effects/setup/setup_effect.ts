import * as z from "zod";

/** Sets up the project that was planned. */
export const SetupEffect = z.object({
  kind: z.literal("setup"),
  key: z.string(),
  /** Whether the commands of the language's own tool may run; else all files are written without it. */
  runs: z.boolean(),
});

/** Sets up the project that was planned. */
export type SetupEffect = z.infer<typeof SetupEffect>;

/** How it was set up. */
export const SetupResult = z.object({
  kind: z.literal("setup"),
  /** Commands that ran with success, as typed. */
  ran: z.array(z.string()),
  /** Commands that did not: what they were to make was written. */
  failed: z.array(z.object({ command: z.string(), why: z.string() })),
  /** Files that were written without a command. */
  wrote: z.array(z.string()),
  ms: z.int(),
});

/** How it was set up. */
export type SetupResult = z.infer<typeof SetupResult>;
