import { parsedJson } from "../kernel/json.ts";
import { splitLines } from "./split_lines.ts";

/** A server-sent event. */
export interface SentEvent {
  /** Its name; "" where it has none. A bare `error:` field, as older llama.cpp servers end a broken stream, is named so. */
  readonly name: string;
  readonly value: string;
  /** True for an event that the end of the stream closed, not a blank line: it may be cut. */
  readonly atEnd: boolean;
}

/** Names of events by which servers and gateways keep a connection open. */
const KEEP_ALIVE = /^(ping|heart-?beat|keep-?alive)$/i;
/** How servers say that nothing follows. */
const DONE = /^"?\[done\]"?$/i;

/** Whether an event's data says that nothing follows. */
export function isDone(value: string): boolean {
  return DONE.test(value.trim());
}

/**
 * Splits a text that arrives in pieces into server-sent events, as leniently as servers write them: data that is a whole JSON value, or
 * the word that ends a stream, is an event without a blank line behind it; a bare line of JSON is data; a doubled `data:` counts once.
 * Comments, unknown fields, empty data and what only keeps the connection open are passed over.
 *
 * @param pieces text as it arrives
 */
export async function* readEvents(pieces: AsyncIterable<string>): AsyncGenerator<SentEvent> {
  let name = "";
  let begun: string[] = [];
  for await (const { text } of splitLines(pieces)) {
    const { field, value } = fieldOf(text.trimStart());
    if (field === "event") name = value.trim();
    else if (field === "error") yield { name: "error", value, atEnd: false };
    else if (field === "data" && begun.length === 0 && isWhole(value)) {
      if (!KEEP_ALIVE.test(name)) yield { name, value, atEnd: false };
      name = "";
    } else if (field === "data" && (begun.length > 0 || value.trim() !== "")) begun.push(value);
    else if (field === "") {
      if (begun.length > 0 && !KEEP_ALIVE.test(name)) yield { name, value: begun.join("\n"), atEnd: false };
      begun = [];
      name = "";
    }
  }
  if (begun.length > 0) yield { name, value: begun.join("\n"), atEnd: true };
}

/** Reads a line as a field and its value; the field of a blank line is "", the one of a comment `:`. */
function fieldOf(line: string): { readonly field: string; readonly value: string } {
  if (line === "") return { field: "", value: "" };
  if (line.startsWith("{")) return { field: "data", value: line };
  const colon = line.indexOf(":");
  if (colon === -1) return { field: line, value: "" };
  if (colon === 0) return { field: ":", value: "" };
  const field = line.slice(0, colon);
  let value = line.slice(colon + 1).replace(/^ /, "");
  while (field === "data" && value.startsWith("data:")) value = value.slice("data:".length).trimStart();
  return { field, value };
}

/** Whether data can be nothing but a whole event. */
function isWhole(value: string): boolean {
  const text = value.trim();
  if (isDone(text)) return true;
  return /^[{[]/.test(text) && /[}\]]$/.test(text) && parsedJson(text) !== undefined;
}
