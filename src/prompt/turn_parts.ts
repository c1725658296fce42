import { summaryOf } from "../asks/summarise/slice.ts";
import type { AskEffect } from "../effects/ask/ask_effect.ts";
import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import type { Turn } from "../features/turns/slice.ts";
import { complexityOf } from "./complexity.ts";
import type { Parts } from "./lay_out.ts";
import { offeredTools } from "./offered_tools.ts";
import type { PromptFrame } from "./prompt.ts";
import { knownValues, systemSections } from "./system_sections.ts";
import { turnBrief } from "./turn_brief.ts";

/** The parts of a prompt that every ask of a turn shares, all but its last words; and values that examples may use. */
export function turnParts(
  state: State,
  registry: Registry,
  ask: AskEffect,
  turn: Turn,
  frame: PromptFrame,
  variant: "small" | "large",
): Omit<Parts, "tail"> & { readonly known: Readonly<Record<string, unknown>> } {
  const complexity = complexityOf(state, turn);
  const { declared, legal } = offeredTools(state, registry, turn, ask.legal, variant);
  const known = knownValues(state, registry, turn);
  const rules = `${turn.purpose}.md`;
  const examples = registry.prompts[rules]?.examples ?? [];
  return {
    system: systemSections(state, registry, frame, { ask, rules, examples, declared, variant, known }),
    brief: turnBrief(state, turn, complexity, registry),
    exchange: turn.exchange,
    summary: summaryOf(state, turn.id).summary,
    declared,
    legal,
    complexity,
    variant,
    known,
  };
}
