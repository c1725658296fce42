import * as z from "zod";
import { strangeAnswer, wireValue } from "./wire_value.ts";
import type { DeliveredCall } from "../kernel/call.ts";
import {
  type ChatMessage,
  type ChatPiece,
  type ChatReply,
  type ChatRequest,
  HostFailure,
  type ResidentModel,
} from "../ports/model_host.ts";
import { answeredFailure } from "./bounded_fetch.ts";
import { isHeldLow } from "./model_family.ts";
import { saysSomething } from "./says_something.ts";
import type { ReplyRoom } from "./reply_room.ts";
import { refuseToolsWithSchema, schemaForFormat, serializeTools } from "./serialize_tools.ts";

/** How long a model stays loaded after an ask, in minutes: longer than a person's pause, since a load costs more than the memory. */
const STAY_MINUTES = 30;
const KEEP_ALIVE = `${STAY_MINUTES}m`;

/** Identifiers that Ollama itself gives to calls that it parsed; those of llama.cpp's parser are 32 characters long (recorded). */
const OWN_IDENTIFIER = /^call_[a-z0-9]{8}$/;

/** Servers that only speak as Ollama does leave a count out, or give nothing for it. */
const Count = z.number().nullish().transform((count) => count ?? undefined);
/** Equal pieces in a row, blanks around them apart, after which Ollama ends a stream without a word. */
const ENDS_AFTER = 30;

/** What is wanted of the server. */
const WANTED = "a line of Ollama's chat stream";

/** A line of `/api/chat`. Counts of zero are absent on the wire (`omitempty`). */
const Line = z.object({
  error: z.unknown().optional(),
  message: z.object({
    content: z.string().nullish(),
    thinking: z.string().nullish(),
    tool_calls: z.array(z.object({
      id: z.string().nullish(),
      function: z.object({ name: z.string().nullish(), arguments: z.unknown() }),
    })).nullish(),
  }).nullish(),
  done: z.boolean().nullish(),
  done_reason: z.string().nullish(),
  load_duration: Count,
  prompt_eval_count: Count,
  /** Servers from 2026-08 on. */
  prompt_eval_cached_count: Count,
  prompt_eval_duration: Count,
  eval_count: Count,
  eval_duration: Count,
  _debug_info: z.object({ rendered_template: z.string() }).optional(),
});

type Line = z.infer<typeof Line>;

/** What of a reply has arrived. */
export interface OllamaReplyParts {
  readonly text: string[];
  readonly thinking: string[];
  readonly calls: DeliveredCall[];
  forced: boolean;
  last: Line | null;
}

/**
 * Writes the body of `/api/chat`. `truncate` and `shift` are off, so that a prompt that does not fit is refused with its
 * count instead of losing its head; the window, the bound on the answer, seed and temperature always stand in it.
 *
 * @throws {HostFailure} `bad_request` for tools together with a schema, or for tools that must not be sent
 */
export function ollamaBody(request: ChatRequest): Readonly<Record<string, unknown>> {
  refuseToolsWithSchema(request);
  return {
    model: request.model,
    messages: request.messages.map(wireMessage),
    ...(request.tools === undefined ? {} : { tools: serializeTools(request.tools) }),
    ...(request.schema === undefined ? {} : { format: schemaForFormat(request.schema) }),
    ...(request.think === undefined ? {} : { think: isHeldLow(request) ? "low" : request.think }),
    stream: true,
    truncate: false,
    shift: false,
    keep_alive: KEEP_ALIVE,
    options: {
      num_ctx: request.window,
      num_predict: request.answerLimit,
      seed: request.seed,
      temperature: request.temperature,
      ...(request.stop === undefined ? {} : { stop: request.stop }),
    },
  };
}

/** Writes the body of `/api/chat` that loads a model and asks it nothing: in all that a load depends on as that of an ask. */
export function loadBody(model: string, window: number): Readonly<Record<string, unknown>> {
  return {
    model,
    messages: [],
    stream: false,
    truncate: false,
    shift: false,
    keep_alive: KEEP_ALIVE,
    options: { num_ctx: window },
  };
}

/**
 * Finds the models that somebody else wants to stay for longer than an ask of ours would keep them, such as for ever.
 *
 * @param resident what the server holds
 * @param now ms since 1970
 * @returns their names
 */
export function staying(resident: readonly ResidentModel[], now: number): readonly string[] {
  const ours = now + (STAY_MINUTES + 1) * 60_000;
  return resident.filter(({ expiresAt }) => expiresAt !== null && Date.parse(expiresAt) > ours).map(({ name }) => name);
}

/** @returns parts of a reply of which nothing has arrived */
export function noParts(): OllamaReplyParts {
  return { text: [], thinking: [], calls: [], forced: false, last: null };
}

/**
 * Reads one line of the stream.
 *
 * @param what what was asked and where, for messages
 * @returns null for a line that says nothing, by which gateways keep a connection open
 * @throws {HostFailure} by class for an `{"error": …}` line, `protocol` for what is no line of this wire
 */
export function readLine(what: string, line: string): Line | null {
  // Some gateways make a stream of events of the lines.
  const text = line.replace(/^data: ?/, "");
  if (text.trim() === "" || text.startsWith(":")) return null;
  const read = wireValue(what, WANTED, Line, text);
  if (saysSomething(read.error)) throw answeredFailure(what, null, text);
  if (read.message === undefined && read.done === undefined && read.error === undefined) {
    if (text.trim() === "{}") return null;
    throw strangeAnswer(what, WANTED, text);
  }
  return read.message || read.done ? read : null;
}

/**
 * Adds a line to what has arrived. Calls are appended as delivered: a call without a name keeps the name "".
 *
 * @param parts what has arrived; grows
 * @param room what the reply may still take
 * @param tell gets the piece, if the line holds one
 * @throws {HostFailure} `protocol` where the room is full
 */
export function addLine(
  parts: OllamaReplyParts,
  line: Line,
  room: ReplyRoom,
  tell?: (piece: ChatPiece) => void,
): void {
  const { content, thinking, tool_calls } = line.message ?? {};
  room.text(content);
  room.text(thinking);
  if (content) parts.text.push(content);
  if (thinking) parts.thinking.push(thinking);
  for (const call of tool_calls ?? []) {
    room.call(call.function.name, call.function.arguments);
    parts.calls.push({ name: call.function.name ?? "", arguments: call.function.arguments });
    if (call.id && !OWN_IDENTIFIER.test(call.id)) parts.forced = true;
  }
  if (line.done === true) parts.last = line;
  if (content || thinking) tell?.({ ...(content ? { text: content } : {}), ...(thinking ? { thinking } : {}) });
}

/**
 * Makes the reply of a stream that ended.
 *
 * @param what what was asked and where, for messages
 * @returns the reply; a count or time that the server did not send is null
 * @throws {HostFailure} `cut_off` when no line said `done: true`, as where the server dies, `model_output` where it ended the stream since
 * the model repeated itself, `silent` when tokens were generated and nothing of them was delivered
 */
export function wholeReply(what: string, parts: OllamaReplyParts): ChatReply {
  const { last, calls, forced } = parts;
  if (last === null) {
    if (repeats(parts.text) || repeats(parts.thinking)) {
      throw new HostFailure(
        "model_output",
        `${what}: the model wrote the same ${ENDS_AFTER} times, and the server ended the reply.`,
        { advice: "Ask again with another seed." },
      );
    }
    throw new HostFailure(
      "cut_off",
      `${what}: the stream ended without its last line (done: true), so the reply is not whole.`,
    );
  }
  const text = parts.text.join("");
  const thinking = parts.thinking.join("");
  const answerTokens = last.eval_count ?? null;
  const promptTokens = last.prompt_eval_count ?? null;
  const heldTokens = last.prompt_eval_cached_count;
  if (answerTokens !== null && answerTokens > 0 && text === "" && thinking === "" && calls.length === 0) {
    throw new HostFailure(
      "silent",
      `${what}: the model wrote an answer (tokens: ${answerTokens}) and the server delivered none of it; ` +
        "that is what becomes of a call that it cannot read. Ask again without `tools`.",
      { answerTokens, ...(promptTokens === null ? {} : { promptTokens }) },
    );
  }
  return {
    text,
    thinking,
    calls,
    endedBy: last.done_reason === "length" ? "length" : "stop",
    forced,
    promptTokens,
    ...(heldTokens === undefined ? {} : { heldTokens }),
    answerTokens,
    loadMs: milliseconds(last.load_duration),
    promptMs: milliseconds(last.prompt_eval_duration),
    answerMs: milliseconds(last.eval_duration),
  };
}

/** Whether what arrived ends as a stream does that the server ends for its repetition. */
function repeats(pieces: readonly string[]): boolean {
  const last = pieces.slice(-ENDS_AFTER).map((piece) => piece.trim());
  return last.length === ENDS_AFTER && last.every((piece) => piece === last[0]);
}

/** Writes a message. Arguments of calls are objects (a string is a 400), results carry the name that templates print. */
function wireMessage(message: ChatMessage): Readonly<Record<string, unknown>> {
  return {
    role: message.role,
    content: message.content,
    ...(message.calls === undefined || message.calls.length === 0 ? {} : {
      tool_calls: message.calls.map(({ name, arguments: given }) => ({ function: { name, arguments: given } })),
    }),
    ...(message.toolName === undefined ? {} : { tool_name: message.toolName }),
  };
}

/** Nanoseconds to milliseconds; null for absent. */
function milliseconds(nanoseconds: number | undefined): number | null {
  return nanoseconds === undefined ? null : nanoseconds / 1e6;
}
