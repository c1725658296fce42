import * as z from "zod";
import { WAYS } from "../../kernel/call.ts";
import { MEASURES } from "../../prompt/prompt.ts";

/** Schemas of the facts, by type. */
export const modelFacts = {
  /** A prompt was not heard as it was sent, or a count of it cannot be believed. */
  prompt_doubted: z.object({
    key: z.string(),
    host: z.string(),
    model: z.string(),
    window: z.int(),
    estimated: z.int(),
    counted: z.int().nullable(),
    /** cut: the server cut it silently; refused: it said that it does not fit; miscounted: its counts are wrong. */
    finding: z.enum(["cut", "refused", "miscounted"]),
    /** Tokens of prompts that this model holds on this host from now on; null where it is not known to be fewer than its window. */
    holds: z.int().nullable(),
    /** Counted tokens per estimated token, where the server counted exactly. */
    ratio: z.number().nullable(),
    /** What was estimated by; tokens where absent, as in older runs. */
    measure: z.enum(MEASURES).optional(),
    /** Tokens that were spent on a reply that does not count. */
    tokens: z.int(),
    text: z.string(),
  }),
  /** A way of calling failed at a place, and the ask goes on in another. */
  way_refused: z.object({
    key: z.string(),
    host: z.string(),
    model: z.string(),
    way: z.enum(WAYS),
    other: z.enum(WAYS),
    /** Tokens that were spent on a reply that did not arrive. */
    tokens: z.int(),
    text: z.string(),
  }),
  /** A model that nobody knew was asked a few short questions, to find the way in which it calls best. */
  model_probed: z.object({
    host: z.string(),
    model: z.string(),
    digest: z.string(),
    /** What was tried, and what came of it: `decision constrained: right`. */
    tried: z.array(z.string()),
    tokens: z.int(),
    ms: z.int(),
  }),
  model_audited: z.object({
    host: z.string(),
    model: z.string(),
    digest: z.string(),
    version: z.string(),
    finding: z.enum(["shown", "broken", "not_rendered", "built_in"]),
    reason: z.string(),
  }),
};
