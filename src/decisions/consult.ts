import { valuesOf } from "../features/buckets.ts";
import type { JsonSchema } from "../kernel/call.ts";
import { facts, NOTHING } from "../kernel/owed.ts";
import { labelled } from "../kernel/say.ts";
import { bound } from "../kernel/text.ts";
import { dueAttempt } from "../features/attempts/due_attempt.ts";
import { closed, droppedMessage, openedBy } from "../features/decisions/closed.ts";
import { sayAssigned } from "../features/decisions/say_assigned.ts";
import { specialists } from "../features/decisions/kinds.ts";
import type { OpenDecision, TurnOver } from "../features/decisions/slice.ts";
import type { Fact } from "../features/fact.ts";
import { isReady, type Message } from "../features/messages/message.ts";
import { ARBITER, type DecisionKind, type Due, type Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { hasAnyWork, nextTask, phaseOf } from "../features/tasks/next_task.ts";
import { isSettled } from "../features/tasks/is_settled.ts";
import { canWrite } from "../features/tasks/role_of_phase.ts";
import { sizeOf } from "../features/threads/model_size.ts";
import { startTurn } from "../features/turns/start_turn.ts";
import { mayTalk } from "../features/turns/talk.ts";
import { toolsOfTurn } from "../features/turns/tools_of_turn.ts";
import { consultedRole, consultOf } from "./consulted_role.ts";
import { reviewsAnswers } from "../features/messages/reviews_answers.ts";
import { otherAnswers } from "./other_answers.ts";
import { say, type Wording } from "../sentences/say.ts";

/** Billions of parameters of an arbiter that may ask before there is trouble: below it asks for the sake of asking (1.5b: each time). */
const CONSULTS_FROM = 4;

/** Characters of several answers together: as much as a brief tells of an outcome. */
const OUTCOME = 380;

function parametersOf(from: Wording): JsonSchema {
  return {
    type: "object",
    properties: {
      query: { type: "string", description: say(from, "decisions.consult_query"), maxLength: 600 },
      context: { type: "string", description: say(from, "decisions.consult_context"), maxLength: 600 },
    },
    required: ["query"],
  };
}

/** Asks a specialist: for an answer, or for an attempt at the next task where it is one that writes. */
export const consult: DecisionKind = {
  name: "consult",
  declare: (registry) =>
    specialists(registry).map((role) => ({
      name: consultOf(role),
      describes: say(registry, "decisions.consult", { role, describes: registry.roles[role]!.describes }),
      parameters: parametersOf(registry),
    })),
  refusal(state, registry, { name }) {
    const role = consultedRole(name) ?? "";
    if (isSettled(state, registry)) return say(registry, "decisions.settled");
    if (!hasAnyWork(state, registry) || worksOnTask(state, registry, role)) return null;
    const [made, most] = consults(state, registry);
    if (made < most) return null;
    if (made === 0) return say(registry, "decisions.consults_none");
    return made === 1
      ? say(registry, "decisions.consults_one")
      : say(registry, "decisions.consults_many", { count: made });
  },
  says(name, { query = "" }, made) {
    const role = consultedRole(name);
    if (role === null) return null;
    return (made === undefined ? null : sayAssigned(made)) ?? labelled(`ask ${role}`, String(query), 60);
  },
  due(state, registry, decision) {
    const role = consultedRole(decision.name) ?? "";
    const { query = "", context } = decision.arguments;
    const text = `${String(query)}${context === undefined ? "" : `\n${String(context)}`}`;
    // A consult writes only as an attempt at an open task.
    if (decision.task !== null || worksOnTask(state, registry, role)) {
      return dueAttempt(state, registry, decision, { query: text, role });
    }
    const over = decision.turnsOver.at(-1);
    // Where the answer was sent back, its role is asked once more.
    if (over !== undefined && decision.message === null) return dueAnswer(state, registry, decision, over);
    const dropped = droppedMessage(state, decision);
    if (dropped !== null) return dueInItsPlace(state, registry, decision, dropped);
    return startTurn(state, registry, decision, {
      role,
      kind: "consult",
      text,
      purpose: "consult",
      tools: (who) => toolsOfTurn(registry, who, { purpose: "consult", changes: false, talks: mayTalk(state) }),
      temperature: 0,
      seed: state.turns.count + 1,
    });
  },
};

/** Whether a consult of a role is an attempt at a task: a role that writes and acts in the present phase, where that has one. */
function worksOnTask(state: State, registry: Registry, role: string): boolean {
  const phase = phaseOf(state, registry);
  return phase?.consultsWork === true && canWrite(registry, role) &&
    registry.roles[role]?.phases.includes(phase.phase) === true && nextTask(state, registry) !== null;
}

/**
 * Consults made, and how many there may be: one beforehand, unless the arbiter is tiny; advice is for trouble, so each attempt that failed
 * and each word of the person allows more.
 */
function consults(state: State, registry: Registry): readonly [number, number] {
  const made = Object.entries(state.statistics.decisions)
    .reduce((sum, [name, { made }]) => consultedRole(name) === null ? sum : sum + made, 0);
  const failed = valuesOf(state.attempts.past).flat()
    .filter(({ verdict }) => verdict !== "kept" && verdict !== "cancelled").length;
  const unasked = (sizeOf(state, registry, ARBITER) ?? Infinity) < CONSULTS_FROM ? 0 : 1;
  return [made, unasked + registry.bounds.repeats * (failed + state.people.said.length)];
}

/** A consult that was dropped is over, unless a duplicate of it is answered in its place. */
function dueInItsPlace(state: State, from: Wording, decision: OpenDecision, dropped: Message): Due {
  const others = otherAnswers(state, [...askedBy(state, decision), dropped]);
  if (others === null) return NOTHING;
  if (others.answers.length > 0) {
    return facts(...others.heard, closed(decision, outcomeOf(from, others.answers), true));
  }
  const first = state.messages.list.find(({ kind, cause }) =>
    kind === "answer" && cause === decision.turnsOver.at(-1)?.id
  );
  if (first !== undefined) return facts(closed(decision, outcomeOf(from, [first]), true));
  const by = dropped.changedBy ?? say(from, "decisions.the_person");
  return facts(closed(decision, say(from, "decisions.consult_dropped", { by }), false));
}

/** The answer of a consult is a message of its own: it can be held, edited and dropped before the arbiter reads it. */
function dueAnswer(state: State, from: Wording, decision: OpenDecision, over: TurnOver): Due {
  const sent = state.messages.list.find((message) => message.cause === over.id && message.kind === "answer");
  if (sent === undefined) return sendAnswer(state, from, decision, over);
  const others = otherAnswers(state, askedBy(state, decision));
  if (others === null) return NOTHING;
  const beside = others.answers.length === 0 ? "" : `\n${outcomeOf(from, others.answers)}`;
  const ended = (outcome: string, ok: boolean) =>
    facts(...others.heard, closed(decision, `${outcome}${beside}`, ok || beside !== ""));
  if (sent.status === "dropped") return ended(say(from, "decisions.answer_dropped"), false);
  if (sent.to !== ARBITER) return ended(say(from, "decisions.answer_redirected", { to: sent.to }), false);
  if (!isReady(sent)) return NOTHING;
  return facts(
    { type: "message_in_prompt", id: sent.id, turn: ARBITER },
    { type: "message_answered", id: sent.id },
    ...others.heard,
    closed(decision, outcomeOf(from, [sent, ...others.answers]), over.ending === "finished" || beside !== ""),
  );
}

/** Messages that opened the turns of a consult. */
function askedBy(state: State, { turnsOver }: OpenDecision): readonly Message[] {
  return turnsOver.flatMap(({ id }) => openedBy(state, id) ?? []);
}

/** What a consult comes to: each answer by who gives it. Of several each has its part of what the arbiter is told. */
function outcomeOf(from: Wording, answers: readonly Message[]): string {
  const most = answers.length === 1 ? Infinity : Math.max(120, Math.floor(OUTCOME / answers.length));
  return answers.map(({ from: role, text }) => say(from, "decisions.answer", { role, text: bound(text, most) }))
    .join("\n");
}

function sendAnswer(state: State, from: Wording, { turnsOver }: OpenDecision, over: TurnOver): Due {
  const asked = openedBy(state, over.id);
  const { ending } = over;
  const text = ending === "finished" ? over.text : say(from, "decisions.no_answer", { ending, text: over.text });
  const before: Fact[] = asked === undefined ? [] : [{ type: "message_answered", id: asked.id }];
  return facts<Fact>(...before, {
    type: "message_sent",
    message: {
      id: `m${state.messages.count + 1}`,
      from: over.role,
      to: ARBITER,
      kind: "answer",
      text: bound(text, 3000),
      cause: over.id,
      answers: asked?.id ?? "",
      // One question back is enough.
      review: reviewsAnswers(state) && over.ending === "finished" && turnsOver.length === 1,
    },
  });
}
