import type { JsonSchema, ToolDeclaration } from "../../kernel/call.ts";
import type { Registry } from "../registry.ts";
import type { State } from "../state.ts";
import type { Turn } from "./slice.ts";

/** The call that ends a turn, and the form that its role answers in. */
export interface WantedFields {
  readonly tool: string;
  /** Schema of the fields. */
  readonly answers: JsonSchema;
}

/**
 * Says in which form a turn is to be answered: with fields, where its role has a form and a model asked. A person is answered in words.
 *
 * @returns null where it is answered as its closing tool says
 */
export function answersOf(state: State, registry: Registry, turn: Turn): WantedFields | null {
  const answers = registry.roles[turn.role]?.answers;
  if (answers === undefined || turn.purpose !== "consult" && turn.purpose !== "reply") return null;
  if (state.messages.list.find(({ id }) => id === turn.message)?.from === "person") return null;
  const tool = turn.tools.find((name) => registry.tools[name]?.traits?.closes?.includes(turn.purpose) === true);
  return tool === undefined ? null : { tool, answers };
}

/** Declarations with the fields of a form in the place of their own arguments, by form and tool. */
const composed = new WeakMap<JsonSchema, Map<string, ToolDeclaration>>();

/**
 * A tool as a turn is told of it: the one that ends it takes the fields of the role's answer.
 *
 * @param name name of the tool
 * @returns null where there is no such tool
 */
export function declarationIn(state: State, registry: Registry, turn: Turn, name: string): ToolDeclaration | null {
  const declaration = registry.tools[name]?.declaration ?? null;
  const wanted = answersOf(state, registry, turn);
  if (declaration === null || wanted?.tool !== name) return declaration;
  const { answers } = wanted;
  const known = composed.get(answers) ?? new Map<string, ToolDeclaration>();
  composed.set(answers, known);
  const { describes } = declaration;
  const told = known.get(name) ?? { name, describes, parameters: answers };
  known.set(name, told);
  return told;
}
