import type { AskEffect } from "../../effects/ask/ask_effect.ts";
import type { State } from "../state.ts";

/**
 * Whether a model that thinks is let do so before it answers an ask: where the next call of a turn is wanted, unless the reply before held
 * none. What thought until its answer had no room left would do so again.
 *
 * @param state what was so when it was opened
 */
export function isLetThink({ purpose, turn }: Pick<AskEffect, "purpose" | "turn">, state: State): boolean {
  return purpose === "work" && (state.turns.open[turn ?? ""]?.faults ?? 0) === 0;
}
