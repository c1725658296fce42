import { allDecisions, legalDecisions } from "../features/decisions/arbiter.ts";
import type { ToolDeclaration } from "../kernel/call.ts";
import type { AskEffect } from "../effects/effect.ts";
import { mayWrite } from "../strategies/may_write.ts";
import type { Registry } from "../features/registry.ts";
import { reviewDecisions } from "../asks/review_decisions.ts";
import { piecesFor } from "../strategies/attempt_scope.ts";
import type { State, Turn } from "../features/state.ts";
import { relevantTools } from "./relevant_tools.ts";

/**
 * Finds the tools of an ask: those that its thread is told of, always the same, and those that are legal now.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param ask the ask
 * @param turn its turn; null for the arbiter
 * @param variant form that the model's size asks for
 * @returns declarations in their fixed order
 */
export function offeredTools(
  state: State,
  registry: Registry,
  ask: AskEffect,
  turn: Turn | null,
  variant: "small" | "large",
): { declared: ToolDeclaration[]; legal: ToolDeclaration[] } {
  if (ask.purpose === "review") {
    const declared = reviewDecisions(registry);
    return { declared, legal: declared };
  }
  if (turn === null) {
    const declared = allDecisions(registry);
    return { declared, legal: legalDecisions(state, registry).filter((tool) => ask.legal.includes(tool.name)) };
  }
  const declared = relevantTools(state, registry, turn, variant);
  if (ask.purpose === "text") return { declared, legal: [] };
  const allowed = declared.filter((tool) => ask.legal.includes(tool.name));
  return {
    declared,
    legal: (allowed.length === 0 ? declared : allowed).map((tool) => narrow(tool, state, registry, turn, variant)),
  };
}

/** Files among which a choice is offered: a longer list is a grammar that costs more than it helps. */
const MOST_CHOICES = 60;

/** Arguments that name a file become a choice where the run knows the files: a small model cannot misspell what it chooses. */
function narrow(
  tool: ToolDeclaration,
  state: State,
  registry: Registry,
  turn: Turn,
  variant: "small" | "large",
): ToolDeclaration {
  const files = turn.prepared?.files ?? [];
  const properties = tool.parameters.properties as
    | Readonly<Record<string, { readonly type?: unknown; readonly description?: string }>>
    | undefined;
  const role = { ask_specialist: "role", send_message: "to" }[tool.name];
  const colleagues = (registry.roles[turn.role]?.mayAsk ?? []).filter((one) => one !== turn.role);
  if (role !== undefined && properties?.[role] !== undefined && colleagues.length > 0) {
    const choice = { ...properties[role], enum: colleagues };
    return { ...tool, parameters: { ...tool.parameters, properties: { ...properties, [role]: choice } } };
  }
  if (properties?.path === undefined || properties.path.type !== "string") return tool;
  if (tool.name === "rewrite_function") {
    const definitions = piecesFor(state, turn);
    const names = [...new Set(Object.values(definitions).flat())];
    if (names.length === 0 || names.length > 120) return tool;
    return {
      ...tool,
      parameters: {
        ...tool.parameters,
        properties: {
          ...properties,
          path: { ...properties.path, enum: Object.keys(definitions) },
          function: { ...properties.function, enum: names },
        },
      },
    };
  }
  if (tool.name !== "rewrite_file" && tool.name !== "edit_file" && tool.name !== "rewrite_lines") return tool;
  const written = Object.entries(state.files).filter(([, file]) => file.current !== null).map(([path]) => path);
  const all = [...new Set([...files, ...written])].filter((path) => path.length < 200);
  if (all.length > MOST_CHOICES) return tool;
  // A small model that may choose what judges its work, or is no document, chooses it, again and again.
  const choice = variant === "large" ? all : all.filter((path) => mayWrite(state, registry, turn, tool.name, path));
  if (choice.length === 0) return tool;
  return {
    ...tool,
    parameters: { ...tool.parameters, properties: { ...properties, path: { ...properties.path, enum: choice } } },
  };
}
