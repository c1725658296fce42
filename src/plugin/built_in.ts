import { ASKS } from "../asks/asks.ts";
import { DECISIONS } from "../decisions/decisions.ts";
import type { EffectKind } from "../effects/effect_kind.ts";
import { EFFECTS } from "../effects/effects.ts";
import { FEATURES } from "../features/features.ts";
import { factParser } from "../features/fact_parser.ts";
import type { Kinds } from "../features/registry.ts";
import { LANGUAGES } from "../languages/languages.ts";
import { PHASES } from "../phases/phases.ts";
import { STRATEGIES } from "../strategies/strategies.ts";

/** All kinds that come with Autonomy: what can happen in a run. */
export const BUILT_IN: Kinds<EffectKind> = {
  features: FEATURES,
  effects: EFFECTS,
  asks: ASKS,
  decisions: DECISIONS,
  phases: PHASES,
  strategies: STRATEGIES,
  languages: LANGUAGES,
};

/** Reads facts of the kinds that come with Autonomy. */
export const { validate: parseFact, unknownIn } = factParser(BUILT_IN);
