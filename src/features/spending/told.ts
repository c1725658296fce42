import type { TellOf } from "../known.ts";
import { toldLimits } from "../run/told.ts";
import type { spendingFacts } from "./facts.ts";

/** How the facts about budgets are told. */
export const spendingTold: TellOf<keyof typeof spendingFacts> = {
  limits_raised: { json: ({ limits }) => ({ limits: toldLimits(limits) }) },
};
