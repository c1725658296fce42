import type { Turn } from "./slice.ts";
import type { Registry } from "../registry.ts";
import { pieceOf } from "../attempts/piece.ts";
import { bound } from "../../kernel/text.ts";
import { failedAgain, roundsOf } from "./known_answer.ts";
import { say } from "../../sentences/say.ts";

/** Writes that fail in a row and end an attempt, where nothing is said of the crew: the next one begins afresh. */
const FAILED_WRITES = 3;
/** Calls of any kind that fail in a row and end a turn: a model that finds nothing will not find it at the twentieth try. */
const FAILED_CALLS = 8;
/** Times that one call is answered from what is known, and such answers in a row, that end a turn. */
const ANSWERED = { one: 3, all: 8 };
/** Times that one call fails in the same words while nothing is written, and ends a turn. */
const SAME_FAULT = 3;
/** Same call in a row that ends a turn. */
const SAME_CALLS = 3;

/**
 * Says why a turn leads nowhere: the same calls again and again, in a row or by turns, writes or calls that only fail.
 *
 * @param registry what the crew offers
 * @param turn the turn, nothing of it open
 * @param mostFailed writes that fail in a row and end an attempt
 * @returns a sentence, or null while it may go on
 */
export function fruitless(registry: Registry, turn: Turn, mostFailed: number = FAILED_WRITES): string | null {
  const same = callInARow(registry, turn, SAME_CALLS);
  if (same !== null) return say(registry, "turn.same_call", { tool: same, count: SAME_CALLS });
  const { inARow, most, tool } = roundsOf(turn);
  if (most >= ANSWERED.one || inARow >= ANSWERED.all) return say(registry, "turn.goes_round", { tool, count: inARow });
  const again = failedAgain(turn);
  if (again !== null && again.count >= SAME_FAULT) {
    return say(registry, "turn.fails_again", { ...again, fault: bound(again.fault, 300) });
  }
  const writes = failedWrites(registry, turn);
  if (turn.attempt !== null && writes.length >= mostFailed) {
    return say(registry, "turn.writes_failed", { count: writes.length, fault: bound(writes.at(-1)!, 300) });
  }
  const results = turn.exchange.flatMap((entry) => entry.from === "tool" ? [entry] : []);
  const failed = results.slice(results.findLastIndex((entry) => entry.ok) + 1);
  return failed.length < FAILED_CALLS
    ? null
    : say(registry, "turn.calls_failed", { count: failed.length, fault: bound(failed.at(-1)!.text.text, 300) });
}

/**
 * Names the tool that a turn would call once too often: the next call with the same arguments ends it.
 *
 * @param registry what the crew offers
 * @param turn the turn
 * @returns its name, or null
 */
export function repeatedTool(registry: Registry, turn: Turn): string | null {
  return callInARow(registry, turn, SAME_CALLS - 1);
}

/** Name of the tool that so many replies in a row called with the same arguments, where no text of its own comes after the call. */
function callInARow(registry: Registry, turn: Turn, times: number): string | null {
  const made = turn.exchange.filter((entry) => entry.from === "model" && entry.calls.length > 0).slice(-times);
  if (made.length < times) return null;
  const texts = made.map((entry) =>
    entry.from === "model" ? JSON.stringify([entry.calls[0]!.name, entry.calls[0]!.arguments]) : ""
  );
  const name = made[0]?.from === "model" ? made[0].calls[0]!.name : "";
  return texts.every((text) => text === texts[0]) && registry.tools[name]?.declaration.asText === undefined
    ? name
    : null;
}

/**
 * Lists what the writes said that failed in a row at the end of a turn.
 *
 * @param registry what the crew offers
 * @param turn the turn
 * @returns their errors, oldest first
 */
export function failedWrites(registry: Registry, turn: Turn): string[] {
  return failedRow(registry, turn).map(({ text }) => text);
}

/**
 * Lists what those of the writes said that failed in a row at the end of a turn and were about one function.
 *
 * @param piece the function, as {@link pieceOf} names it; null for those about none
 * @returns their errors, oldest first
 */
export function failedWritesAt(registry: Registry, turn: Turn, piece: string | null): string[] {
  return failedRow(registry, turn).filter((one) => one.piece === piece).map(({ text }) => text);
}

function failedRow(registry: Registry, turn: Turn): { readonly text: string; readonly piece: string | null }[] {
  let piece: string | null = null;
  const results = turn.exchange.flatMap((entry) => {
    if (entry.from === "model" && entry.calls[0] !== undefined) piece = pieceOf(entry.calls[0]);
    return entry.from === "tool" ? [{ ...entry, piece }] : [];
  });
  const last = results.findLastIndex(({ ok, name }) => ok || registry.tools[name]?.access !== "writes");
  return results.slice(last + 1).map((entry) => ({ text: entry.text.text, piece: entry.piece }));
}
