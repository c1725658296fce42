import assert from "node:assert/strict";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import { stepOf } from "../../src/features/attempts/strategy_of.ts";
import type { Stamped } from "../../src/features/fact.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import type { Turn } from "../../src/features/turns/slice.ts";
import { compose } from "../../src/prompt/compose.ts";
import type { Prompt } from "../../src/prompt/prompt.ts";
import type { Law } from "./law.ts";

/** A prompt in a window so large that nothing is cut, without what was summarised. */
function wholePrompt(state: State, registry: Registry, ask: AskEffect, turn: Turn, exchange = turn.exchange): Prompt {
  const open = { ...state.turns.open, [turn.id]: { ...turn, exchange } };
  const whole = { ...state, turns: { ...state.turns, open }, summaries: { byTurn: {}, misses: 0 } };
  const declare = (tools: unknown) => JSON.stringify(tools);
  return compose(whole, registry, ask, { way: "constrained", window: 1_000_000, ratio: 1, declare });
}

/** The turn of an ask that works or writes; null for all else. */
function workedTurn(before: State, fact: Stamped): { readonly ask: AskEffect; readonly turn: Turn } | null {
  if (fact.type !== "effect_opened" || fact.effect.kind !== "ask" || fact.effect.turn === null) return null;
  const ask = fact.effect;
  const turn = before.turns.open[ask.turn!];
  return turn === undefined || ask.purpose === "interpret" || ask.purpose === "summarise" ? null : { ask, turn };
}

/** The head of an attempt's prompts is the same at each of its asks of a form, so that the server's prefix cache holds. */
export const headsStayTheSame = (registry: Registry): Law => {
  const heads = new Map<string, readonly unknown[]>();
  return (before, fact) => {
    const worked = workedTurn(before, fact);
    if (worked === null || worked.turn.attempt === null) return;
    const { ask, turn } = worked;
    const form = ask.purpose === "text" ? stepOf(before, registry, turn).form : null;
    // Without the exchange a text may be of another form than it is: such a prompt was not sent.
    if (ask.purpose === "text" && stepOf(before, registry, { ...turn, exchange: [] }).form !== form) return;
    // Without the exchange only the last words follow the head, in at most two pieces.
    const { messages } = wholePrompt(before, registry, ask, turn, []);
    const [system, user] = messages.map((message) => message.pieces);
    const head = [JSON.stringify(system), ...(user ?? []).map((piece) => JSON.stringify(piece))];
    const known = heads.get(`${turn.id} ${form}`);
    if (known === undefined) heads.set(`${turn.id} ${form}`, head);
    else {
      const same = Math.max(2, Math.min(known.length, head.length) - 2);
      assert.deepEqual(head.slice(0, same), known.slice(0, same), `the head of ${turn.id} changed before ${ask.key}`);
    }
  };
};

/** What is said to be in the prompt of a turn stands in it, whatever the form of its asks. */
export const deliveredWordsAreRead = (registry: Registry): Law => (before, fact) => {
  const worked = workedTurn(before, fact);
  if (worked === null) return;
  const { ask, turn } = worked;
  const marks = before.messages.list.filter((message) => message.turn === turn.id && message.status === "in_prompt")
    .flatMap((message) => /MARK\d+\./.exec(message.text) ?? []);
  if (marks.length === 0) return;
  const text = wholePrompt(before, registry, ask, turn).messages.flatMap((message) =>
    message.pieces.map((piece) => typeof piece === "string" ? piece : piece.text)
  ).join("");
  for (const mark of marks) {
    assert.ok(text.includes(mark), `${mark} was delivered and is not in the prompt of ${ask.key}`);
  }
};
