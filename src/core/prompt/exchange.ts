import type { Way } from "../call.ts";
import type { Exchange } from "../state.ts";
import { bound } from "../text.ts";
import type { Meter } from "./meter.ts";
import type { PromptMessage } from "./prompt.ts";

/** An exchange that fits. */
export interface FittedExchange {
  readonly messages: readonly PromptMessage[];
  /** What was left out, in words. */
  readonly leftOut: readonly string[];
}

/** Share of the room that a compaction leaves filled: enough is free then that the next one is far away. */
const FILLED = 0.6;
/** Characters below which a result is not worth shortening. */
const SHORT = 200;
/** Characters of one line of a summary. */
const LINE = 160;

/**
 * Makes the exchange of a turn fit: append-only as long as it does, then its oldest part becomes a summary by rules. The parts
 * that were summarised stay so for all later asks, because the same entries lead to the same cuts: the server's prefix cache is lost
 * once for each compaction and holds in between. A call and its results are never parted; a compaction that does not shrink is not
 * made. What then still does not fit loses its longest old results, each with a note in its place.
 *
 * @param entries the exchange, oldest first
 * @param way way of calling
 * @param room tokens that there are for it
 * @param meter what it costs
 * @returns messages in order
 */
export function fitExchange(entries: readonly Exchange[], way: Way, room: number, meter: Meter): FittedExchange {
  const said = entries.map((entry) => messageOf(entry, way));
  const costs = said.map((message) => meter.messages([message]));
  const from = compactedUpTo(entries, costs, room, meter);
  const summary = from === 0 ? [] : [summaryOf(entries.slice(0, from))];
  const leftOut = from === 0 ? [] : [`${from} messages of the turn, summarised`];
  const kept = said.slice(from);
  const keptEntries = entries.slice(from);
  let total = meter.messages([...summary, ...kept]);
  for (let index = 0; index < kept.length - 1 && total > room; index++) {
    const entry = keptEntries[index]!;
    if (entry.from === "application" || entry.text.chars < SHORT) continue;
    const what = entry.from === "tool" ? `the result of ${entry.name}` : "an earlier reply";
    const note = `(${what} was left out here to make room: ${entry.text.chars} characters. Ask again if you need it.)`;
    const before = meter.messages([kept[index]!]);
    kept[index] = { ...kept[index]!, pieces: [note] };
    total += meter.messages([kept[index]!]) - before;
    leftOut.push(`${what} (${entry.text.chars} characters)`);
  }
  return { messages: [...summary, ...kept], leftOut };
}

/**
 * Goes through the exchange as it grew and finds how much of its beginning is a summary by now: whenever it was too long,
 * everything up to a reply of the model was summarised, so that enough room was free again.
 */
function compactedUpTo(entries: readonly Exchange[], costs: readonly number[], room: number, meter: Meter): number {
  let from = 0;
  let head = 0;
  let sum = 0;
  for (let end = 0; end < entries.length; end++) {
    sum += costs[end]!;
    if (head + sum <= room) continue;
    let next = from;
    let left = sum;
    let shrunk: { readonly next: number; readonly head: number; readonly left: number } | null = null;
    // The newest reply and what came of it always stay: they are what the model answers to.
    const last = lastReply(entries, end);
    while (next < last) {
      left -= costs[next]!;
      next++;
      if (entries[next]?.from !== "model") continue;
      const cost = meter.messages([summaryOf(entries.slice(0, next))]);
      if (cost + left < head + sum) shrunk = { next, head: cost, left };
      if (shrunk !== null && cost + left <= room * FILLED) break;
    }
    if (shrunk === null) continue;
    from = shrunk.next;
    head = shrunk.head;
    sum = shrunk.left;
  }
  return from;
}

/** Index of the last reply of the model up to a place; 0 where there is none. */
function lastReply(entries: readonly Exchange[], end: number): number {
  for (let index = end; index > 0; index--) if (entries[index]!.from === "model") return index;
  return 0;
}

/** A summary by rules: each call with what came of it, in a line. */
function summaryOf(entries: readonly Exchange[]): PromptMessage {
  const lines = ["# So far in this turn (shortened to make room)"];
  for (const entry of entries) {
    switch (entry.from) {
      case "model":
        for (const call of entry.calls) {
          const { name, arguments: args } = call;
          lines.push(`- you called ${name} ${bound(JSON.stringify(args), LINE)}`);
        }
        break;
      case "tool": {
        const text = bound(entry.text.text.replace(/\s+/g, " "), LINE);
        lines.push(
          entry.ok
            ? `  it gave ${entry.text.chars} characters: ${entry.text.chars > LINE ? bound(text, 80) : text}`
            : `  it failed: ${text}`,
        );
        break;
      }
      case "application":
        lines.push(`- you were told: ${bound(entry.text.text.replace(/\s+/g, " "), LINE)}`);
    }
  }
  return { role: "user", pieces: [lines.join("\n")] };
}

function messageOf(entry: Exchange, way: Way): PromptMessage {
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
