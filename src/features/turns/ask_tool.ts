import type { AskEffect } from "../../effects/ask/ask_effect.ts";
import type { ToolEffect } from "../../effects/tool/tool_effect.ts";
import { reserve, windowOf } from "../../prompt/reserve.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { ToolAsk } from "../tool_ask.ts";
import type { Turn } from "./slice.ts";

/** Most tokens of the answer. */
const ANSWER = 1200;
/** Temperature of a model that plays no role. */
const TEMPERATURE = 0.3;

/**
 * The ask that a call of a tool is: of a role, or of a model of its own, whose asks are counted under the tool's name. It has no tools, so
 * that no call leads to another.
 */
export function askTool(state: State, registry: Registry, turn: Turn, call: ToolEffect, asks: ToolAsk): AskEffect {
  const { name } = call.call;
  const role = asks.role ?? name;
  return reserve(state, registry, {
    kind: "ask",
    key: `${call.key}.model`,
    role,
    turn: turn.id,
    purpose: asks.answers === null ? "tool_text" : "tool_fields",
    tool: name,
    legal: [],
    temperature: registry.roles[role]?.temperature ?? TEMPERATURE,
    seed: turn.seed + turn.asks,
    answerLimit: Math.min(ANSWER, Math.floor(windowOf(registry, role) / 4)),
    reserved: 0,
  });
}
