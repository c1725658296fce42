import { apply } from "./apply/apply.ts";
import { ask } from "./ask/ask.ts";
import { byHand } from "./by_hand/by_hand.ts";
import { check } from "./check/check.ts";
import type { Effect } from "./effect.ts";
import type { EffectKind } from "./effect_kind.ts";
import { flip } from "./flip/flip.ts";
import { launch } from "./launch/launch.ts";
import { later } from "./later/later.ts";
import { prepare } from "./prepare/prepare.ts";
import { prove } from "./prove/prove.ts";
import { preview } from "./preview/preview.ts";
import { rule } from "./rule/rule.ts";
import { setup } from "./setup/setup.ts";
import { takeBack } from "./take_back/take_back.ts";
import { tool } from "./tool/tool.ts";

/** The kinds of effects that come with Autonomy, by the word that facts name them by. */
export const EFFECTS = {
  ask,
  prepare,
  preview,
  rule,
  tool,
  check,
  flip,
  take_back: takeBack,
  prove,
  apply,
  later,
  setup,
  launch,
  by_hand: byHand,
} satisfies Record<
  Effect["kind"],
  EffectKind
>;
