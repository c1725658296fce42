import type { Call } from "../kernel/call.ts";
import type { AskEffect } from "../effects/effect.ts";
import { withTurn } from "../features/evolve.ts";
import type { Exchange, State } from "../features/state.ts";
import { inline } from "../kernel/text.ts";

/**
 * Says what is so once the interpreter has read a reply, or could not: its call stands in the reply's place, else the model that
 * wrote it is told its fault.
 *
 * @param state what was so, the ask closed
 * @param ask the ask of the interpreter
 * @param calls what it read; empty where it could not
 * @param counts whether a miss says something about the interpreter; an interrupted ask does not
 * @returns what is so now
 */
export function interpretationClosed(state: State, ask: AskEffect, calls: readonly Call[], counts: boolean): State {
  const interpreter = state.interpreter === null || !counts
    ? state.interpreter
    : { ...state.interpreter, misses: calls.length > 0 ? 0 : state.interpreter.misses + 1 };
  const noted: State = { ...state, interpreter };
  if (calls.length === 0) return notInterpreted(noted, ask.turn, ask.interprets ?? "");
  if (ask.turn === null) {
    if (noted.arbiter.unread?.ask !== ask.interprets) return noted;
    return { ...noted, arbiter: { ...noted.arbiter, calls, unread: null, fault: null, reply: null } };
  }
  const turn = noted.turns[ask.turn];
  if (turn === undefined || turn.unread?.ask !== ask.interprets) return noted;
  const written = turn.exchange.findLastIndex((entry) => entry.from === "model");
  const exchange = turn.exchange.map((entry, index): Exchange =>
    index === written && entry.from === "model" ? { ...entry, calls } : entry
  );
  return withTurn(noted, { ...turn, exchange, calls, unread: null, faults: 0 });
}

/**
 * Says what is so once nobody will read a reply any more: it is a fault of the model that wrote it, and the model is told.
 *
 * @param state what was so
 * @param turnId the turn; null for the arbiter
 * @param ask key of the ask that the reply answers
 * @returns what is so now
 */
export function notInterpreted(state: State, turnId: string | null, ask: string): State {
  if (turnId === null) {
    return state.arbiter.unread?.ask === ask ? { ...state, arbiter: { ...state.arbiter, unread: null } } : state;
  }
  const turn = state.turns[turnId];
  if (turn === undefined || turn.unread?.ask !== ask) return state;
  const told: Exchange = { from: "application", text: inline(turn.unread.fault) };
  return withTurn(state, { ...turn, unread: null, faults: turn.faults + 1, exchange: [...turn.exchange, told] });
}
