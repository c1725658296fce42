import type { TurnEnding } from "./facts.ts";

/** How turns ended, in words that follow "the turn". */
export const TURN_ENDED: Readonly<Record<TurnEnding, string>> = {
  finished: "finished",
  checked: "was ended by the checks",
  capped: "stopped at its step limit",
  no_call: "made no legal call",
  failed: "failed",
  refused: "was refused",
  cancelled: "was interrupted",
  budget: "spent its budget",
};
