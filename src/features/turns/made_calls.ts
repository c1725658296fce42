import type { Call } from "../../kernel/call.ts";
import type { Exchange } from "./slice.ts";

/** A call of a turn, and what came of it. */
export interface MadeCall {
  readonly call: Call;
  readonly result: Extract<Exchange, { readonly from: "tool" }>;
  /** Where the result stands in the exchange. */
  readonly at: number;
}

/**
 * Lists the calls of an exchange with their results: those of one reply are answered in their order.
 * @param exchange entries, oldest first
 */
export function madeCalls(exchange: readonly Exchange[]): readonly MadeCall[] {
  const made: MadeCall[] = [];
  let waiting: readonly Call[] = [];
  for (const [at, entry] of exchange.entries()) {
    if (entry.from === "model" && entry.calls.length > 0) waiting = entry.calls;
    if (entry.from !== "tool") continue;
    const index = waiting.findIndex(({ name }) => name === entry.name);
    const call = waiting[index];
    if (call === undefined) continue;
    waiting = waiting.slice(index + 1);
    made.push({ call, result: entry, at });
  }
  return made;
}
