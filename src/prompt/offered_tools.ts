import { filesOf } from "../features/files/files_of.ts";
import { namesToAdd } from "../features/scope/missing_names.ts";
import { mayWrite } from "../features/turns/may_write.ts";
import type { Turn } from "../features/turns/slice.ts";
import type { ToolDeclaration } from "../kernel/call.ts";
import type { Registry } from "../features/registry.ts";
import { roleOfSeat } from "../features/seats/seat.ts";
import { stepOf, taskOf } from "../features/attempts/strategy_of.ts";
import type { State } from "../features/state.ts";
import { casesPlaceOf } from "../features/criteria/cases_place.ts";
import { relevantTools } from "./relevant_tools.ts";

/**
 * Finds the tools of a turn's ask: those that the turn is told of, always the same, and those that are legal now.
 *
 * @param names names of the legal ones
 */
export function offeredTools(
  state: State,
  registry: Registry,
  turn: Turn,
  names: readonly string[],
  variant: "small" | "large",
): { declared: ToolDeclaration[]; legal: ToolDeclaration[] } {
  const declared = relevantTools(state, registry, turn, variant);
  const allowed = declared.filter((tool) => names.includes(tool.name));
  const legal = allowed.length === 0 ? declared : allowed;
  return { declared, legal: legal.map((tool) => narrow(tool, state, registry, turn, variant)) };
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
  const { edits, talks } = registry.tools[tool.name]?.traits ?? {};
  // A tool that talks names whom it talks to in its first argument.
  const role = talks === undefined ? undefined : Object.keys(properties ?? {})[0];
  const colleagues = (registry.roles[turn.role]?.mayAsk ?? []).filter((one) => one !== roleOfSeat(turn.role));
  if (role !== undefined && properties?.[role] !== undefined && colleagues.length > 0) {
    const choice = { ...properties[role], enum: colleagues };
    return { ...tool, parameters: { ...tool.parameters, properties: { ...properties, [role]: choice } } };
  }
  if (properties?.path === undefined || properties.path.type !== "string") return tool;
  if (edits === "function") {
    const definitions = stepOf(state, registry, turn).pieces;
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
  if (edits === "cases") {
    const task = taskOf(state, turn);
    const place = task === null ? null : casesPlaceOf(state, registry, task);
    if (place === null) return tool;
    const fixed = Object.entries(place).map(([name, value]) => [name, { ...properties[name], enum: [value] }] as const);
    return { ...tool, parameters: { ...tool.parameters, properties: { ...properties, ...Object.fromEntries(fixed) } } };
  }
  if (edits === "addition") {
    return variant === "large" ? tool : added(tool, properties, namesToAdd(state, registry, turn));
  }
  if (edits !== "file" && edits !== "piece" && edits !== "lines") return tool;
  const written = Object.entries(filesOf(state, turn.attempt)).filter(([, file]) => file.current !== null).map((
    [path],
  ) => path);
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

/** What is to be added is a choice where the task says its name: a small model names what is there, again and again. */
function added(
  tool: ToolDeclaration,
  properties: Readonly<Record<string, object>>,
  names: readonly string[],
): ToolDeclaration {
  if (names.length === 0) return tool;
  const choice = { ...properties.function, enum: names };
  return { ...tool, parameters: { ...tool.parameters, properties: { ...properties, function: choice } } };
}
