import * as z from "zod";
import { Limits } from "../../kernel/limits.ts";

/** Schemas of the facts, by type. */
export const spendingFacts = {
  limits_raised: z.object({ limits: Limits }),
};
