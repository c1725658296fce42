import { defineFeature, isCutShort, onFailure } from "../feature.ts";
import { type PastTurn, type Thread, threadOf, type ThreadsSlice } from "./slice.ts";
import { threadFacts } from "./facts.ts";
import { threadsTold } from "./told.ts";

/** How its last turns ended: so many of them are a thread's memory. */
const KEPT_PAST = 6;
/** Characters that are kept of what a turn came to. */
const KEPT_CHARS = 300;

/** One role's part in the run, as its pane shows it: where it asks, how, and what its last turns came to. */
export const threads = defineFeature<ThreadsSlice>({
  name: "threads",
  facts: threadFacts,
  tell: threadsTold,
  empty: {},
  on: {
    effect_opened: (own, { effect }) =>
      effect.kind === "ask" ? changed(own, effect.role, ({ asks }) => ({ asks: asks + 1 })) : own,
    ask_placed(own, fact, before) {
      const effect = before.effects.open[fact.key]?.effect;
      if (effect?.kind !== "ask") return own;
      const { host, model, way, window } = fact;
      return changed(own, effect.role, () => ({
        host,
        model,
        billions: fact.billions ?? null,
        way,
        wayReason: fact.wayReason ?? null,
        wayFrom: fact.wayFrom ?? null,
        window,
        promptTokens: fact.estimated,
        proof: "estimated",
      }));
    },
    effect_finished(own, { key, result }, before) {
      const effect = before.effects.open[key]?.effect;
      if (effect?.kind !== "ask" || result.kind !== "ask") return own;
      const promptTokens = result.promptTokens ?? result.estimated;
      return changed(own, effect.role, () => ({ promptTokens, proof: result.proof }));
    },
    ...onFailure<ThreadsSlice>((own, fact, before) => {
      const effect = before.effects.open[fact.key]?.effect;
      if (effect?.kind !== "ask" || isCutShort(fact)) return own;
      return changed(own, effect.role, ({ failures }) => ({ failures: failures + 1 }));
    }),
    turn_closed(own, { id, ending, text }, before) {
      const turn = before.turns.open[id];
      if (turn === undefined) return own;
      const over: PastTurn = { purpose: turn.purpose, ending, text: text.slice(0, KEPT_CHARS) };
      return changed(own, turn.role, ({ past }) => ({ past: [...past, over].slice(-KEPT_PAST) }));
    },
  },
});

function changed(own: ThreadsSlice, role: string, how: (thread: Thread) => Partial<Thread>): ThreadsSlice {
  const thread = threadOf(own, role);
  return { ...own, [role]: { ...thread, ...how(thread) } };
}
