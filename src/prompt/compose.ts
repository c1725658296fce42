import type { AskEffect } from "../effects/ask/ask_effect.ts";
import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import type { Prompt, PromptFrame } from "./prompt.ts";

/**
 * Composes the prompt of an ask: its kind knows what the model is shown.
 *
 * @param frame way, window and calibration of where it was placed
 * @throws where the registry knows no such kind: then the ask could not have been opened
 */
export function compose(state: State, registry: Registry, ask: AskEffect, frame: PromptFrame): Prompt {
  const kind = registry.asks[ask.purpose];
  if (kind === undefined) throw new Error(`The registry has no kind of ask "${ask.purpose}" to compose ${ask.key}.`);
  return kind.prompt(state, registry, ask, frame);
}
