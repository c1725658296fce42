import * as z from "zod";

/** Schemas of the facts, by type. */
export const ledgerFacts = {
  /** A host begins to load a model before anybody asks it. */
  load_begun: z.object({
    host: z.string(),
    model: z.string(),
    window: z.int(),
    /** Why, in words. */
    reason: z.string(),
  }),
  /** A load that began ahead is over. */
  load_ended: z.object({
    host: z.string(),
    model: z.string(),
    ms: z.int(),
    /** Why the model is not there; null where it is. */
    failure: z.string().nullable(),
  }),
};
