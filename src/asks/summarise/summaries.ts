import type { AskEffect } from "../../effects/ask/ask_effect.ts";
import { defineFeature, isCutShort, onFailure } from "../../features/feature.ts";
import type { State } from "../../features/state.ts";
import type { Text } from "../../kernel/text.ts";
import { charsUpTo } from "./chars_up_to.ts";
import type { SummariesSlice, SummaryOfTurn } from "./slice.ts";

/** What stands for the beginnings of turns that a window can no longer hold, by the analysis specialist. */
export const summaries = defineFeature<SummariesSlice>({
  name: "summaries",
  empty: { byTurn: {}, misses: 0 },
  on: {
    // Another host or model may be there after a stop.
    run_resumed: (own) => ({ ...own, misses: 0 }),
    turn_closed(own, { id }) {
      if (own.byTurn[id] === undefined) return own;
      const { [id]: _closed, ...byTurn } = own.byTurn;
      return { ...own, byTurn };
    },
    effect_opened: (own, { effect }, before) =>
      effect.kind === "ask" && effect.purpose === "summarise" && before.turns.open[effect.turn ?? ""] !== undefined
        ? ofTurn(own, effect.turn!, { asked: effect.summarises ?? 0 })
        : own,
    effect_finished(own, { key, result }, before) {
      const ask = askOf(key, before);
      return ask === null || result.kind !== "ask" ? own : closed(own, ask, result.summary ?? null, before, true);
    },
    ...onFailure<SummariesSlice>((own, fact, before) => {
      const ask = askOf(fact.key, before);
      return ask === null ? own : closed(own, ask, null, before, !isCutShort(fact));
    }),
  },
});

function askOf(key: string, before: State): AskEffect | null {
  const effect = before.effects.open[key]?.effect;
  return effect?.kind === "ask" && effect.purpose === "summarise" ? effect : null;
}

function ofTurn(own: SummariesSlice, turn: string, now: Partial<SummaryOfTurn>): SummariesSlice {
  const old = own.byTurn[turn] ?? { asked: 0, summary: null };
  return { ...own, byTurn: { ...own.byTurn, [turn]: { ...old, ...now } } };
}

/** A summary that is not shorter than what it would stand for is none. An interrupted ask says nothing about who summarises. */
function closed(
  own: SummariesSlice,
  ask: AskEffect,
  text: Text | null,
  before: State,
  counts: boolean,
): SummariesSlice {
  const turn = before.turns.open[ask.turn ?? ""];
  if (turn === undefined) return own;
  const upTo = ask.summarises ?? 0;
  const summary = own.byTurn[turn.id]?.summary ?? null;
  if (text === null || text.chars >= charsUpTo(turn, summary, upTo)) {
    return { ...own, misses: own.misses + (counts ? 1 : 0) };
  }
  return ofTurn({ ...own, misses: 0 }, turn.id, { summary: { upTo, text } });
}
