import type { AskEffect, AskResult } from "../../effects/ask/ask_effect.ts";
import { inline, type Text } from "../../kernel/text.ts";
import { type Failing, isCutShort } from "../feature.ts";
import { INTERPRETER } from "../registry.ts";
import { changedTurn } from "./changed_turn.ts";
import { modelSaid, toolFailed } from "./hear_tool.ts";
import type { Exchange, TurnsSlice, Unread } from "./slice.ts";

/** The turns once an ask of one of them was opened: the work itself counts, what is asked beside it does not. */
export function askOpened(own: TurnsSlice, { turn, purpose }: AskEffect): TurnsSlice {
  const counts = turn !== null && (purpose === "work" || purpose === "text");
  return counts ? changedTurn(own, turn, ({ asks }) => ({ asks: asks + 1 })) : own;
}

/** The turns once an ask of one of them was answered. */
export function askHeard(own: TurnsSlice, ask: AskEffect, result: AskResult): TurnsSlice {
  if (ask.turn === null) return own;
  if (ask.tool !== undefined) return modelSaid(own, ask.turn, ask.tool, result);
  switch (ask.purpose) {
    case "work":
      return worked(own, ask.turn, ask, result);
    case "text":
      return written(own, ask.turn, result);
    case "interpret":
      return interpreted(own, ask.turn, ask.interprets ?? "", result);
    default:
      return own;
  }
}

/** The turns once an ask of one of them failed. */
export function askFailed(own: TurnsSlice, ask: AskEffect, fact: Failing): TurnsSlice {
  if (ask.turn === null) return own;
  if (ask.tool !== undefined) return toolFailed(own, ask.turn, ask.tool, fact);
  if (ask.purpose === "interpret") return notInterpreted(own, ask.turn, ask.interprets ?? "");
  if (ask.purpose !== "work" && ask.purpose !== "text") return own;
  if (!isCutShort(fact)) return changedTurn(own, ask.turn, ({ failures }) => ({ failures: failures + 1 }));
  return isUnheard(fact) ? changedTurn(own, ask.turn, ({ asks }) => ({ asks: asks - 1 })) : own;
}

/**
 * Whether no model got to hear an ask that was cut short: it is no step of its turn. One whose host broke off may be why it did, so those
 * have an end by their number.
 */
function isUnheard(fact: Failing): boolean {
  return fact.type === "effect_failed" && (fact.failure === "busy" || fact.failure === "rate_limited");
}

/** A reply that an ask left unread, where somebody else may read it; null where nobody may. */
export function unreadOf(ask: AskEffect, result: AskResult): Unread | null {
  const { meant, model, fault } = result;
  if (meant === undefined || ask.role === INTERPRETER) return null;
  return { ask: ask.key, model, legal: ask.legal, fault: fault ?? "", meant };
}

/**
 * Of a reply that its bound cut before any call, what the prompts that follow show: one that goes round is read once more in all its length
 * else, and a model goes on as it reads.
 */
function beginningOf(text: Text): Text {
  return text.blob === undefined ? text : inline(`${text.text}…`);
}

function worked(own: TurnsSlice, id: string, ask: AskEffect, result: AskResult): TurnsSlice {
  const { calls, way, fault, endedBy } = result;
  const text = calls.length === 0 && endedBy === "length" ? beginningOf(result.text) : result.text;
  const unread = calls.length > 0 ? null : unreadOf(ask, result);
  return changedTurn(own, id, (turn) => {
    const exchange: Exchange[] = [...turn.exchange, { from: "model", text, calls, way }];
    // What may mean a call is no fault before the interpreter has looked at it.
    if (unread !== null) return { failures: 0, exchange, unread };
    return {
      failures: 0,
      exchange: [...exchange, ...told(fault)],
      calls,
      faults: calls.length > 0 ? 0 : turn.faults + 1,
    };
  });
}

function written(own: TurnsSlice, id: string, { text, calls, way, fault, content }: AskResult): TurnsSlice {
  return changedTurn(own, id, (turn) => ({
    failures: 0,
    exchange: [...turn.exchange, { from: "model", text, calls, way }, ...told(fault)],
    content,
    faults: content === null ? turn.faults + 1 : 0,
  }));
}

function told(fault: string | null): Exchange[] {
  return fault === null ? [] : [{ from: "application", text: inline(fault) }];
}

/** The call that the interpreter read stands in the reply's place; without one the model that wrote the reply is told its fault. */
function interpreted(own: TurnsSlice, id: string, ask: string, { calls }: AskResult): TurnsSlice {
  if (calls.length === 0) return notInterpreted(own, id, ask);
  return changedTurn(own, id, (turn) => {
    if (turn.unread?.ask !== ask) return {};
    const place = turn.exchange.findLastIndex((entry) => entry.from === "model");
    const exchange = turn.exchange.map((entry, index): Exchange =>
      index === place && entry.from === "model" ? { ...entry, calls } : entry
    );
    return { exchange, calls, unread: null, faults: 0 };
  });
}

/**
 * The turns once nobody will read a reply any more: it is a fault of the model that wrote it, and the model is told.
 *
 * @param ask key of the ask that the reply answers
 */
export function notInterpreted(own: TurnsSlice, id: string, ask: string): TurnsSlice {
  return changedTurn(
    own,
    id,
    ({ unread, faults, exchange }) =>
      unread?.ask === ask ? { unread: null, faults: faults + 1, exchange: [...exchange, ...told(unread.fault)] } : {},
  );
}
