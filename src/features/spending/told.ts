import type { TellOf } from "../known.ts";
import { sayTime } from "../../kernel/say.ts";
import { toldLimits } from "../run/told.ts";
import type { spendingFacts } from "./facts.ts";

/** How the facts about budgets are told. */
export const spendingTold: TellOf<keyof typeof spendingFacts> = {
  limits_raised: {
    json: ({ limits }) => ({ limits: toldLimits(limits) }),
    lines: ({ limits: { tokens, turns, wallMs } }) => [
      `limits: ${said(turns, "turns")}, ${said(tokens, "tokens")}, ${wallMs === null ? "any time" : sayTime(wallMs)}`,
    ],
  },
};

function said(limit: number | null, of: string): string {
  return `${limit ?? "any"} ${of}`;
}
