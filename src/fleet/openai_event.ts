import { isRecord, parsedJson } from "../kernel/json.ts";
import { answeredFailure } from "./bounded_fetch.ts";
import type { CallFragment } from "./call_fragments.ts";
import { saysSomething } from "./says_something.ts";
import { strangeAnswer } from "./wire_value.ts";

/** What is wanted of the server. */
const WANTED = "an event of a chat completion";

/** Reasons to end that are none: servers send them with each piece. */
const NO_REASON = /^(null|none)?$/i;

/** What of an event is of use: text, thinking and calls of one choice, counts, times, and whether it ends the reply. */
export interface OpenaiEvent {
  /** Null where it holds no choice. */
  readonly piece: OpenaiPiece | null;
  /** Why the reply ended; null where it goes on. */
  readonly finish: string | null;
  /** Whether it says in other words that nothing follows. */
  readonly done: boolean;
  /** Null where it holds none. */
  readonly usage: {
    readonly promptTokens: number | null;
    /** Of the prompt, what the server had from before. */
    readonly heldTokens: number | null;
    readonly answerTokens: number | null;
  } | null;
  /** llama.cpp's own counts and times. */
  readonly timings: Readonly<Record<string, unknown>> | null;
}

/** What an event adds to a message. */
export interface OpenaiPiece {
  readonly text: string;
  readonly thinking: string;
  readonly fragments: readonly CallFragment[];
  /** True for a whole message, false for a part of one. */
  readonly isMessage: boolean;
}

/**
 * Reads one event's data, or a whole answer, as leniently as servers write them.
 *
 * @param what what was asked and where, for messages
 * @param data the JSON text
 * @returns null for an event that says nothing
 * @throws {HostFailure} by class for an error inside the stream, `protocol` for what is no JSON
 */
export function readEvent(what: string, data: string): OpenaiEvent | null {
  const value = parsedJson(data);
  if (value === undefined) throw strangeAnswer(what, WANTED, data);
  if (!isRecord(value)) return null;
  const choice = choiceOf(value.choices);
  if (saysSomething(value.error) || saysSomething(choice?.error) || isError(value)) {
    throw answeredFailure(what, null, data);
  }
  const usage = usageOf(value.usage);
  if (choice === null && usage === null && value.done !== true) return null;
  return {
    piece: choice === null ? null : pieceOf(choice),
    finish: finishOf(choice?.finish_reason),
    done: value.done === true,
    usage,
    timings: isRecord(value.timings) ? value.timings : null,
  };
}

/** Makes the failure for a stream in which nothing was an event of this wire. */
export function noEvent(what: string, found: string): Error {
  return strangeAnswer(what, WANTED, found);
}

/** @returns a count as a server sent it; null for what is none */
export function countOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}

function choiceOf(choices: unknown): Record<string, unknown> | null {
  const all = Array.isArray(choices) ? choices : [choices];
  return all.find(isRecord) ?? null;
}

/** Whether a value without a choice is an error that is not called so: `{"object":"error", …}`, `{"detail": …}`, `{"message": …}`. */
function isError(value: Readonly<Record<string, unknown>>): boolean {
  if (value.object === "error" || value.type === "error") return true;
  if (value.choices !== undefined || value.usage !== undefined || typeof value.type === "string") return false;
  return saysSomething(value.detail) ||
    typeof value.message === "string" && saysSomething(value.message) && saysSomething(value.code);
}

function finishOf(reason: unknown): string | null {
  return typeof reason === "string" && !NO_REASON.test(reason.trim()) ? reason.trim() : null;
}

function usageOf(usage: unknown): OpenaiEvent["usage"] {
  if (!isRecord(usage)) return null;
  const { prompt_tokens, completion_tokens, input_tokens, output_tokens, prompt_tokens_details } = usage;
  return {
    promptTokens: countOf(prompt_tokens) ?? countOf(input_tokens),
    heldTokens: isRecord(prompt_tokens_details) ? countOf(prompt_tokens_details.cached_tokens) : null,
    answerTokens: countOf(completion_tokens) ?? countOf(output_tokens),
  };
}

/** Reads `delta` of a stream, `message` of a whole answer, or the `text` of a server that knows no messages. */
function pieceOf(choice: Readonly<Record<string, unknown>>): OpenaiPiece {
  const isMessage = !isRecord(choice.delta) && isRecord(choice.message);
  const part = isRecord(choice.delta) ? choice.delta : isRecord(choice.message) ? choice.message : {};
  const content = contentOf(part.content ?? choice.text);
  const refusal = content.text === "" ? textIn(part.refusal) : "";
  // Reasoning has several names in the wild; where two of them come, they say the same.
  const reasoning = [part.reasoning_content, part.reasoning, part.thinking].map(textIn).find((text) => text !== "");
  return {
    text: content.text + refusal,
    thinking: content.thinking + (reasoning ?? ""),
    fragments: [...listed(part.tool_calls), ...listed(part.function_call)].flatMap(fragmentOf),
    isMessage,
  };
}

/** Reads content that is a text, or parts: of text, and of thinking. */
function contentOf(content: unknown): { readonly text: string; readonly thinking: string } {
  if (typeof content === "string") return { text: content, thinking: "" };
  let text = "";
  let thinking = "";
  for (const part of listed(content)) {
    const isThought = isRecord(part) && /think|reason/i.test(String(part.type ?? ""));
    if (isThought) thinking += textIn(part);
    else text += textIn(part);
  }
  return { text, thinking };
}

/** The text of a part, wherever it stands in it. */
function textIn(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(textIn).join("");
  if (!isRecord(value)) return "";
  return [value.text, value.thinking, value.reasoning, value.content, value.summary].map(textIn)
    .find((text) => text !== "") ?? "";
}

function fragmentOf(call: unknown): CallFragment[] {
  if (!isRecord(call)) return [];
  const told = isRecord(call.function) ? call.function : call;
  const index = typeof call.index === "string" && /^\d{1,6}$/.test(call.index) ? Number(call.index) : call.index;
  return [{
    index: countOf(index),
    id: typeof call.id === "string" && call.id !== "" ? call.id : null,
    name: typeof told.name === "string" && told.name !== "" ? told.name : null,
    given: told.arguments ?? told.parameters ?? told.input ?? null,
  }];
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
}
