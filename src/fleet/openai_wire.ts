import { type ChatPiece, type ChatReply, HostFailure } from "../ports/model_host.ts";
import { addFragment, type BegunCall, deliveredCall } from "./call_fragments.ts";
import { countOf, type OpenaiEvent } from "./openai_event.ts";
import type { ReplyRoom } from "./reply_room.ts";

/** Reasons to end that mean the bound on the answer. */
const AT_LENGTH = /^(length|max_(output_|new_)?tokens|model_length|token_limit)$/i;
/** Reasons to end that mean the server gave up. */
const GIVEN_UP = /^(error|abort(ed)?|cancel(l?ed)?|insufficient_system_resource)$/i;

/** What of a reply has arrived. */
export interface OpenaiReplyParts {
  readonly text: string[];
  readonly thinking: string[];
  readonly calls: BegunCall[];
  finish: string | null;
  /** The server said that nothing follows: `[DONE]`, `done`, or a whole answer that is no stream. */
  complete: boolean;
  /** Counts came alone after what was generated, as the last event of a stream brings them. */
  counted: boolean;
  /** Something of this wire has arrived. */
  heard: boolean;
  usage: OpenaiEvent["usage"];
  timings: OpenaiEvent["timings"];
}

/** @returns parts of a reply of which nothing has arrived */
export function noOpenaiParts(): OpenaiReplyParts {
  const nothing = { finish: null, complete: false, counted: false, heard: false, usage: null, timings: null };
  return { text: [], thinking: [], calls: [], ...nothing };
}

/** Whether a reply is whole: any sign of it will do, since servers leave out each of them. */
export function isWholeReply({ finish, complete, counted, heard }: OpenaiReplyParts): boolean {
  return heard && (finish !== null || complete || counted);
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
  event: OpenaiEvent,
  room: ReplyRoom,
  tell?: (piece: ChatPiece) => void,
): boolean {
  parts.heard = true;
  if (event.usage !== null) parts.usage = event.usage;
  if (event.timings !== null) parts.timings = event.timings;
  if (event.finish !== null) parts.finish = event.finish;
  if (event.done) parts.complete = true;
  const { piece } = event;
  if (piece === null) {
    parts.counted = parts.text.length + parts.thinking.length + parts.calls.length > 0;
    return true;
  }
  const { thinking, fragments } = piece;
  // Some servers close a stream with the whole message that they have sent in parts.
  const text = piece.isMessage && piece.text === parts.text.join("") ? "" : piece.text;
  room.text(text);
  room.text(thinking);
  if (text !== "") parts.text.push(text);
  if (thinking !== "") parts.thinking.push(thinking);
  for (const fragment of fragments) {
    room.call(fragment.name, fragment.given);
    addFragment(parts.calls, fragment);
  }
  if (text !== "" || thinking !== "") {
    tell?.({ ...(text === "" ? {} : { text }), ...(thinking === "" ? {} : { thinking }) });
  }
  const isGenerated = text !== "" || thinking !== "" || fragments.length > 0;
  if (isGenerated) parts.counted = false;
  return isGenerated || event.finish !== null;
}

/**
 * Makes the reply of a stream that ended.
 *
 * @param what what was asked and where, for messages
 * @returns the reply; its calls are marked as forced, since llama.cpp holds them to a grammar once they are begun
 * @throws {HostFailure} `cut_off` without any sign that the reply is whole and where the server gave up, `silent` when tokens were
 * generated and nothing of them was delivered
 */
export function wholeOpenaiReply(what: string, parts: OpenaiReplyParts): ChatReply {
  const { finish, usage, timings } = parts;
  if (!isWholeReply(parts)) {
    const lack = "a finish reason, [DONE] or a count of tokens at its end";
    throw new HostFailure("cut_off", `${what}: the stream ended without ${lack}, so the reply is not whole.`);
  }
  if (finish !== null && GIVEN_UP.test(finish)) {
    throw new HostFailure("cut_off", `${what}: the server gave the reply up (finish reason ${finish.toLowerCase()}).`);
  }
  const text = parts.text.join("");
  const thinking = parts.thinking.join("");
  const calls = parts.calls.map(deliveredCall);
  const answerTokens = usage?.answerTokens ?? countOf(timings?.predicted_n);
  const read = countOf(timings?.prompt_n);
  const heldTokens = countOf(timings?.cache_n) ?? usage?.heldTokens ?? null;
  const promptTokens = usage?.promptTokens ?? (read === null ? null : read + (heldTokens ?? 0));
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
    endedBy: finish !== null && AT_LENGTH.test(finish) ? "length" : "stop",
    forced: calls.length > 0,
    promptTokens,
    ...(heldTokens === null ? {} : { heldTokens }),
    answerTokens,
    loadMs: null,
    promptMs: countOf(timings?.prompt_ms),
    answerMs: countOf(timings?.predicted_ms),
  };
}
