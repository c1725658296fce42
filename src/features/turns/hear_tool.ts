import type { AskResult } from "../../effects/ask/ask_effect.ts";
import type { ToolCallResult, ToolEffect } from "../../effects/tool/tool_effect.ts";
import type { Text } from "../../kernel/text.ts";
import { causeOf, type Failing } from "../feature.ts";
import { changedTurn } from "./changed_turn.ts";
import type { Outcome } from "./outcome.ts";
import type { Exchange, Turn, TurnsSlice } from "./slice.ts";

/** What a turn becomes once its first call is over: what the call said stands in its exchange. */
export function called(turn: Turn, name: string, ok: boolean, said: string | Text, advice?: string): Partial<Turn> {
  const text = typeof said === "string" ? { text: said, chars: said.length } : said;
  const entry: Exchange = { from: "tool", name, ok, text, ...(advice === undefined ? {} : { advice }) };
  return {
    calls: turn.calls.slice(1),
    content: null,
    approved: null,
    preview: null,
    judged: null,
    exchange: [...turn.exchange, entry],
  };
}

/** The turns once a tool did its work; what it concluded is acted on. */
export function toolFinished(own: TurnsSlice, { turn, key, call }: ToolEffect, result: ToolCallResult): TurnsSlice {
  return changedTurn(own, turn, (one) => {
    const over = called(one, call.name, true, result.text);
    return result.outcome === null ? over : { ...over, ...concluded(one, key, result.outcome) };
  });
}

/** The turns once a tool failed: an interrupted call is due again, whatever else happened is told to the model. */
export function toolFailed(own: TurnsSlice, turn: string, name: string, fact: Failing): TurnsSlice {
  if (fact.type === "effect_failed" && fact.failure === "interrupted") return own;
  return changedTurn(own, turn, (one) => called(one, name, false, causeOf(fact)));
}

/** The turns once a model answered a call of a tool; what could not be read of it is told as a failure. */
export function modelSaid(own: TurnsSlice, turn: string, name: string, { said, fault }: AskResult): TurnsSlice {
  return changedTurn(own, turn, (one) => called(one, name, said !== undefined, said ?? fault ?? ""));
}

/** What a concluding call means for the turn that made it. */
function concluded(turn: Turn, key: string, outcome: Outcome): Partial<Turn> {
  const outcomes = [...turn.outcomes, outcome];
  switch (outcome.kind) {
    case "message_sent":
    case "specialist_asked":
      return { outcomes, outbox: [...turn.outbox, { key, outcome }] };
    default:
      return { outcomes, closing: outcome };
  }
}
