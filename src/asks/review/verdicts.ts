import { defineFeature, onFailure } from "../../features/feature.ts";
import type { Call } from "../../kernel/call.ts";
import type { VerdictsSlice } from "./slice.ts";
import type { State } from "../../features/state.ts";

/** The arbiter's verdicts on messages under review, until the run acts on them. */
export const verdicts = defineFeature<VerdictsSlice>({
  name: "verdicts",
  empty: {},
  on: {
    effect_finished: (own, { key, result }, before) =>
      result.kind === "ask" ? given(own, key, before, result.calls[0] ?? null) : own,
    ...onFailure<VerdictsSlice>((own, { key }, before) => given(own, key, before, null)),
    message_reviewed(own, { id }) {
      if (!Object.hasOwn(own, id)) return own;
      const { [id]: _acted, ...rest } = own;
      return rest;
    },
  },
});

function given(own: VerdictsSlice, key: string, before: State, verdict: Call | null): VerdictsSlice {
  const effect = before.effects.open[key]?.effect;
  if (effect?.kind !== "ask" || effect.purpose !== "review") return own;
  return { ...own, [effect.message ?? ""]: verdict };
}
