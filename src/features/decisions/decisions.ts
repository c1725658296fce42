import { NO_VALUES, valueIn, withValue } from "../buckets.ts";
import type { Effect } from "../../effects/effect.ts";
import { effects, facts } from "../../kernel/owed.ts";
import { defineFeature } from "../feature.ts";
import { familyOf } from "../messages/duplicates.ts";
import { isPending } from "../messages/message.ts";
import { mayBecome } from "../tasks/task.ts";
import { closed } from "./closed.ts";
import { decisionFacts } from "./facts.ts";
import { keyOf, kindOf } from "./kinds.ts";
import {
  type Decision,
  type DecisionsSlice,
  newDecision,
  type OpenDecision,
  plainDecision,
  type TurnOver,
} from "./slice.ts";
import { decisionsTold } from "./told.ts";
import { say } from "../../sentences/say.ts";

const KEPT_DECISIONS = 12;

/** The decisions that are at work, each with how far it is, and the last ones with their outcomes. */
export const decisions = defineFeature<DecisionsSlice>({
  name: "decisions",
  facts: decisionFacts,
  tell: decisionsTold,
  empty: { open: {}, past: [], count: 0, seen: NO_VALUES, stale: 0 },
  on: {
    decision_made(own, fact, { run: { phase } }) {
      const { id, fingerprint } = fact;
      const key = keyOf(fact);
      const decision = newDecision({ ...fact, phase });
      // Beside one that is at work only the person is answered: that is over at once.
      if (fact.beside !== undefined) {
        const { races } = fact;
        const atWork = races === undefined ? decision : { ...decision, task: races, races: true };
        return { ...own, open: { ...own.open, [id]: atWork }, count: own.count + 1 };
      }
      if (only(own) !== null) return { ...own, past: kept(own.past, plainDecision(decision)), count: own.count + 1 };
      const situation = valueIn(own.seen, fingerprint);
      return {
        ...own,
        open: { [id]: decision },
        count: own.count + 1,
        seen: withValue(own.seen, fingerprint, { ...situation, [key]: (situation?.[key] ?? 0) + 1 }),
        stale: situation === undefined ? 0 : own.stale + 1,
      };
    },
    decision_closed(own, { id, outcome, ok }) {
      const { [id]: decision, ...open } = own.open;
      if (decision !== undefined) {
        return { ...own, open, past: kept(own.past, { ...plainDecision(decision), outcome, ok }) };
      }
      return { ...own, past: own.past.map((one) => one.id === id ? { ...one, outcome, ok } : one) };
    },
    task_changed(own, { id, status, decision }, before) {
      const task = before.tasks.list.find((one) => one.id === id);
      if (task === undefined || status !== "in_progress" || !mayBecome(task.status, status)) return own;
      return changed(own, decision ?? only(own), () => ({ task: id }));
    },
    attempt_opened: (own, { decision, task, role }) =>
      changed(own, decision ?? only(own), ({ attempts }) => ({
        attempts: attempts + 1,
        message: null,
        turn: null,
        assigned: { task, role },
      })),
    message_sent(own, { message: { id, kind, cause, answers, duplicateOf } }) {
      const starts = answers === null && duplicateOf === undefined && (kind === "consult" || kind === "assignment");
      return starts ? changed(own, cause, () => ({ message: id })) : own;
    },
    // Where a duplicate is on its way, that one is what the decision waits for.
    message_dropped(own, { id }, before) {
      const decision = Object.values(own.open).find(({ message }) => message === id);
      const other = familyOf(before.messages.list, id).find((message) => message.id !== id && isPending(message));
      return decision === undefined || other === undefined
        ? own
        : changed(own, decision.id, () => ({ message: other.id }));
    },
    turn_opened: (own, { id, purpose, decision }) =>
      purpose === "reply" ? own : changed(own, decision ?? only(own), () => ({ turn: id })),
    turn_closed(own, { id, ending, text }, before) {
      const turn = before.turns.open[id];
      const decision = Object.values(own.open).find((one) => one.turn === id);
      if (turn === undefined || decision === undefined) return own;
      const files = turn.prepared?.files ?? [];
      return over(own, decision, { turn: null, message: null }, {
        id,
        role: turn.role,
        ending,
        text,
        outcomes: turn.outcomes,
        files,
      });
    },
    question_asked: (own, { id, kind, turn }, before) =>
      kind !== "input" || turn !== null && before.turns.open[turn] !== undefined
        ? own
        : changed(own, only(own), () => ({ question: id })),
    question_answered(own, { id, approved, text }) {
      const decision = Object.values(own.open).find((one) => one.question === id);
      if (decision === undefined) return own;
      const ending = approved ? "answered" : "denied";
      return over(own, decision, { question: null }, { id, role: "person", ending, text, outcomes: [], files: [] });
    },
    // A round of checks looks at the project as it is, for whoever wanted to know.
    effect_finished: (own, { result }) => result.kind === "check" ? allChecked(own) : own,
    effect_failed: (own, fact, before) =>
      before.effects.open[fact.key]?.effect.kind === "check" && fact.failure !== "interrupted" ? allChecked(own) : own,
    effect_refused: (own, { key }, before) => before.effects.open[key]?.effect.kind === "check" ? allChecked(own) : own,
    effect_unknown: (own, { key }, before) => before.effects.open[key]?.effect.kind === "check" ? allChecked(own) : own,
  },
  due(state, registry) {
    const wanted: Effect[] = [];
    for (const decision of Object.values(state.decisions.open)) {
      if (decision.turn !== null) continue;
      const owed = kindOf(registry, decision.name)?.due(state, registry, decision) ??
        facts(closed(decision, say(registry, "decisions.unknown", { decision: decision.name }), false));
      if (owed.facts.length > 0 || owed.cancel.length > 0) return owed;
      wanted.push(...owed.effects);
    }
    return effects(...wanted);
  },
});

/** The decision that is meant where a fact of an older run names none: there never was more than one then. */
function only({ open }: DecisionsSlice): string | null {
  for (const id in open) return id;
  return null;
}

function changed(
  own: DecisionsSlice,
  id: string | null,
  how: (decision: OpenDecision) => Partial<OpenDecision>,
): DecisionsSlice {
  const decision = id === null ? undefined : own.open[id];
  return decision === undefined
    ? own
    : { ...own, open: { ...own.open, [decision.id]: { ...decision, ...how(decision) } } };
}

/** Adds how a turn or a question ended; `next` says what the decision waits for no more. */
function over(own: DecisionsSlice, { id, turnsOver }: OpenDecision, next: Partial<OpenDecision>, end: TurnOver) {
  return changed(own, id, () => ({ ...next, turnsOver: [...turnsOver, end] }));
}

function allChecked(own: DecisionsSlice): DecisionsSlice {
  const open = Object.entries(own.open).map(([id, decision]) => [id, { ...decision, checked: true }]);
  return open.length === 0 ? own : { ...own, open: Object.fromEntries(open) };
}

function kept(past: readonly Decision[], decision: Decision): readonly Decision[] {
  return [...past, decision].slice(-KEPT_DECISIONS);
}
