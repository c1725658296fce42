import type { AskEffect, AskResult } from "../../effects/ask/ask_effect.ts";
import { type Closing, defineFeature, type Failing, isCutShort, onFailure } from "../feature.ts";
import { ARBITER } from "../registry.ts";
import type { State } from "../state.ts";
import { unreadOf } from "../turns/hear_ask.ts";
import { dueArbiter } from "./due_arbiter.ts";
import { type ArbiterSlice, NOT_ASKED } from "./slice.ts";

/** The arbiter's own asking: what it was told, what it replied, and when it decides. */
export const arbiter = defineFeature<ArbiterSlice>({
  name: "arbiter",
  empty: { ...NOT_ASKED, words: [], vain: 0 },
  on: {
    // Whoever plays it now may be another model.
    crew_assembled: (own) => ({ ...own, vain: 0 }),
    run_resumed: (own) => ({ ...own, vain: 0 }),
    message_in_prompt(own, { id }, before) {
      const message = before.messages.list.find((one) => one.id === id);
      return message?.kind === "word" && message.to === ARBITER
        ? { ...own, words: [...own.words, message.text], vain: 0 }
        : own;
    },
    effect_opened: (own, { effect }) =>
      effect.kind === "ask" && effect.purpose === "decide"
        ? { ...own, words: [], heard: [...own.heard, ...own.words] }
        : own,
    effect_finished(own, fact, before) {
      const ask = askOf(fact, before);
      const { result } = fact;
      if (ask === null || result.kind !== "ask") return own;
      return ask.purpose === "decide" ? replied(own, ask, result) : interpreted(own, ask.interprets ?? "", result);
    },
    ...onFailure<ArbiterSlice>((own, fact, before) => {
      const ask = askOf(fact, before);
      if (ask === null) return own;
      return ask.purpose === "decide"
        ? failed(own, fact, before.placements[fact.key]?.model ?? null)
        : readByNobody(own, ask.interprets ?? "");
    }),
    interpretation_skipped: (own, { turn, ask }) => turn === null ? readByNobody(own, ask) : own,
    decision_made(own, { by, beside }, before) {
      // Work that begins beside a decision is the rules' own, and no answer to what the arbiter was asked.
      if (beside !== undefined) return own;
      const isAtWork = Object.keys(before.decisions.open).length > 0;
      const calls = by === ARBITER && !isAtWork ? own.calls.slice(1) : [];
      const vain = by === ARBITER ? 0 : own.vain + (own.tries > 0 ? 1 : 0);
      return { ...NOT_ASKED, calls, words: own.words, vain };
    },
    decision_refused: (own, { reason }) => ({
      ...own,
      calls: own.calls.slice(1),
      tries: own.tries + 1,
      fault: reason,
    }),
  },
  due: dueArbiter,
});

/** The ask of a closing fact, where it is the arbiter's own: a decision, or what a reply to one means. */
function askOf({ key }: Closing, before: State): AskEffect | null {
  const effect = before.effects.open[key]?.effect;
  const own = effect?.kind === "ask" && effect.turn === null &&
    (effect.purpose === "decide" || effect.purpose === "interpret");
  return own ? effect : null;
}

function replied(own: ArbiterSlice, ask: AskEffect, result: AskResult): ArbiterSlice {
  const found = result.calls.length > 0;
  return {
    ...own,
    calls: result.calls,
    tries: own.tries + 1,
    fault: found ? null : result.fault,
    reply: found ? null : result.text.text,
    unread: found ? null : unreadOf(ask, result),
    not: own.tries >= 1 && !found ? result.model : null,
  };
}

function failed(own: ArbiterSlice, fact: Failing, model: string | null): ArbiterSlice {
  if (isCutShort(fact)) return own;
  return { ...own, tries: own.tries + 1, fault: null, reply: null, not: model };
}

function interpreted(own: ArbiterSlice, ask: string, { calls }: AskResult): ArbiterSlice {
  if (calls.length === 0) return readByNobody(own, ask);
  return own.unread?.ask === ask ? { ...own, calls, unread: null, fault: null, reply: null } : own;
}

/** Nobody reads a reply any more. */
function readByNobody(own: ArbiterSlice, ask: string): ArbiterSlice {
  return own.unread?.ask === ask ? { ...own, unread: null } : own;
}
