import type { JsonSchema } from "../kernel/call.ts";
import { facts, NOTHING } from "../kernel/owed.ts";
import { labelled } from "../kernel/say.ts";
import { bound } from "../kernel/text.ts";
import { dueAttempt } from "../features/attempts/due_attempt.ts";
import { closed, droppedMessage, openedBy } from "../features/decisions/closed.ts";
import { specialists } from "../features/decisions/kinds.ts";
import type { OpenDecision, TurnOver } from "../features/decisions/slice.ts";
import type { Fact } from "../features/fact.ts";
import { isReady } from "../features/messages/message.ts";
import { ARBITER, type DecisionKind, type Due, type Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { hasAnyWork, nextTask, phaseOf } from "../features/tasks/next_task.ts";
import { canWrite } from "../features/tasks/role_of_phase.ts";
import { sizeOf } from "../features/threads/model_size.ts";
import { startTurn } from "../features/turns/start_turn.ts";
import { toolsOfTurn } from "../features/turns/tools_of_turn.ts";
import { consultedRole, consultOf } from "./consulted_role.ts";

/** Billions of parameters of an arbiter that may ask before there is trouble: below it asks for the sake of asking (1.5b: each time). */
const CONSULTS_FROM = 4;

const parameters: JsonSchema = {
  type: "object",
  properties: {
    query: { type: "string", description: "What the specialist shall find out or do.", maxLength: 600 },
    context: { type: "string", description: "What it must know for that.", maxLength: 600 },
  },
  required: ["query"],
};

/** Asks a specialist: for an answer, or for an attempt at the next task where it is one that writes. */
export const consult: DecisionKind = {
  name: "consult",
  declare: (registry) =>
    specialists(registry).map((role) => ({
      name: consultOf(role),
      describes: `Asks the ${role} specialist: ${registry.roles[role]!.describes}`,
      parameters,
    })),
  refusal(state, registry, { name }) {
    const role = consultedRole(name) ?? "";
    if (!hasAnyWork(state, registry) || worksOnTask(state, registry, role)) return null;
    const [made, most] = consults(state, registry);
    if (made < most) return null;
    const were = made === 0 ? "No consult was" : made === 1 ? "1 consult was" : `${made} consults were`;
    return `${were} made, and there is work to go on with.`;
  },
  says(name, { query = "" }) {
    const role = consultedRole(name);
    return role === null ? null : labelled(`ask ${role}`, String(query), 60);
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
    if (over !== undefined) return dueAnswer(state, decision, over);
    const dropped = droppedMessage(state, decision);
    if (dropped !== null) {
      return facts(closed(decision, `The message was dropped by ${dropped.changedBy ?? "the person"}.`, false));
    }
    return startTurn(state, registry, decision, {
      role,
      kind: "consult",
      text,
      purpose: "consult",
      tools: (who) => toolsOfTurn(registry, who, { purpose: "consult", changes: false, talks: true }),
      temperature: 0,
      seed: state.turns.count + 1,
    });
  },
};

/** Whether a consult of a role is an attempt at a task: a role that writes and acts in the present phase, where that has one. */
export function worksOnTask(state: State, registry: Registry, role: string): boolean {
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
  const failed = Object.values(state.attempts.past).flat().filter((attempt) => attempt.verdict !== "kept").length;
  const unasked = (sizeOf(state, registry, ARBITER) ?? Infinity) < CONSULTS_FROM ? 0 : 1;
  return [made, unasked + registry.bounds.repeats * (failed + state.people.said.length)];
}

/** The answer of a consult is a message of its own: it can be held, edited and dropped before the arbiter reads it. */
function dueAnswer(state: State, decision: OpenDecision, over: TurnOver): Due {
  const sent = state.messages.list.find((message) => message.cause === over.id && message.kind === "answer");
  if (sent === undefined) return sendAnswer(state, over);
  if (sent.status === "dropped") return facts(closed(decision, "The answer was dropped by the person.", false));
  if (sent.to !== ARBITER) {
    return facts(closed(decision, `The answer was redirected to ${sent.to} by the person.`, false));
  }
  if (!isReady(sent)) return NOTHING;
  return facts(
    { type: "message_in_prompt", id: sent.id, turn: ARBITER },
    { type: "message_answered", id: sent.id },
    closed(decision, `${over.role}: ${sent.text}`, over.ending === "finished"),
  );
}

function sendAnswer(state: State, over: TurnOver): Due {
  const asked = openedBy(state, over.id);
  const text = over.ending === "finished" ? over.text : `No answer (${over.ending}): ${over.text}`;
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
      review: false,
    },
  });
}
