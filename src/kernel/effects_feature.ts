import { type AnyEffect, effectFacts, type EffectsSlice, NO_EFFECTS } from "./effects.ts";
import type { AnyFact } from "./fact.ts";
import type { AnyFeature } from "./feature.ts";
import { NOTHING } from "./owed.ts";
import type { KernelRegistry } from "./registry.ts";
import type { KernelState } from "./state.ts";

type Closing = AnyFact & { readonly key: string };

/**
 * Makes the feature that keeps what is open, and wants cancelled what nobody waits for any more: while such a one is open nothing else is
 * owed, since its write could still come.
 */
export function effectsFeature<
  S extends KernelState,
  R extends KernelRegistry<S, R, F, E>,
  F extends AnyFact,
  E extends AnyEffect,
>(): AnyFeature<
  S,
  R,
  F,
  E
> {
  const close = ({ open, count }: EffectsSlice, { key }: Closing): EffectsSlice => {
    const { [key]: _closed, ...rest } = open;
    return { open: rest, count };
  };
  return {
    name: "effects",
    facts: effectFacts,
    empty: NO_EFFECTS,
    on: {
      effect_opened: ({ open, count }: EffectsSlice, fact: { readonly effect: AnyEffect; readonly at: number }) => ({
        open: { ...open, [fact.effect.key]: { effect: fact.effect, openedAt: fact.at } },
        count: count + 1,
      }),
      effect_finished: close,
      effect_failed: close,
      effect_refused: close,
      effect_cancelled: close,
      effect_unknown: close,
    },
    due(state, registry) {
      const cancel = Object.values(state.effects.open)
        .filter(({ effect }) => registry.effects[effect.kind]?.orphan?.(state, registry, effect as never) === true)
        .map(({ effect }) => effect.key);
      return { ...NOTHING, cancel };
    },
  };
}
