import * as z from "zod";

/** Decisions as they are made, refused and closed with their outcome. */
export const decisionFacts = {
  decision_made: z.object({
    id: z.string(),
    /** A kind of decision of the registry. */
    name: z.string(),
    arguments: z.record(z.string(), z.unknown()),
    reason: z.string(),
    /** arbiter, rules or person. */
    by: z.string(),
    fingerprint: z.string(),
    /** What makes two of one name the same decision in a situation; absent where the name says it, and in older runs. */
    about: z.string().optional(),
    /** Decision beside which it is carried out; absent where it is the one at work, and where it is over at once. */
    beside: z.string().optional(),
    /** Task at which it makes one further try beside the one that is at work; absent where it takes a task of its own. */
    races: z.string().optional(),
  }),
  decision_refused: z.object({ name: z.string(), reason: z.string(), by: z.string() }),
  decision_closed: z.object({ id: z.string(), outcome: z.string(), ok: z.boolean() }),
};
