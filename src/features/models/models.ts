import type { AskResult } from "../../effects/ask/ask_effect.ts";
import type { Measure } from "../../prompt/prompt.ts";
import { defineFeature } from "../feature.ts";
import type { State } from "../state.ts";
import type { ModelRecord, ModelsSlice } from "./slice.ts";
import { isLetThink } from "./is_let_think.ts";
import { modelFacts } from "./facts.ts";
import { modelsTold } from "./told.ts";

/** Weight of the newest count in the calibration of a model. */
const SMOOTHING = 0.3;

/** What was found out about models in this run: how they are shown tools, what they hold, and how many tokens their texts take. */
export const models = defineFeature<ModelsSlice>({
  name: "models",
  facts: modelFacts,
  tell: modelsTold,
  empty: {},
  on: {
    model_audited: (own, { host, model, finding, reason, digest, version }) =>
      onHost(own, model, host, { audit: { finding, reason, digest, version } }),
    prompt_doubted(own, { host, model, finding, holds, ratio, measure }) {
      const known = own[model]?.hosts[host]?.doubt?.holds ?? null;
      // A refusal that only corrects the estimate takes nothing back that was found before.
      const doubted = finding === "refused" && holds === null
        ? own
        : onHost(own, model, host, { doubt: { finding, holds: holds ?? known } });
      return ratio === null ? doubted : calibrated(doubted, model, measure ?? "tokens", clamp(ratio));
    },
    effect_finished(before, { key, result }, state) {
      if (result.kind !== "ask") return before;
      const { model, host, promptTokens, estimated, measure = "tokens" } = result;
      const own = thought(result) ? onHost(before, model, host, thinking(key, state)) : before;
      if (promptTokens === null) return own;
      const holding = holdingMore(own, model, host, promptTokens);
      if (estimated === 0) return holding;
      const known = own[model]?.ratios[measure];
      return calibrated(holding, model, measure, smoothed(known, (known ?? 1) * promptTokens / estimated));
    },
  },
});

/** Whether a reply came with thinking, in a field of its own or at the beginning of its text. */
function thought({ thinking, text }: AskResult): boolean {
  return thinking !== undefined || /^\s{0,20}<think(ing)?>/.test(text.text);
}

/** What a reply with thinking tells of its model. */
function thinking(key: string, state: State): ModelRecord["hosts"][string] {
  const effect = state.effects.open[key]?.effect;
  const isUnasked = effect?.kind === "ask" && !isLetThink(effect, state);
  return { thinks: true, ...(isUnasked ? { thinksUnasked: true } : {}) };
}

function recordOf(own: ModelsSlice, model: string): ModelRecord {
  return own[model] ?? { ratios: {}, hosts: {} };
}

function onHost(own: ModelsSlice, model: string, host: string, found: ModelRecord["hosts"][string]): ModelsSlice {
  const record = recordOf(own, model);
  return { ...own, [model]: { ...record, hosts: { ...record.hosts, [host]: { ...record.hosts[host], ...found } } } };
}

function calibrated(own: ModelsSlice, model: string, measure: Measure, ratio: number): ModelsSlice {
  const record = recordOf(own, model);
  return { ...own, [model]: { ...record, ratios: { ...record.ratios, [measure]: ratio } } };
}

/** What a model was found to hold, raised to what a later count proves. */
function holdingMore(own: ModelsSlice, model: string, host: string, promptTokens: number): ModelsSlice {
  const doubt = own[model]?.hosts[host]?.doubt;
  if (doubt === undefined || doubt.holds === null || promptTokens <= doubt.holds) return own;
  return onHost(own, model, host, { doubt: { ...doubt, holds: promptTokens } });
}

/** One prompt moves the calibration by a part of the way: numbers and logs take other shares of tokens than code and prose. */
function smoothed(before: number | undefined, counted: number): number {
  return clamp(before === undefined ? counted : before + (counted - before) * SMOOTHING);
}

/** A ratio far from 1 is a miscount, not a tokenizer. */
function clamp(ratio: number): number {
  return Math.min(3, Math.max(0.3, ratio));
}
