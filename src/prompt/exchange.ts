import type { TurnSummary } from "../asks/summarise/slice.ts";
import type { Exchange } from "../features/turns/slice.ts";
import type { Way } from "../kernel/call.ts";
import { ANALYSIS } from "../features/registry.ts";
import { bound } from "../kernel/text.ts";
import { resultMessage } from "./call_result.ts";
import type { Meter } from "./meter.ts";
import type { PromptMessage } from "./prompt.ts";
import { say, type Wording } from "../sentences/say.ts";

/** An exchange that fits. */
export interface FittedExchange {
  readonly messages: readonly PromptMessage[];
  /** What was left out, in words. */
  readonly leftOut: readonly string[];
  /** Entries at its beginning that are a summary. */
  readonly compacted: number;
}

/** Share of the room that a compaction leaves filled: enough is free then that the next one is far away. */
const FILLED = 0.6;
/** Characters below which a result is not worth shortening. */
const SHORT = 200;
/** Characters of one line of a summary. */
const LINE = 160;

/**
 * Makes the exchange of a turn fit: append-only as long as it does, then its oldest part becomes a summary, by the analysis specialist
 * where there is one and by rules for what it does not stand for. The parts that were summarised stay so for all later asks, because
 * the same entries lead to the same cuts: the server's prefix cache is lost once for each compaction and holds in between. A call and
 * its results are never parted; a compaction that does not shrink is not made. What then still does not fit loses its longest old
 * results, each with a note in its place.
 *
 * @param entries the exchange, oldest first
 * @param way way of calling
 * @param room tokens that there are for it
 * @param meter what it costs
 * @param summary what the analysis specialist wrote of its beginning; null where it wrote nothing
 * @returns messages in order
 */
export function fitExchange(
  entries: readonly Exchange[],
  way: Way,
  room: number,
  meter: Meter,
  from: Wording,
  summary: TurnSummary | null = null,
): FittedExchange {
  const fitted = fit(entries, way, room, meter, from, summary);
  if (summary === null || fitted.total <= room) return fitted;
  // In a window far smaller than it was made for, the rules may do with less.
  const bare = fit(entries, way, room, meter, from, null);
  return bare.total < fitted.total ? bare : fitted;
}

/**
 * Counts the entries at the beginning of an exchange of which only a summary would stand in a prompt.
 *
 * @param room tokens for the exchange
 */
export function compactedEntries(
  entries: readonly Exchange[],
  room: number,
  meter: Meter,
  from: Wording,
  summary: TurnSummary | null,
): number {
  const costs = entries.map((entry) => meter.messages([messageOf(entry, "constrained", from)]));
  return compactedUpTo(entries, costs, room, meter, from, summary);
}

function fit(
  entries: readonly Exchange[],
  way: Way,
  room: number,
  meter: Meter,
  words: Wording,
  written: TurnSummary | null,
): FittedExchange & { readonly total: number } {
  const said = entries.map((entry) => messageOf(entry, way, words));
  const costs = said.map((message) => meter.messages([message]));
  const from = compactedUpTo(entries, costs, room, meter, words, written);
  const summary = from === 0 ? [] : [summaryOf(entries.slice(0, from), words, written)];
  const leftOut = summarisedWords(from, written);
  const kept = said.slice(from);
  const keptEntries = entries.slice(from);
  let total = meter.messages([...summary, ...kept]);
  for (let index = 0; index < kept.length - 1 && total > room; index++) {
    const entry = keptEntries[index]!;
    if (entry.from === "application" || entry.text.chars < SHORT) continue;
    const what = entry.from === "tool"
      ? say(words, "exchange.the_result", { tool: entry.name })
      : say(words, "exchange.earlier_reply");
    const note = say(words, "exchange.left_out", { what, count: entry.text.chars });
    const before = meter.messages([kept[index]!]);
    kept[index] = { ...kept[index]!, pieces: [note] };
    total += meter.messages([kept[index]!]) - before;
    leftOut.push(`${what} (${entry.text.chars} characters)`);
  }
  return { messages: [...summary, ...kept], leftOut, compacted: from, total };
}

function summarisedWords(from: number, written: TurnSummary | null): string[] {
  if (from === 0) return [];
  if (written === null) return [`${from} messages of the turn, summarised by rules`];
  const more = from - written.upTo;
  return [
    `${written.upTo} messages of the turn, summarised by ${ANALYSIS}`,
    ...(more === 0 ? [] : [`${more} more messages of the turn, summarised by rules`]),
  ];
}

/**
 * Goes through the exchange as it grew and finds how much of its beginning is a summary by now: what was written of it, and whenever
 * it was too long again, everything up to a reply of the model, so that enough room was free.
 */
function compactedUpTo(
  entries: readonly Exchange[],
  costs: readonly number[],
  room: number,
  meter: Meter,
  words: Wording,
  written: TurnSummary | null,
): number {
  const begins = beginnings(entries);
  let from = written?.upTo ?? 0;
  let head = written === null ? 0 : meter.messages([summaryOf(entries.slice(0, from), words, written)]);
  let sum = 0;
  for (let end = from; end < entries.length; end++) {
    sum += costs[end]!;
    if (head + sum <= room) continue;
    let next = from;
    let left = sum;
    let shrunk: { readonly next: number; readonly head: number; readonly left: number } | null = null;
    // The newest reply and what came of it always stay: they are what the model answers to.
    const last = begins.findLast((index) => index <= end) ?? 0;
    while (next < last) {
      left -= costs[next]!;
      next++;
      if (!begins.includes(next)) continue;
      const cost = meter.messages([summaryOf(entries.slice(0, next), words, written)]);
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

/** Places at which a reply begins and no call before it waits for its text or result: only there an exchange can be cut. */
function beginnings(entries: readonly Exchange[]): number[] {
  const found: number[] = [];
  let waiting = 0;
  for (const [index, entry] of entries.entries()) {
    if (entry.from === "tool") waiting = Math.max(0, waiting - 1);
    if (entry.from !== "model") continue;
    if (waiting === 0 && index > 0) found.push(index);
    waiting += entry.calls.length;
  }
  return found;
}

/** The summary of the beginning of an exchange: what was written of it, and each call after that with what came of it, in a line. */
function summaryOf(entries: readonly Exchange[], words: Wording, written: TurnSummary | null): PromptMessage {
  const lines = written === null ? [] : [say(words, "exchange.so_far_summary", { role: ANALYSIS }), written.text.text];
  const rest = entries.slice(written?.upTo ?? 0);
  if (rest.length > 0) {
    lines.push(say(words, written === null ? "exchange.so_far_rules" : "exchange.after_that"));
  }
  for (const entry of rest) {
    switch (entry.from) {
      case "model":
        for (const call of entry.calls) {
          const { name, arguments: args } = call;
          lines.push(
            `- ${say(words, "exchange.called", { tool: name, arguments: bound(JSON.stringify(args), LINE) })}`,
          );
        }
        break;
      case "tool": {
        const text = bound(entry.text.text.replace(/\s+/g, " "), LINE);
        const count = entry.text.chars;
        const came = entry.ok
          ? say(words, "exchange.gave", { count, text: count > LINE ? bound(text, 80) : text })
          : say(words, "exchange.it_failed", { text });
        lines.push(`  ${came}`);
        break;
      }
      case "application":
        lines.push(`- ${say(words, "exchange.told", { text: bound(entry.text.text.replace(/\s+/g, " "), LINE) })}`);
    }
  }
  return { role: "user", pieces: [lines.join("\n")] };
}

function messageOf(entry: Exchange, way: Way, words: Wording): PromptMessage {
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
      return resultMessage(entry, way, words);
    case "application":
      return { role: "user", pieces: [entry.text] };
  }
}
