import { createParser } from "eventsource-parser";

/** A server-sent event's data, or the value of a bare `error:` field, as older llama.cpp servers end a broken stream. */
export interface SentEvent {
  readonly field: "data" | "error";
  readonly value: string;
  /** True for an event that the end of the stream closed, not a blank line: it may be cut. */
  readonly atEnd: boolean;
}

/**
 * Splits a text that arrives in pieces into server-sent events. Comments and unknown fields are passed over, as the
 * specification wants it.
 *
 * @param pieces text as it arrives
 */
export async function* readEvents(pieces: AsyncIterable<string>): AsyncGenerator<SentEvent> {
  let ready: SentEvent[] = [];
  let atEnd = false;
  const parser = createParser({
    onEvent: ({ data }) => ready.push({ field: "data", value: data, atEnd }),
    onError: ({ type, field, value }) => {
      if (type === "unknown-field" && field === "error") ready.push({ field: "error", value: value ?? "", atEnd });
    },
  });
  const taken = () => {
    const events = ready;
    ready = [];
    return events;
  };
  for await (const piece of pieces) {
    parser.feed(piece);
    yield* taken();
  }
  atEnd = true;
  parser.feed("\n\n");
  yield* taken();
}
