import type { Call } from "../../kernel/call.ts";
import type { Text } from "../../kernel/text.ts";
import { say } from "../../sentences/say.ts";
import type { Fact } from "../fact.ts";
import type { Registry } from "../registry.ts";
import { madeCalls } from "./made_calls.ts";
import type { Turn } from "./slice.ts";

/**
 * Answers a call from what the turn was told already: the same call with the same arguments, since which nothing was written and
 * nothing new was said. What only looks is known once it was done; what runs is known once it said the same twice.
 *
 * @param registry what the crew offers
 * @param turn the turn, nothing of it open
 * @param call the call that is due
 * @returns the fact that answers it, with the advice to go on; null where it has to be made
 */
export function knownAnswer(
  registry: Registry,
  turn: Turn,
  call: Call,
): Extract<Fact, { type: "call_answered" }> | null {
  const tool = registry.tools[call.name];
  if (tool === undefined || tool.declaration.asText !== undefined || tool.traits?.awaits === true) return null;
  const needed = tool.access === "reads" ? 1 : tool.access === "runs" ? 2 : null;
  if (needed === null) return null;
  const news = Math.max(turn.fresh, turn.exchange.findLastIndex(({ from }) => from === "application") + 1);
  const same = sameAs(call);
  const before = madeCalls(turn.exchange).filter((made) => made.at >= news && sameAs(made.call) === same);
  const last = before.at(-1);
  if (last === undefined || before.length < needed) return null;
  if (before.slice(-needed).some(({ result }) => !isSame(result, last.result))) return null;
  const closing = turn.tools.filter((name) => registry.tools[name]?.traits?.closes?.includes(turn.purpose) === true);
  const advice = say(registry, closing.length === 0 ? "calls.known" : "calls.known_close", {
    tool: call.name,
    count: before.length + 1,
    tools: closing.join(", "),
  });
  const { ok, text } = last.result;
  return { type: "call_answered", turn: turn.id, name: call.name, ok, text: { ...text }, advice };
}

/**
 * Counts what says that a turn goes round: its last calls that were answered from what is known.
 *
 * @param turn the turn
 * @returns how many they are in a row, and the tool that was answered so most often with how often that was
 */
export function roundsOf(turn: Turn): { readonly inARow: number; readonly most: number; readonly tool: string } {
  const made = madeCalls(turn.exchange);
  const inARow = made.length - 1 - made.findLastIndex(({ result }) => result.advice === undefined);
  const counts = new Map<string, { readonly tool: string; count: number }>();
  for (const { call } of made.slice(made.length - inARow)) {
    const one = counts.get(sameAs(call)) ?? { tool: call.name, count: 0 };
    one.count++;
    counts.set(sameAs(call), one);
  }
  const [most] = [...counts.values()].sort((left, right) => right.count - left.count);
  return { inARow, most: most?.count ?? 0, tool: most?.tool ?? "" };
}

/**
 * Finds the call that failed most often in the same words since anything was written, whatever was called in between.
 *
 * @param turn the turn
 * @returns its tool, how often it failed, and what it said; null where none failed
 */
export function failedAgain(
  turn: Turn,
): { readonly tool: string; readonly count: number; readonly fault: string } | null {
  const counts = new Map<string, { readonly tool: string; count: number; readonly fault: string }>();
  for (const { call, result, at } of madeCalls(turn.exchange)) {
    if (at < turn.fresh || result.ok) continue;
    const key = `${sameAs(call)} ${result.text.text}`;
    const one = counts.get(key) ?? { tool: call.name, count: 0, fault: result.text.text };
    one.count++;
    counts.set(key, one);
  }
  return [...counts.values()].sort((left, right) => right.count - left.count)[0] ?? null;
}

/** A call as one text, whatever the order of its arguments. */
function sameAs({ name, arguments: given }: Call): string {
  const sorted = Object.entries(given).toSorted(([left], [right]) => left < right ? -1 : 1);
  return JSON.stringify([name, sorted]);
}

function isSame(
  one: { readonly ok: boolean; readonly text: Text },
  other: { readonly ok: boolean; readonly text: Text },
): boolean {
  return one.ok === other.ok && one.text.text === other.text.text && one.text.blob === other.text.blob;
}
