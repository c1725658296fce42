import type { AskEffect } from "../effects/effect.ts";
import { modelOf, sizeOf } from "../features/threads/model_size.ts";
import { compose } from "./compose.ts";
import type { Prompt, PromptFrame } from "./prompt.ts";
import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";

/** Window of a role that the registry does not know, in tokens. */
const WINDOW = 8192;

/**
 * Sets aside the tokens of an ask: its prompt as it would be sent now, and the most that its answer may take.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param ask the ask, with nothing reserved
 * @returns the ask with its reserve
 */
export function reserve(state: State, registry: Registry, ask: AskEffect): AskEffect {
  return reserveFor(registry, ask, expectedPrompt(state, registry, ask));
}

/**
 * Sets aside the tokens of an ask whose prompt is composed.
 *
 * @param registry what the crew offers
 * @param ask the ask, with nothing reserved
 * @param prompt its prompt
 * @returns the ask with its reserve
 */
export function reserveFor(registry: Registry, ask: AskEffect, prompt: Prompt): AskEffect {
  return { ...ask, reserved: Math.min(windowOf(registry, ask.role), prompt.estimate + ask.answerLimit) };
}

/**
 * Composes the prompt of an ask as it would be sent now, as far as that is known before the ask is placed.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param ask the ask
 * @param bounds what is known to hold less than the role's window, in tokens
 * @returns the prompt
 */
export function expectedPrompt(
  state: State,
  registry: Registry,
  ask: AskEffect,
  bounds: Partial<Pick<PromptFrame, "window" | "most">> = {},
): Prompt {
  const model = modelOf(state, registry, ask.role);
  return compose(state, registry, ask, {
    way: "constrained",
    window: windowOf(registry, ask.role),
    ratio: state.ratios[model]?.characters ?? 1,
    billions: sizeOf(state, registry, ask.role),
    declare: (tools) => JSON.stringify(tools),
    ...bounds,
  });
}

/**
 * Gives the context window of a role.
 *
 * @param registry what the crew offers
 * @param role its name
 * @returns tokens
 */
export function windowOf(registry: Registry, role: string): number {
  return registry.roles[role]?.window ?? WINDOW;
}
