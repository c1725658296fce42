import type { AskEffect } from "../effects/effect.ts";
import { withTurn } from "../features/evolve.ts";
import type { State, Turn } from "../features/state.ts";
import type { Text } from "../kernel/text.ts";

/**
 * Says what is so once the analysis specialist has summarised the beginning of a turn, or could not. A summary that is not shorter
 * than what it would stand for is none.
 *
 * @param state what was so, the ask closed
 * @param ask the ask
 * @param text what was written; null where nothing was
 * @param counts whether a miss says something about who summarises; an interrupted ask does not
 * @returns what is so now
 */
export function summaryClosed(state: State, ask: AskEffect, text: Text | null, counts: boolean): State {
  const turn = ask.turn === null ? undefined : state.turns[ask.turn];
  if (turn === undefined) return state;
  const upTo = ask.summarises ?? 0;
  if (text === null || text.chars >= charsUpTo(turn, upTo)) {
    return { ...state, summaryMisses: state.summaryMisses + (counts ? 1 : 0) };
  }
  return withTurn({ ...state, summaryMisses: 0 }, { ...turn, summary: { upTo, text } });
}

/**
 * Counts what stands for the first entries of an exchange now: the summary of the first of them, and the others themselves.
 *
 * @param turn the turn
 * @param upTo entries at the beginning of its exchange
 * @returns characters
 */
export function charsUpTo({ exchange, summary }: Turn, upTo: number): number {
  const entries = exchange.slice(summary?.upTo ?? 0, upTo);
  return entries.reduce((sum, entry) => sum + entry.text.chars, summary?.text.chars ?? 0);
}
