import { defineFeature, isCutShort, onFailure } from "../../features/feature.ts";
import type { State } from "../../features/state.ts";
import type { InterpreterSlice } from "./slice.ts";
import { interpreterFacts } from "./facts.ts";
import { interpreterTold } from "./told.ts";

/** Where the interpreter is, and how well it reads. */
export const interpreter = defineFeature<InterpreterSlice>({
  name: "interpreter",
  facts: interpreterFacts,
  tell: interpreterTold,
  empty: null,
  on: {
    interpreter_changed: (_own, { host, model }) => host === null || model === null ? null : { host, model, misses: 0 },
    effect_finished: (own, { key, result }, before) =>
      result.kind === "ask" && isInterpretation(key, before) ? read(own, result.calls.length > 0) : own,
    ...onFailure<InterpreterSlice>((own, fact, before) =>
      isInterpretation(fact.key, before) && !isCutShort(fact) ? read(own, false) : own
    ),
  },
});

function isInterpretation(key: string, before: State): boolean {
  const effect = before.effects.open[key]?.effect;
  return effect?.kind === "ask" && effect.purpose === "interpret";
}

function read(own: InterpreterSlice, well: boolean): InterpreterSlice {
  return own === null ? null : { ...own, misses: well ? 0 : own.misses + 1 };
}
