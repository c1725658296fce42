import { allDecisions, legalDecisions } from "./arbiter.ts";
import { arbiterBrief, turnBrief } from "./brief.ts";
import type { ToolDeclaration, Way } from "./call.ts";
import type { AskEffect } from "./effect.ts";
import { composeInterpretation } from "./interpret.ts";
import type { Registry } from "./registry.ts";
import { reviewDecisions } from "./review.ts";
import type { Exchange, State, Turn } from "./state.ts";
import { estimateTokens, type Text } from "./text.ts";

/** A piece of a message: a text of our own, or one that a fact names. */
export type Piece = string | Text;

/** A message of a prompt before its blobs are read. */
export interface PromptMessage {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly pieces: readonly Piece[];
  /** Calls of an assistant's message, native way only. */
  readonly calls?: readonly { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> }[];
  readonly toolName?: string;
}

/** A prompt before its blobs are read. */
export interface Prompt {
  readonly messages: readonly PromptMessage[];
  /** Tools as declared, in their fixed order. */
  readonly declared: readonly ToolDeclaration[];
  /** Tools that are legal now, narrowed. */
  readonly legal: readonly ToolDeclaration[];
  /** Estimated tokens of the whole prompt. */
  readonly estimate: number;
  /** What was left out so that it fits, in words. */
  readonly leftOut: readonly string[];
  /** Whether even the pinned parts do not fit. */
  readonly overflow: boolean;
}

/** How a prompt is to be made. */
export interface PromptFrame {
  readonly way: Way;
  readonly window: number;
  /** Counted tokens per estimated token. */
  readonly ratio: number;
  /** Writes declarations into the system prompt, for the ways that send no `tools`. */
  readonly declare: (tools: readonly ToolDeclaration[], way: Way) => string;
}

/** Tokens kept free beside prompt and answer: what templates add, and what estimates miss. */
const MARGIN = 96;

/**
 * Composes the prompt of an ask from the state: pinned system and task, then the exchange, append-only while it fits.
 * Where it does not fit, the oldest results of tools are left out first, and that is said in their place.
 *
 * @param state what is so
 * @param registry what the crew offers
 * @param ask the ask
 * @param frame way, window and calibration of where it was placed
 * @returns the prompt
 */
export function compose(state: State, registry: Registry, ask: AskEffect, frame: PromptFrame): Prompt {
  if (ask.purpose === "interpret") return composeInterpretation(state, registry, ask, frame);
  const role = registry.roles[ask.role];
  const turn = ask.turn === null ? null : state.turns[ask.turn] ?? null;
  const { declared, legal } = toolsOf(state, registry, ask, turn);
  const room = frame.window - ask.answerLimit - MARGIN;
  const system = [
    registry.prompts[role?.prompt ?? ""]?.text ?? "",
    turn === null ? "" : registry.prompts[`${turn.purpose}.md`]?.text ?? "",
  ]
    .filter((text) => text !== "").join("\n\n");
  const goal = state.run?.goal ?? "";
  const filled = fill(system, { goal, role: ask.role, phase: state.phase, project: state.run?.project ?? "" });
  const head: PromptMessage[] = [{
    role: "system",
    pieces: [
      frame.way === "native" || declared.length === 0 ? filled : `${filled}\n\n${frame.declare(declared, frame.way)}`,
    ],
  }];
  const illegal = declared.filter((tool) => !legal.some((one) => one.name === tool.name)).map((tool) => tool.name);
  const brief = turn === null ? arbiterBrief(state, registry, ask, illegal) : turnBrief(state, turn);
  head.push({ role: "user", pieces: brief });
  const entries = turn?.exchange ?? [];
  let exchange = entries.map((entry) => say(entry, frame.way));
  const tail: PromptMessage[] = ask.purpose === "text" && turn !== null ? [askForText(registry, turn)] : [];
  const leftOut: string[] = [];
  const cost = (messages: readonly PromptMessage[]) => estimateTokens(sum(messages), frame.ratio) + messages.length * 5;
  const native = frame.way === "native" ? estimateTokens(JSON.stringify(declared).length, frame.ratio) : 0;
  for (let index = 0; index < entries.length - 1 && cost([...head, ...exchange, ...tail]) + native > room; index++) {
    const entry = entries[index]!;
    if (entry.from === "application" || entry.text.chars < 200) continue;
    const what = entry.from === "tool" ? `the result of ${entry.name}` : "an earlier reply";
    leftOut.push(`${what} (${entry.text.chars} characters)`);
    const note = `(${what} was left out here to make room: ${entry.text.chars} characters. Ask again if you need it.)`;
    exchange = exchange.map((message, place) => place === index ? { ...message, pieces: [note] } : message);
  }
  const messages = merge([...head, ...exchange, ...tail], frame.way);
  const estimate = cost(messages) + native;
  return { messages, declared, legal, estimate, leftOut, overflow: estimate > room };
}

/** The tools of an ask: all that its role is told of, and those that are legal now. */
function toolsOf(
  state: State,
  registry: Registry,
  ask: AskEffect,
  turn: Turn | null,
): { declared: ToolDeclaration[]; legal: ToolDeclaration[] } {
  if (ask.purpose === "review") {
    const declared = reviewDecisions(registry);
    return { declared, legal: declared };
  }
  if (turn === null) {
    const declared = allDecisions(registry);
    return { declared, legal: legalDecisions(state, registry).filter((tool) => ask.legal.includes(tool.name)) };
  }
  const declared = turn.tools.flatMap((name) =>
    registry.tools[name] === undefined ? [] : [registry.tools[name].declaration]
  );
  if (ask.purpose === "text") return { declared, legal: [] };
  return {
    declared,
    legal: declared.filter((tool) => ask.legal.includes(tool.name)).map((tool) => narrow(tool, state, turn)),
  };
}

/** Arguments that name a file become a choice where the run knows the files: a small model cannot misspell what it chooses. */
function narrow(tool: ToolDeclaration, state: State, turn: Turn): ToolDeclaration {
  const files = turn.prepared?.files ?? [];
  const properties = tool.parameters.properties as
    | Readonly<Record<string, { readonly type?: unknown; readonly description?: string }>>
    | undefined;
  if (properties?.path === undefined || properties.path.type !== "string") return tool;
  if (tool.name !== "rewrite_file" && tool.name !== "edit_file" && tool.name !== "rewrite_lines") return tool;
  const written = Object.entries(state.files).filter(([, file]) => file.current !== null).map(([path]) => path);
  const choice = [...new Set([...files, ...written])].filter((path) => path.length < 200);
  if (choice.length === 0 || choice.length > 60) return tool;
  return {
    ...tool,
    parameters: { ...tool.parameters, properties: { ...properties, path: { ...properties.path, enum: choice } } },
  };
}

function say(entry: Exchange, way: Way): PromptMessage {
  switch (entry.from) {
    case "model":
      return way === "native" && entry.calls.length > 0
        ? {
          role: "assistant",
          pieces: [entry.text],
          calls: entry.calls.map((call) => ({ name: call.name, arguments: call.arguments })),
        }
        : { role: "assistant", pieces: [entry.text] };
    case "tool":
      return way === "native"
        ? { role: "tool", toolName: entry.name, pieces: [entry.ok ? "" : "Failed: ", entry.text] }
        : { role: "user", pieces: [entry.ok ? `Result of ${entry.name}:\n` : `${entry.name} failed: `, entry.text] };
    case "application":
      return { role: "user", pieces: [entry.text] };
  }
}

function askForText(registry: Registry, turn: Turn): PromptMessage {
  const call = turn.calls[0];
  const argument = call === undefined ? "" : registry.tools[call.name]?.declaration.asText ?? "";
  const path = typeof call?.arguments.path === "string" ? call.arguments.path : null;
  const where = path === null ? "" : ` of ${path}`;
  const what = call?.name === "edit_file"
    ? `the text that replaces the old text${where}`
    : call?.name === "rewrite_lines"
    ? `the new lines ${String(call.arguments.from_line)} to ${String(call.arguments.to_line)}${where}`
    : `the complete ${argument}${where}, from its first line to its last, with nothing left out`;
  return { role: "user", pieces: [`Now write ${what}. Answer with one fenced block (\`\`\`) and nothing else.`] };
}

/** Many templates want roles by turns: neighbours of one role become one message, outside the native way. */
function merge(messages: readonly PromptMessage[], way: Way): PromptMessage[] {
  if (way === "native") return [...messages];
  const merged: PromptMessage[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    if (last !== undefined && last.role === message.role) {
      merged[merged.length - 1] = { ...last, pieces: [...last.pieces, "\n\n", ...message.pieces] };
    } else merged.push(message);
  }
  return merged;
}

function sum(messages: readonly PromptMessage[]): number {
  let chars = 0;
  for (const message of messages) {
    for (const piece of message.pieces) chars += typeof piece === "string" ? piece.length : piece.chars;
    if (message.calls !== undefined) chars += JSON.stringify(message.calls).length;
  }
  return chars;
}

/** Names that prompt files may use as `{{name}}`. */
export const PLACEHOLDERS: readonly string[] = ["goal", "role", "phase", "project"];

/** Fills the placeholders of a prompt file. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}
