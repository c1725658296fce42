import type { AskEffect } from "../effects/ask/ask_effect.ts";
import { missingNames } from "../features/scope/missing_names.ts";
import { taskOf } from "../features/attempts/strategy_of.ts";
import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import type { Turn } from "../features/turns/slice.ts";
import type { ToolDeclaration } from "../kernel/call.ts";
import { shownDeclarations } from "./declared.ts";
import { exampleReply } from "./example.ts";
import type { PromptFrame } from "./prompt.ts";
import { promptText, rolePromptText } from "./prompt_text.ts";
import type { Section } from "./section.ts";
import { skillsText } from "./skills_text.ts";
import { say } from "../sentences/say.ts";

/** What the system message of an ask is made of. */
export interface SystemParts {
  readonly ask: AskEffect;
  /** File in `prompts/` with the rules of the turn, such as `work.md`; null where there are none. */
  readonly rules: string | null;
  /** Tools of which the call is shown as an example: the first that is declared. */
  readonly examples: readonly string[];
  readonly declared: readonly ToolDeclaration[];
  readonly variant: "small" | "large";
  /** Values for an example. */
  readonly known: Readonly<Record<string, unknown>>;
}

/** Role, rules of the turn, tools and an example: pinned, and the same for all asks of a turn. */
export function systemSections(state: State, registry: Registry, frame: PromptFrame, parts: SystemParts): Section[] {
  const { ask, rules, examples, declared, variant, known } = parts;
  const sections: Section[] = [
    { name: "role", priority: 0, pieces: [rolePromptText(state, registry, ask.role, variant)] },
    {
      name: "rules of the turn",
      priority: 0,
      pieces: [rules === null ? "" : promptText(state, registry, rules, ask.role, variant)],
    },
  ];
  if (registry.skills !== undefined && declared.some(({ name }) => name === registry.skills?.tool)) {
    sections.push({ name: "skills", priority: 0, pieces: [skillsText(registry, registry.skills)] });
  }
  if (frame.way !== "native" && declared.length > 0) {
    sections.push({
      name: "tools",
      priority: 0,
      pieces: [frame.declare(shownDeclarations(declared), frame.way, registry)],
    });
    const example = examples.flatMap((name) => declared.find((tool) => tool.name === name) ?? [])[0];
    if (variant === "small" && example !== undefined) {
      const call = exampleReply(example, frame.way, registry, known);
      sections.push({ name: "example", priority: 0, pieces: [say(registry, "turn.example", { call })] });
    }
  }
  return sections.filter(({ pieces }) => pieces.some((piece) => piece !== ""));
}

/** Values for examples: the file that the turn is about, and the function that it is to add, or that it has where it has only one. Small models copy what they see. */
export function knownValues(state: State, registry: Registry, turn: Turn | null): Readonly<Record<string, unknown>> {
  if (turn === null) return {};
  const path = taskOf(state, turn)?.target ?? turn.prepared?.texts[0]?.path;
  if (path === undefined) return {};
  const [missing] = missingNames(state, registry, turn);
  if (missing !== undefined) return { path, function: missing };
  const functions = turn.prepared?.definitions?.[path] ?? [];
  return { path, ...(functions.length === 1 ? { function: functions[0] } : {}) };
}
