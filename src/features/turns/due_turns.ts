import { dueInterpretation } from "../../asks/interpret/due_interpretation.ts";
import { dueAsk } from "../../asks/summarise/due_ask.ts";
import type { Effect } from "../../effects/effect.ts";
import { effects, facts, NOTHING } from "../../kernel/owed.ts";
import { stepOf, taskOf } from "../attempts/strategy_of.ts";
import { straightOf } from "../tasks/goes_straight.ts";
import { ARBITER, type Due, type Registry } from "../registry.ts";
import type { State } from "../state.ts";
import { askWork } from "./ask_work.ts";
import { closeTurn } from "./close_turn.ts";
import { dueCall } from "./due_call.ts";
import { dueCheck } from "./due_check.ts";
import type { TurnEnding } from "./facts.ts";
import { fruitless } from "./fruitless.ts";
import { FAULTS, stepsOf, unclosed, whatFailed } from "./limits.ts";
import { prepareTurn } from "./prepare_turn.ts";
import type { Turn } from "./slice.ts";
import type { Outcome } from "./outcome.ts";
import { say, type Wording } from "../../sentences/say.ts";

/** Says what the turns at work owe, each for itself; the first that owes facts is heard alone. */
export function dueTurns(state: State, registry: Registry): Due {
  const wanted: Effect[] = [];
  for (const turn of Object.values(state.turns.open)) {
    const owed = dueTurn(state, registry, turn);
    if (owed.facts.length > 0) return owed;
    wanted.push(...owed.effects);
  }
  return effects(...wanted);
}

/** Says what a turn owes: its files, its next ask, its next call, a check after a write, or its end. */
function dueTurn(state: State, registry: Registry, turn: Turn): Due {
  if (Object.values(state.effects.open).some(({ effect }) => belongs(effect, turn))) return NOTHING;
  const [sent] = turn.outbox;
  if (sent !== undefined) return sendFromOutbox(state, registry, turn, sent);
  if (turn.waitsFor !== null) return NOTHING;
  if (turn.prepared === null) return effects(prepareTurn(state, registry, turn));
  if (turn.closing !== null) {
    return facts(...closeTurn(state, registry, turn, "finished", saidOf(registry, turn.closing)));
  }
  const checked = dueCheck(state, registry, turn);
  if (checked !== null) return checked;
  const [call] = turn.calls;
  if (call !== undefined) return dueCall(state, registry, turn, call);
  if (turn.unread !== null) return dueInterpretation(state, registry, turn.unread, { role: turn.role, turn: turn.id });
  const end = endOf(state, registry, turn);
  if (end !== null) return facts(...closeTurn(state, registry, turn, ...end));
  const { given } = stepOf(state, registry, turn);
  if (given !== null) {
    return facts({ type: "call_given", turn: turn.id, call: { ...given, arguments: { ...given.arguments } } });
  }
  return dueAsk(state, registry, turn, askWork(state, registry, turn));
}

function belongs(effect: Effect, { id }: Turn): boolean {
  return "turn" in effect && effect.turn === id || "cause" in effect && effect.cause === id;
}

/** How a turn ends that gets no further, and why; null while it does. */
function endOf(state: State, registry: Registry, turn: Turn): [TurnEnding, string] | null {
  if (turn.faults >= FAULTS) return ["no_call", lastWord(registry, turn)];
  if (turn.failures >= registry.bounds.tries) return ["failed", whatFailed(state, registry)];
  if (turn.asks >= stepsOf(state, registry, turn)) return ["capped", unclosed(registry, turn)];
  const isRepair = (taskOf(state, turn)?.checks.length ?? 0) > 0;
  const nowhere = fruitless(registry, turn, isRepair ? straightOf(state, registry)?.failedWrites : undefined);
  return nowhere === null ? null : ["capped", nowhere];
}

/** With what text a turn ends that a closing tool ended. */
function saidOf(from: Wording, outcome: Outcome): string {
  switch (outcome.kind) {
    case "planned":
      return say(from, "turn.planned", { count: outcome.tasks.length });
    case "issue_reported":
      return say(from, "turn.issue", { description: outcome.description });
    case "approved":
      return say(from, "turn.approved", { notes: outcome.notes });
    case "task_finished":
      return outcome.summary;
    default:
      return "text" in outcome ? outcome.text : outcome.question;
  }
}

function lastWord(from: Wording, turn: Turn): string {
  const last = turn.exchange.findLast((entry) => entry.from === "application");
  return last === undefined ? say(from, "turn.no_legal_call") : last.text.text;
}

function sendFromOutbox(state: State, registry: Registry, turn: Turn, sent: Turn["outbox"][number]): Due {
  const { key, outcome } = sent;
  const message = outcome.kind === "specialist_asked"
    ? { kind: "question" as const, to: outcome.role, text: outcome.question }
    : outcome.kind === "message_sent"
    ? { kind: "note" as const, to: outcome.to, text: outcome.text }
    : null;
  if (message === null) throw new Error(`A ${outcome.kind} is no message, and stands in the outbox of ${turn.id}.`);
  const isReviewed = state.run.info?.mode === "driver" && registry.roles[message.to] !== undefined &&
    message.to !== ARBITER;
  return facts({
    type: "message_sent",
    message: {
      id: `m${state.messages.count + 1}`,
      from: turn.role,
      ...message,
      cause: key,
      answers: null,
      review: isReviewed,
    },
  });
}
