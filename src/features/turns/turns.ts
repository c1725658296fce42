import type { WriteFact } from "../../effects/write_fact.ts";
import { refused } from "../../kernel/granted.ts";
import { inline } from "../../kernel/text.ts";
import { defineFeature, isCutShort, onFailure } from "../feature.ts";
import { ARBITER } from "../registry.ts";
import { usedBy } from "../spending/used_by.ts";
import type { State } from "../state.ts";
import { closeTurn } from "./close_turn.ts";
import { dueTurns } from "./due_turns.ts";
import { turnFacts } from "./facts.ts";
import { askFailed, askHeard, askOpened, notInterpreted } from "./hear_ask.ts";
import { isAwaited } from "./is_awaited.ts";
import { newTurn } from "./new_turn.ts";
import type { Exchange, Prepared, Turn, TurnsSlice } from "./slice.ts";
import { changedTurn } from "./changed_turn.ts";
import { called, toolFailed, toolFinished } from "./hear_tool.ts";
import { turnsTold } from "./told.ts";

/** The turns of specialists: what was asked and called in each, and how far it is. */
export const turns = defineFeature<TurnsSlice>({
  name: "turns",
  facts: turnFacts,
  tell: turnsTold,
  empty: { open: {}, count: 0 },
  on: {
    turn_opened: (own, fact, before) => ({
      open: { ...own.open, [fact.id]: newTurn(fact, before) },
      count: own.count + 1,
    }),
    turn_closed(own, { id }) {
      const { [id]: _closed, ...open } = own.open;
      return { ...own, open };
    },
    call_given(own, { turn, call }) {
      // The prompts that follow show it as what was called: the text that comes next belongs to it.
      const given: Exchange = { from: "model", text: inline(JSON.stringify(call)), calls: [call], way: "constrained" };
      return changedTurn(own, turn, ({ exchange }) => ({ calls: [call], exchange: [...exchange, given] }));
    },
    call_refused: (own, { turn, name, reason }) =>
      changedTurn(own, turn, (one) => ({ ...called(one, name, false, reason), waitsFor: null })),
    call_answered: (own, { turn, name, ok, text, advice }) =>
      changedTurn(own, turn, (one) => called(one, name, ok, text, advice)),
    files_shown: (own, { turn, files }) => changedTurn(own, turn, ({ seen }) => ({ seen: { ...seen, ...files } })),
    turn_told(own, { turn, text, about, answers }, before) {
      const told: Exchange = { from: "application", text: { text, chars: text.length }, ...(about && { about }) };
      return changedTurn(own, turn, (one) => ({
        waitsFor: answers !== true && isAwaited(before, one) ? one.waitsFor : null,
        exchange: [...one.exchange, told],
      }));
    },
    // The message of a concluding call leaves the outbox of its turn; an asker waits for the answer.
    message_sent(own, { message: { id, kind, cause } }) {
      if (kind !== "note" && kind !== "question") return own;
      const sender = Object.values(own.open).find((turn) => turn.outbox.some((entry) => entry.key === cause));
      return sender === undefined ? own : changedTurn(own, sender.id, ({ outbox, waitsFor }) => ({
        outbox: outbox.filter((entry) => entry.key !== cause),
        waitsFor: kind === "question" ? id : waitsFor,
      }));
    },
    question_asked: (own, { id, turn }) => turn === null ? own : changedTurn(own, turn, () => ({ waitsFor: id })),
    question_answered(own, { id, approved }, before) {
      const question = before.people.questions.find((one) => one.id === id);
      if (question === undefined || question.kind === "trust" || question.turn === null) return own;
      return changedTurn(own, question.turn, () => ({ waitsFor: null, approved }));
    },
    effect_opened: (own, { effect }) =>
      effect.kind === "ask"
        ? askOpened(own, effect)
        : effect.kind === "tool"
        ? changedTurn(own, effect.turn, ({ toolCalls }) => ({ toolCalls: toolCalls + 1 }))
        : own,
    effect_finished(own, fact, before) {
      const effect = before.effects.open[fact.key]?.effect;
      const { result } = fact;
      if (effect?.kind === "ask" && result.kind === "ask") {
        return askHeard(spent(own, effect.turn, usedBy(fact, before)), effect, result);
      }
      if (effect?.kind === "tool" && result.kind === "tool") return toolFinished(own, effect, result);
      if (effect?.kind === "preview" && result.kind === "preview") {
        return changedTurn(own, effect.turn, () => ({ preview: result.shows }));
      }
      if (effect?.kind === "rule" && result.kind === "rule") {
        return changedTurn(own, effect.turn, () => ({ judged: result.verdict }));
      }
      if (effect?.kind === "check" && result.kind === "check") return checked(own, effect.cause);
      if (effect?.kind !== "prepare" || result.kind !== "prepare") return own;
      const { kind: _kind, ...prepared } = result;
      return changedTurn(own, effect.turn, ({ seen }) => ({ prepared, seen: { ...seen, ...shownBy(prepared) } }));
    },
    ...onFailure<TurnsSlice>((own, fact, before) => {
      const effect = before.effects.open[fact.key]?.effect;
      switch (effect?.kind) {
        case "ask":
          return askFailed(spent(own, effect.turn, usedBy(fact, before)), effect, fact);
        case "tool":
        case "preview":
        case "rule":
          return toolFailed(own, effect.turn, effect.call.name, fact);
        case "prepare":
          return isCutShort(fact) ? own : changedTurn(own, effect.turn, () => ({ prepared: UNPREPARED }));
        case "check":
          return isCutShort(fact) ? own : checked(own, effect.cause);
        default:
          return own;
      }
    }),
    interpretation_skipped: (own, { turn, ask }) => turn === null ? own : notInterpreted(own, turn, ask),
    write_closed: (own, { key, write, done }, before) => done ? wrote(own, before, key, [write]) : own,
    command_closed: (own, { key, writes }, before) => wrote(own, before, key, writes),
  },
  due: dueTurns,
  wishes: {
    /** Ends the turn of a specialist; what it wrote in an attempt is judged as ever. */
    interrupt(state: State, { role }: { readonly role: string }) {
      if (role === ARBITER) {
        return refused(
          "The arbiter's asks are short: p pauses the run, and what you say to it comes first at the next one.",
        );
      }
      const turn = Object.values(state.turns.open).findLast((one) => one.role === role);
      if (turn === undefined) return refused(`${role} has no turn to interrupt.`);
      // A wish is granted without the registry: what a person did is told in the words of the log.
      return { facts: closeTurn(state, {}, turn, "cancelled", "interrupted at the keyboard") };
    },
  },
});

/** What a turn starts with whose files could not be read. */
const UNPREPARED: Turn["prepared"] = { files: [], texts: [], changes: null };

function spent(own: TurnsSlice, turn: string | null, tokens: number): TurnsSlice {
  return turn === null ? own : changedTurn(own, turn, (one) => ({ tokens: one.tokens + tokens }));
}

/** The checks say how the writes of a turn stand. */
function checked(own: TurnsSlice, turn: string): TurnsSlice {
  return changedTurn(own, turn, () => ({ unchecked: [] }));
}

/** Files that stand in what a turn starts with. */
function shownBy({ texts }: Prepared): Turn["seen"] {
  return Object.fromEntries(texts.flatMap(({ path, hash }) => hash === undefined ? [] : [[path, hash]]));
}

/** What was looked at before something was written may have changed, by whomever it was written. */
function unsettled(own: TurnsSlice): TurnsSlice {
  const open = Object.entries(own.open).map(([id, turn]) => [id, { ...turn, fresh: turn.exchange.length }]);
  return { ...own, open: Object.fromEntries(open) };
}

/** What a tool of a turn wrote waits for the checks; what its checks write is its own doing, too. */
function wrote(turns: TurnsSlice, before: State, key: string, writes: readonly WriteFact[]): TurnsSlice {
  const effect = before.effects.open[key]?.effect;
  if (effect === undefined || writes.length === 0) return turns;
  const own = unsettled(turns);
  const after = Object.fromEntries(writes.map((write) => [write.path, write.after]));
  switch (effect.kind) {
    case "tool":
      return changedTurn(own, effect.turn, ({ unchecked, seen }) => ({
        unchecked: [...unchecked, ...writes.map(({ path }) => path)],
        seen: { ...seen, ...after },
      }));
    case "check":
      return changedTurn(own, effect.cause, ({ seen }) => ({ seen: { ...seen, ...after } }));
    default:
      return own;
  }
}
