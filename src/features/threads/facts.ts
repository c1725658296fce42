import * as z from "zod";
import { WAYS } from "../../kernel/call.ts";

/** Schemas of the facts, by type. */
export const threadFacts = {
  ask_placed: z.object({
    key: z.string(),
    host: z.string(),
    model: z.string(),
    way: z.enum(WAYS),
    window: z.int(),
    estimated: z.int(),
    reason: z.string(),
    /** Whether its model was not there and had to be loaded, as far as was known. Absent in older runs. */
    loads: z.boolean().optional(),
    /** What was left out of the prompt so that it fits, in words. */
    leftOut: z.array(z.string()).optional(),
    /** Where the way of calling comes from, and why: `record: 9 of 9 right so far`. Absent in older runs. */
    wayReason: z.string().optional(),
    /** Where it comes from, in a word: `record`. Absent in older runs. */
    wayFrom: z.string().optional(),
    /** Digest of the model; empty where its host gives none. */
    digest: z.string().optional(),
    /** Billions of parameters of the model; null where nobody knows. */
    billions: z.number().nullable().optional(),
    /** Tokens that the model may think beside its answer, set aside with all else of the ask. Absent where it has none. */
    thinking: z.int().optional(),
  }),
};
