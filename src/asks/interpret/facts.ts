import * as z from "zod";

/** Schemas of the facts, by type. */
export const interpreterFacts = {
  /** Which model plays the interpreter now; null where no host that answers has one of its models. */
  interpreter_changed: z.object({ host: z.string().nullable(), model: z.string().nullable(), reason: z.string() }),
  /** A reply that may mean a call is not given to the interpreter. */
  interpretation_skipped: z.object({ turn: z.string().nullable(), ask: z.string(), reason: z.string() }),
};
