import type { EffectKind, Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import type { OverBudget } from "../kernel/budget.ts";
import { AskEffect, AskResult } from "./ask/ask_effect.ts";
import { CheckEffect, CheckRound } from "./check/check_effect.ts";
import { PrepareEffect, PrepareResult } from "./prepare/prepare_effect.ts";
import { TakeBackEffect, TakenBack } from "./take_back/take_back_effect.ts";
import { ToolCallResult, ToolEffect } from "./tool/tool_effect.ts";

const orphan = (state: State, _registry: Registry, effect: PrepareEffect | ToolEffect) =>
  state.turns.open[effect.turn] === undefined;

/** The kinds of effects that come with Autonomy, as far as what is owed depends on them. */
export const EFFECTS: Readonly<Record<string, EffectKind>> = {
  ask: {
    schema: AskEffect,
    result: AskResult,
    cost: ({ role, reserved }: AskEffect) => ({ role, reserved }),
    orphan: (state: State, registry: Registry, ask: AskEffect) =>
      registry.asks[ask.purpose]?.orphan?.(state, ask) === true,
    denied: (state: State, registry: Registry, ask: AskEffect, over: OverBudget, alone: boolean) => {
      const kind = registry.asks[ask.purpose];
      if (kind?.isExtra !== true && over.whose === "run") {
        return alone ? [{ type: "run_ended", kind: "budget", cause: over.text }] : [];
      }
      return kind?.denied?.(state, registry, ask, over) ?? [];
    },
  },
  prepare: { schema: PrepareEffect, result: PrepareResult, orphan },
  tool: { schema: ToolEffect, result: ToolCallResult, orphan },
  check: { schema: CheckEffect, result: CheckRound },
  take_back: { schema: TakeBackEffect, result: TakenBack },
};
