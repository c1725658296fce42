import { z } from "zod";
import { isRecord, parsedJson } from "../kernel/json.ts";
import { strangeAnswer, wireValue } from "./wire_value.ts";
import type { DeliveredCall } from "../kernel/call.ts";
import {
  type ChatMessage,
  type ChatPiece,
  type ChatReply,
  type ChatRequest,
  HostFailure,
} from "../ports/model_host.ts";
import { answeredFailure } from "./bounded_fetch.ts";
import type { ReplyRoom } from "./reply_room.ts";
import { refuseToolsWithSchema, schemaForFormat, serializeTools } from "./serialize_tools.ts";

/** A piece of a message: `delta` of a stream, `message` of a whole answer. Reasoning has two names in the wild. */
const Part = z.object({
  content: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  tool_calls: z.array(z.object({
    index: z.number().nullish(),
    id: z.string().nullish(),
    function: z.object({ name: z.string().nullish(), arguments: z.unknown() }).nullish(),
  })).nullish(),
});

/** What is wanted of the server. */
const WANTED = "an event of a chat completion";

/** An event of `/v1/chat/completions`; llama.cpp adds `timings`. */
const Event = z.object({
  error: z.unknown().optional(),
  choices: z.array(z.object({
    finish_reason: z.string().nullish(),
    delta: Part.nullish(),
    message: Part.nullish(),
  })).optional(),
  usage: z.object({ prompt_tokens: z.number().nullish(), completion_tokens: z.number().nullish() }).nullish(),
  timings: z.object({
    cache_n: z.number().optional(),
    prompt_n: z.number().optional(),
    prompt_ms: z.number().optional(),
    predicted_n: z.number().optional(),
    predicted_ms: z.number().optional(),
  }).nullish(),
});

type Event = z.infer<typeof Event>;

/** A call whose fragments arrive. */
interface BegunCall {
  readonly index: number | null;
  readonly id: string | null;
  name: string;
  written: string;
  /** Arguments that came as a value instead of text. */
  value: unknown;
}

/** What of a reply has arrived. */
export interface OpenaiReplyParts {
  readonly text: string[];
  readonly thinking: string[];
  readonly calls: BegunCall[];
  finish: string | null;
  /** The server said that nothing follows: `[DONE]`, or a whole answer that is no stream. */
  complete: boolean;
  usage: Event["usage"];
  timings: Event["timings"];
}

/**
 * Writes the body of `/v1/chat/completions`. The window is the server's own; it refuses what does not fit.
 *
 * @throws {HostFailure} `bad_request` for tools together with a schema, or for tools that must not be sent
 */
export function openaiBody(request: ChatRequest): Readonly<Record<string, unknown>> {
  refuseToolsWithSchema(request);
  return {
    model: request.model,
    ...openaiPrompt(request),
    ...(request.schema === undefined ? {} : {
      response_format: {
        type: "json_schema",
        json_schema: { name: "reply", strict: true, schema: schemaForFormat(request.schema) },
      },
    }),
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: request.answerLimit,
    temperature: request.temperature,
    seed: request.seed,
    ...(request.stop === undefined ? {} : { stop: request.stop }),
  };
}

/**
 * Writes the part of a body that makes the prompt, as `/apply-template` takes it too.
 *
 * @returns messages, tools and what the template is told about thinking
 */
export function openaiPrompt(request: ChatRequest): Readonly<Record<string, unknown>> {
  return {
    messages: wireMessages(request.messages),
    ...(request.tools === undefined ? {} : { tools: serializeTools(request.tools) }),
    ...(request.think === undefined ? {} : { chat_template_kwargs: { enable_thinking: request.think } }),
  };
}

/** @returns parts of a reply of which nothing has arrived */
export function noOpenaiParts(): OpenaiReplyParts {
  return { text: [], thinking: [], calls: [], finish: null, complete: false, usage: null, timings: null };
}

/**
 * Reads one event's data, or a whole answer.
 *
 * @param what what was asked and where, for messages
 * @param data the JSON text
 * @throws {HostFailure} by class for an error inside the stream, `protocol` for what is no event of this wire
 */
export function readEvent(what: string, data: string): Event {
  const event = wireValue(what, WANTED, Event, data);
  if (event.error !== undefined && event.error !== null) throw answeredFailure(what, null, data);
  if (event.choices === undefined && !event.usage) throw strangeAnswer(what, WANTED, data);
  return event;
}

/**
 * Adds an event to what has arrived. Calls come in fragments: the name with the first, the arguments as pieces of text.
 *
 * @param parts what has arrived; grows
 * @param room what the reply may still take
 * @param tell gets the piece, if the event holds one
 * @returns whether the event holds something generated, and is not only the opening of the message
 * @throws {HostFailure} `protocol` where the room is full
 */
export function addEvent(
  parts: OpenaiReplyParts,
  event: Event,
  room: ReplyRoom,
  tell?: (piece: ChatPiece) => void,
): boolean {
  if (event.usage) parts.usage = event.usage;
  if (event.timings) parts.timings = event.timings;
  const choice = event.choices?.[0];
  if (choice === undefined) return true;
  if (choice.finish_reason) parts.finish = choice.finish_reason;
  const { content, reasoning_content, reasoning, tool_calls } = choice.delta ?? choice.message ?? {};
  const thinking = reasoning_content || reasoning;
  room.text(content);
  room.text(thinking);
  if (content) parts.text.push(content);
  if (thinking) parts.thinking.push(thinking);
  for (const fragment of tool_calls ?? []) {
    room.call(fragment.function?.name, fragment.function?.arguments);
    addFragment(parts.calls, fragment);
  }
  if (content || thinking) tell?.({ ...(content ? { text: content } : {}), ...(thinking ? { thinking } : {}) });
  return Boolean(content || thinking || tool_calls?.length || choice.finish_reason);
}

/**
 * Makes the reply of a stream that ended.
 *
 * @param what what was asked and where, for messages
 * @returns the reply; its calls are marked as forced, since llama.cpp holds them to a grammar once they are begun
 * @throws {HostFailure} `cut_off` without a finish reason or without `[DONE]`, `silent` when tokens were generated and
 * nothing of them was delivered
 */
export function wholeOpenaiReply(what: string, parts: OpenaiReplyParts): ChatReply {
  const { finish, usage, timings } = parts;
  if (finish === null || !parts.complete) {
    const lack = finish === null ? "a finish reason" : "[DONE]";
    throw new HostFailure("cut_off", `${what}: the stream ended without ${lack}, so the reply is not whole.`);
  }
  const text = parts.text.join("");
  const thinking = parts.thinking.join("");
  const calls = parts.calls.map(deliveredCall);
  const answerTokens = usage?.completion_tokens ?? timings?.predicted_n ?? null;
  const timed = timings?.prompt_n === undefined ? null : timings.prompt_n + (timings.cache_n ?? 0);
  const promptTokens = usage?.prompt_tokens ?? timed;
  if (answerTokens !== null && answerTokens > 0 && text === "" && thinking === "" && calls.length === 0) {
    throw new HostFailure(
      "silent",
      `${what}: the model wrote an answer (tokens: ${answerTokens}) and the server delivered none of it. Ask again without \`tools\`.`,
      { answerTokens, ...(promptTokens === null ? {} : { promptTokens }) },
    );
  }
  return {
    text,
    thinking,
    calls,
    endedBy: finish === "length" ? "length" : "stop",
    forced: calls.length > 0,
    promptTokens,
    answerTokens,
    loadMs: null,
    promptMs: timings?.prompt_ms ?? null,
    answerMs: timings?.predicted_ms ?? null,
  };
}

/** Adds a fragment to the call it belongs to, or begins another: by index, else by a new id, else the last one goes on. */
function addFragment(calls: BegunCall[], fragment: NonNullable<z.infer<typeof Part>["tool_calls"]>[number]): void {
  const index = fragment.index ?? null;
  const id = fragment.id || null;
  let call = index !== null
    ? calls.find((begun) => begun.index === index)
    : id !== null
    ? calls.find((begun) => begun.id === id)
    : calls.at(-1);
  if (call === undefined) {
    call = { index, id, name: "", written: "", value: undefined };
    calls.push(call);
  }
  if (call.name === "") call.name = fragment.function?.name ?? "";
  const given = fragment.function?.arguments;
  if (typeof given === "string") call.written += given;
  else if (given !== undefined && given !== null) call.value = given;
}

/** Gives a call as delivered: arguments that are the text of an object as that object, others as they came. */
function deliveredCall(call: BegunCall): DeliveredCall {
  if (call.value !== undefined) return { name: call.name, arguments: call.value };
  const value = parsedJson(call.written);
  // Cut or broken arguments stay text: the mediation reads what can be read of them.
  return { name: call.name, arguments: isRecord(value) ? value : call.written };
}

/** Writes the messages. The wire joins calls and results by identifiers, which are counted here: the same history gives the same prompt. */
function wireMessages(messages: readonly ChatMessage[]): readonly Readonly<Record<string, unknown>>[] {
  let counted = 0;
  const waiting: { readonly name: string; readonly id: string }[] = [];
  return messages.map((message) => {
    if (message.role === "tool") {
      const named = waiting.findIndex((call) => call.name === message.toolName);
      const [call] = waiting.splice(Math.max(named, 0), 1);
      return {
        role: "tool",
        content: message.content,
        tool_call_id: call?.id ?? `call_${++counted}`,
        ...(message.toolName === undefined ? {} : { name: message.toolName }),
      };
    }
    if (message.calls === undefined || message.calls.length === 0) {
      return { role: message.role, content: message.content };
    }
    const tool_calls = message.calls.map(({ name, arguments: given }) => {
      const id = `call_${++counted}`;
      waiting.push({ name, id });
      return { id, type: "function", function: { name, arguments: JSON.stringify(given) } };
    });
    return { role: message.role, content: message.content, tool_calls };
  });
}
