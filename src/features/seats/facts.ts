import * as z from "zod";

/** Schemas of the facts, by type. */
export const seatFacts = {
  /** Hosts can serve another number of attempts at once: one came or went, or another model stands on it. */
  seats_changed: z.object({ seats: z.int().min(1), reason: z.string() }),
};
