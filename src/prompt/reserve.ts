import type { AskEffect } from "../effects/ask/ask_effect.ts";
import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { modelOf } from "../features/threads/model_size.ts";
import { estimateTokens } from "../kernel/text.ts";

/** Window of a role that the registry does not know, in tokens. */
const WINDOW = 8192;
/** Tokens beside what is counted: templates, titles of sections, notes of what was left out. */
const BESIDE = 100;

/**
 * Sets aside the tokens of an ask: its prompt, by the characters that go into it, and the most that its answer may take. Nothing is
 * composed for it, so that looking at what is due stays cheap.
 *
 * @param ask the ask, with nothing reserved
 */
export function reserve(state: State, registry: Registry, ask: AskEffect): AskEffect {
  const window = windowOf(registry, ask.role);
  const chars = registry.asks[ask.purpose]?.chars?.(state, registry, ask);
  if (chars === undefined) return { ...ask, reserved: window };
  const ratio = state.models[modelOf(state, registry, ask.role)]?.ratios.characters ?? 1;
  return { ...ask, reserved: Math.min(window, estimateTokens(chars, ratio) + BESIDE + ask.answerLimit) };
}

/** The context window of a role, in tokens. */
export function windowOf(registry: Registry, role: string): number {
  return registry.roles[role]?.window ?? WINDOW;
}
