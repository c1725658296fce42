import { granted } from "../../kernel/granted.ts";
import { changed, NOTHING_SPENT, type SpendingSlice } from "../../kernel/budget.ts";
import type { Limits } from "../../kernel/limits.ts";
import { type Closing, defineFeature, onFailure } from "../feature.ts";
import { roleOfSeat } from "../seats/seat.ts";
import type { State } from "../state.ts";
import { usedBy } from "./used_by.ts";
import { spendingFacts } from "./facts.ts";
import { spendingTold } from "./told.ts";

/** What a run and its roles may spend, have spent and have set aside: the one ledger of tokens. */
export const spending = defineFeature<SpendingSlice>({
  name: "spending",
  facts: spendingFacts,
  tell: spendingTold,
  empty: { limits: null, roleLimits: {}, run: NOTHING_SPENT, byRole: {} },
  on: {
    run_started: (own, { limits, roleLimits }) => ({ ...own, limits, roleLimits }),
    limits_raised: (own, { limits }) => own.limits === null ? own : { ...own, limits },
    effect_opened: (own, { effect }) =>
      effect.kind === "ask"
        ? changed(own, roleOfSeat(effect.role), { tokens: 0, reserved: effect.reserved, turns: 1 })
        : own,
    ask_placed(own, { key, thinking = 0 }, before) {
      const role = roleOf(before, key);
      const more = thinking - thinkingOf(before, key);
      return role === null || more === 0 ? own : changed(own, role, { tokens: 0, reserved: more, turns: 0 });
    },
    effect_finished: settled,
    ...onFailure<SpendingSlice>(settled),
    prompt_doubted: (own, { key, tokens }, before) => changed(own, roleOf(before, key), spent(tokens)),
    way_refused: (own, { key, tokens }, before) => changed(own, roleOf(before, key), spent(tokens)),
    model_probed: (own, { tokens }) => changed(own, null, spent(tokens)),
  },
  wishes: {
    raise: (_state: State, { tokens, turns, wallMs }: Limits) =>
      granted({ type: "limits_raised", limits: { tokens, turns, wallMs } }),
  },
});

function spent(tokens: number) {
  return { tokens, reserved: 0, turns: 0 };
}

function roleOf(before: State, key: string): string | null {
  const effect = before.effects.open[key]?.effect;
  return effect?.kind === "ask" ? roleOfSeat(effect.role) : null;
}

/** Tokens that an open ask set aside for thinking when it was placed. */
function thinkingOf(before: State, key: string): number {
  return before.placements[key]?.thinking ?? 0;
}

/** Gives back what an ask reserved and books what it used. */
function settled(own: SpendingSlice, fact: Closing, before: State): SpendingSlice {
  const effect = before.effects.open[fact.key]?.effect;
  if (effect?.kind !== "ask") return own;
  const reserved = effect.reserved + thinkingOf(before, fact.key);
  return changed(own, roleOfSeat(effect.role), { tokens: usedBy(fact, before), reserved: -reserved, turns: 0 });
}
