import { isRecord, parsedJson } from "../kernel/json.ts";
import { type ChatPiece, HostFailure } from "../ports/model_host.ts";
import { answeredFailure, type Exchange } from "./bounded_fetch.ts";
import { noEvent, readEvent } from "./openai_event.ts";
import { addEvent, isWholeReply, type OpenaiReplyParts } from "./openai_wire.ts";
import { isDone, readEvents } from "./read_events.ts";
import type { ReplyRoom } from "./reply_room.ts";
import { splitLines } from "./split_lines.ts";

/** A reply that arrives: what is there of it, what it may still take, and who is told. */
export interface Arriving {
  readonly parts: OpenaiReplyParts;
  readonly room: ReplyRoom;
  readonly tell?: (piece: ChatPiece) => void;
}

/** Data that is a word of the server and no value: it only keeps the connection open. */
const WORD = /^[\w .:-]{0,40}$/;

/**
 * Reads a reply to its end: a stream of events, lines of JSON, or one JSON value. The body tells which, since servers label all of them
 * with any content type or none.
 *
 * @throws {HostFailure} by class for an error in it, `cut_off` where the connection broke before the reply was whole, `protocol` for
 * what is no reply
 */
export async function readReply(exchange: Exchange, response: Response, arriving: Arriving): Promise<void> {
  const type = response.headers.get("content-type") ?? "no content type";
  const { beginning, pieces } = await begun(exchange.text(response, arriving.room.onWire));
  if (beginning === "<") {
    let found = "";
    for await (const piece of pieces) if (found.length < 300) found += piece;
    throw noEvent(`${exchange.what} (${type})`, found);
  }
  try {
    if (beginning === "{" || beginning === "[") await readValues(exchange, pieces, arriving);
    else await readStream(exchange, pieces, arriving);
  } catch (error) {
    // What breaks off after the reply has ended takes nothing from it.
    const isLate = error instanceof HostFailure && error.failure === "cut_off" && isWholeReply(arriving.parts);
    if (!isLate) throw error;
  }
}

/** Looks at the first character of a text that arrives; "" where there is none. */
async function begun(
  pieces: AsyncGenerator<string>,
): Promise<{ readonly beginning: string; readonly pieces: AsyncIterable<string> }> {
  const waiting: string[] = [];
  let beginning = "";
  while (beginning === "") {
    const next = await pieces.next();
    if (next.done === true) break;
    const text = waiting.length === 0 ? next.value.trimStart() : next.value;
    if (text === "") continue;
    waiting.push(text);
    beginning = text.charAt(0);
  }
  return { beginning, pieces: all(waiting, pieces) };
}

async function* all(first: readonly string[], rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield* first;
  yield* rest;
}

/** Reads a stream. Only what was generated ends the wait for the first token: some servers open the message at once. */
async function readStream(exchange: Exchange, pieces: AsyncIterable<string>, arriving: Arriving): Promise<void> {
  const { what } = exchange;
  const { parts } = arriving;
  const hear = hearing(exchange, arriving);
  let strange: string | null = null;
  for await (const { name, value, atEnd } of readEvents(pieces)) {
    if (parts.complete) continue;
    if (name === "error") throw answeredFailure(what, null, value);
    if (isDone(value)) {
      parts.complete = true;
      exchange.settle();
    } else if (!atEnd && !hear(value)) strange ??= value;
  }
  if (!parts.heard && strange !== null) throw noEvent(what, strange);
}

/** Reads one JSON value, or a line of JSON for each event. A value that fills more than a line is read when all of it is there. */
async function readValues(exchange: Exchange, pieces: AsyncIterable<string>, arriving: Arriving): Promise<void> {
  const { parts } = arriving;
  const hear = hearing(exchange, arriving);
  const waiting: string[] = [];
  let strange: string | null = null;
  let lines = 0;
  for await (const { text } of splitLines(pieces)) {
    if (waiting.length > 0 || !isRecord(parsedJson(text))) {
      if (waiting.length > 0 || text.trim() !== "" && !isDone(text)) waiting.push(text);
      continue;
    }
    lines++;
    if (!hear(text)) strange ??= text;
  }
  const rest = waiting.join("\n");
  const value = parsedJson(rest);
  const values = rest.trim() === "" ? [] : Array.isArray(value) ? value.map((one) => JSON.stringify(one)) : [rest];
  for (const one of values) if (!hear(one)) strange ??= one;
  if (!parts.heard && strange !== null) throw noEvent(exchange.what, strange);
  // One value is an answer that is no stream: it has no end that could be missing.
  if (lines + values.length === 1) parts.complete = true;
}

/** Makes what hears events, and says of each whether it was one of this wire, or nothing that could be missed. */
function hearing(exchange: Exchange, { parts, room, tell }: Arriving): (value: string) => boolean {
  let isBegun = false;
  return (value) => {
    const word = value.trim();
    if (WORD.test(word) && !/^\d/.test(word)) return false;
    const event = readEvent(exchange.what, value);
    if (event === null) return word === "{}";
    isBegun = addEvent(parts, event, room, tell) || isBegun;
    if (isWholeReply(parts)) exchange.settle();
    else if (isBegun) exchange.progress();
    return true;
  };
}
