import { legalDecisions } from "../features/decisions/arbiter.ts";
import type { JsonSchema, ToolDeclaration } from "../kernel/call.ts";
import { type Due, effects, facts } from "../kernel/due.ts";
import type { AskEffect } from "../effects/effect.ts";
import type { Meant } from "../features/fact.ts";
import { meterOf } from "../prompt/meter.ts";
import type { Prompt, PromptFrame, PromptMessage } from "../prompt/prompt.ts";
import { INTERPRETER, type RegisteredTool, type Registry } from "../features/registry.ts";
import { reserve } from "../prompt/reserve.ts";
import type { State, Unread } from "../features/state.ts";

/** Replies in a row that the interpreter could not read before it is passed over. */
const MISSES = 3;
/** Most tools that the interpreter is given: a model of 270M parameters chooses well among few. */
const FEW = 4;
/** Most tokens of its answer: one call with short values (ollama.md §7.1). */
const ANSWER_LIMIT = 200;
/** What it is told: one short instruction, since it was trained for single turns. */
const INSTRUCTION = "Call the one function that this message asks for, with the values that stand in the message:";

/** Whose reply is to be interpreted. */
export interface Asker {
  readonly role: string;
  /** Its turn; null for the arbiter. */
  readonly turn: string | null;
}

/**
 * Says what is owed to a reply that plausibly means a call and could not be read: an ask of the interpreter, or the reason why
 * there is none. Each reply is interpreted at most once, and nothing that the interpreter itself says ever is.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param unread the reply
 * @param asker whose it is
 * @returns the ask, or the fact that it is passed over
 */
export function dueInterpretation(state: State, registry: Registry, unread: Unread, asker: Asker): Due {
  const reason = passedOver(state, registry, unread, asker);
  if (reason !== null) {
    return facts({ type: "interpretation_skipped", turn: asker.turn, ask: unread.ask, reason });
  }
  return effects(reserve(state, registry, {
    kind: "ask",
    key: `${asker.turn ?? `d${state.decisionCount + 1}`}.interpret${state.effectCount}`,
    role: INTERPRETER,
    turn: asker.turn,
    purpose: "interpret",
    interprets: unread.ask,
    legal: toolsFor(state, registry, unread, asker.turn).map((tool) => tool.name),
    temperature: 0,
    seed: 1,
    answerLimit: ANSWER_LIMIT,
    reserved: 0,
  }));
}

/** Why the interpreter is not asked; null when it is. */
function passedOver(state: State, registry: Registry, unread: Unread, asker: Asker): string | null {
  const interpreter = state.interpreter;
  if (asker.role === INTERPRETER) return "The interpreter's own replies are not interpreted.";
  if (registry.roles[INTERPRETER] === undefined || interpreter === null) {
    return "No host has a model for the interpreter.";
  }
  if (interpreter.model === unread.model) return `${unread.model} wrote the reply itself.`;
  if (interpreter.misses >= MISSES) return `The interpreter could not read the last ${interpreter.misses} replies.`;
  if (toolsFor(state, registry, unread, asker.turn).length === 0) {
    return `${unread.meant.tools.join(", ")}: not legal now, or with arguments that the interpreter cannot write.`;
  }
  return null;
}

/** The tools that a reply may mean, as the interpreter is told of them: few, flat, with nothing that its template would lose. */
function toolsFor(state: State, registry: Registry, unread: Unread, turn: string | null): ToolDeclaration[] {
  const legal = turn === null
    ? legalDecisions(state, registry)
    : unread.legal.flatMap((name) => registry.tools[name]?.declaration ?? []);
  return unread.meant.tools.flatMap((name) => {
    const tool = legal.find((one) => one.name === name);
    const flat = tool === undefined ? null : flatDeclaration(tool);
    return flat === null ? [] : [flat];
  }).slice(0, FEW);
}

/**
 * Declares a tool for the interpreter. Ollama's template of FunctionGemma shows description and type of each argument and loses
 * enums, items and nested properties, and its parser loses a call with a line break in it (ollama.md §7.1): allowed values go into
 * the description, texts on one line, and an argument that comes as text after the call is left out.
 *
 * @param tool the tool as it is declared to other models
 * @returns the declaration; null where a required argument is an object or a list, which it cannot write
 */
export function flatDeclaration(tool: ToolDeclaration): ToolDeclaration | null {
  const required = (Array.isArray(tool.parameters.required) ? tool.parameters.required : []).map(String)
    .filter((name) => name !== tool.asText);
  const flat: Record<string, JsonSchema> = {};
  for (const [name, schema] of Object.entries(propertiesOf(tool.parameters))) {
    if (name === tool.asText) continue;
    if (isPlain(schema)) flat[name] = describedWith(schema);
    else if (required.includes(name)) return null;
  }
  if (required.length === 0) return null;
  return {
    name: tool.name,
    describes: oneLine(tool.describes),
    parameters: { type: "object", properties: flat, required },
  };
}

function propertiesOf(parameters: JsonSchema): Record<string, JsonSchema> {
  return (parameters.properties ?? {}) as Record<string, JsonSchema>;
}

function isPlain(schema: JsonSchema): boolean {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  return Array.isArray(schema.enum) || ["string", "integer", "number", "boolean"].includes(String(type));
}

function describedWith(schema: JsonSchema): JsonSchema {
  const text = typeof schema.description === "string" ? oneLine(schema.description) : "";
  if (!Array.isArray(schema.enum)) return { ...schema, description: text };
  return { ...schema, description: `${text}${text === "" ? "" : " "}One of: ${schema.enum.map(String).join(", ")}.` };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The reply that an ask interprets. */
export function interpreted(state: State, ask: AskEffect): Unread | null {
  const unread = ask.turn === null ? state.arbiter.unread : state.turns[ask.turn]?.unread ?? null;
  return unread?.ask === ask.interprets ? unread : null;
}

/**
 * Composes the prompt of the interpreter: its system prompt, one instruction and the message on one line.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param ask the ask, of purpose `interpret`
 * @param frame way, window and calibration of where it was placed
 * @returns the prompt
 */
export function composeInterpretation(state: State, registry: Registry, ask: AskEffect, frame: PromptFrame): Prompt {
  const unread = interpreted(state, ask);
  const tools = unread === null ? [] : toolsFor(state, registry, unread, ask.turn);
  const system = (registry.prompts[registry.roles[INTERPRETER]?.prompt ?? ""]?.text ?? "").trim();
  const declared = frame.way === "native" || tools.length === 0 ? "" : `\n\n${frame.declare(tools, frame.way)}`;
  const messages: PromptMessage[] = [
    { role: "system", pieces: [`${system}${declared}`] },
    { role: "user", pieces: [`${INSTRUCTION} ${unread?.meant.excerpt ?? ""}`] },
  ];
  const meter = meterOf(frame);
  const shown = frame.way === "native" && tools.length > 0 ? meter.pieces([JSON.stringify(tools)]) : 0;
  const estimate = meter.messages(messages) + shown;
  return {
    messages,
    declared: tools,
    legal: tools,
    estimate,
    leftOut: [],
    compacted: 0,
    overflow: estimate + ask.answerLimit > frame.window,
    sections: messages.map((message) => ({
      name: message.role === "system" ? "role" : "message",
      tokens: meter.messages([message]),
      priority: 0,
      cut: false,
    })),
    complexity: 1,
    variant: "small",
  };
}

/**
 * Says why a call that the interpreter read may not stand: a value that the message does not hold whole, or a tool that concludes
 * something and is not called by its name there. What it says about a reply is never more than the reply says.
 *
 * @param call the call, fitted to its tool
 * @param tool the tool as the interpreter was told of it
 * @param access what the call may do; all but reading wants its values marked off from the words around them
 * @param meant the message
 * @returns a sentence, or null when the call stands
 */
export function inventedIn(
  call: { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> },
  tool: ToolDeclaration,
  access: RegisteredTool["access"],
  meant: Meant,
): string | null {
  if (access === "concludes" && !isCalledIn(meant.excerpt, call.name)) {
    return `The reply does not call ${call.name}, so it is not called for it.`;
  }
  const text = plain(meant.excerpt);
  for (const name of (tool.parameters.required ?? []) as readonly string[]) {
    const leaves = leavesOf(call.arguments[name]);
    const lacks = leaves.find((leaf) => !holds(text, leaf, access !== "reads"));
    if (lacks !== undefined || leaves.length === 0) {
      return `The reply does not hold ${JSON.stringify(lacks ?? "")}, which was read as "${name}" of ${call.name}.`;
    }
  }
  return null;
}

/** Drops the optional arguments whose values the message does not hold. */
export function heldArguments(
  args: Readonly<Record<string, unknown>>,
  tool: ToolDeclaration,
  meant: Meant,
): Record<string, unknown> {
  const text = plain(meant.excerpt);
  const required = (tool.parameters.required ?? []) as readonly string[];
  return Object.fromEntries(
    Object.entries(args).filter(([name, value]) =>
      required.includes(name) || leavesOf(value).every((leaf) => holds(text, leaf, false))
    ),
  );
}

/** Whether a text holds a call of a tool by its name, in any of the forms in which models write calls, and no negation before it. */
function isCalledIn(text: string, name: string): boolean {
  const written = name.replace(/[^a-z0-9]/gi, "[_ -]?");
  const called = new RegExp(`(?:["'=:<]\\s*${written}\\b|\\b${written}\\s*[({\\[])`, "i").exec(text);
  if (called === null) return false;
  const before = text.slice(0, called.index).split(/[.!?;]\s/).at(-1) ?? "";
  return !/\b(?:not|never|n't|cannot|can't|don't|won't|without|instead of|before|unless|until)\b/i.test(before);
}

function leavesOf(value: unknown): readonly (string | number | boolean)[] {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(leavesOf);
}

/** A text in lower case, escapes and white space made plain. */
function plain(text: string): string {
  return text.toLowerCase().replace(/\\[nrt]/g, " ").replace(/\\(.)/g, "$1").replace(/\s+/g, " ").trim();
}

/** Signs that mean something in an expression: with the flag `u` escaping any other one is an error of syntax. */
const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;
/** A word that can only be a path. */
const PATH = /^[\w@.~-]*[/.][\w@./~-]+$/;

/**
 * Whether a value stands in a text whole: one word between words, several only between marks, so that `npm test` is not taken out of
 * `npm test --watch`. Where it matters one word has to stand between marks too, unless it is a path.
 */
function holds(text: string, leaf: string | number | boolean, strict: boolean): boolean {
  const wanted = plain(String(leaf));
  if (wanted === "") return false;
  const marked = wanted.includes(" ") || strict && typeof leaf === "string" && !PATH.test(wanted);
  const before = marked ? "(?:^|[\"'`<>(){}\\[\\],;:=|.!?]\\s*)" : "(?:^|[\\s\"'`([{<>=:,|])";
  const after = marked
    ? "(?:$|\\.?\\s*[\"'`<>(){}\\[\\],;:=|!?]|\\.(?:\\s|$))"
    : "(?:$|[\\s\"'`)\\]}<>,;:|!?]|\\.(?:\\s|$))";
  return new RegExp(`${before}${wanted.replace(SYNTAX, "\\$&")}${after}`, "u").test(text);
}
