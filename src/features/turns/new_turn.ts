import type { Fact } from "../fact.ts";
import type { State } from "../state.ts";
import type { Turn } from "./slice.ts";

/** A turn that just opened. Facts of older runs do not name its decision and attempt: there was at most one of each. */
export function newTurn(fact: Extract<Fact, { type: "turn_opened" }>, before: State): Turn {
  const { id, role, message, purpose, tools, temperature, seed } = fact;
  const { decision = firstOf(before.decisions.open), attempt = firstOf(before.attempts.open) } = fact;
  return {
    id,
    role,
    message,
    purpose,
    tools,
    temperature,
    seed,
    decision,
    attempt: purpose === "reply" ? null : attempt,
    prepared: null,
    seen: {},
    exchange: [],
    fresh: 0,
    calls: [],
    content: null,
    asks: 0,
    toolCalls: 0,
    unread: null,
    faults: 0,
    failures: 0,
    outcomes: [],
    unchecked: [],
    approved: null,
    preview: null,
    judged: null,
    waitsFor: null,
    tokens: 0,
    outbox: [],
    closing: null,
  };
}

function firstOf(open: Readonly<Record<string, unknown>>): string | null {
  for (const id in open) return id;
  return null;
}
