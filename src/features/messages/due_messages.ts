import type { Turn } from "../turns/slice.ts";
import { versionOf } from "../turns/version_of.ts";
import { effects, facts, NOTHING } from "../../kernel/owed.ts";
import type { Effect } from "../../effects/effect.ts";
import type { Fact } from "../fact.ts";
import { familyOf, leads, rootOf } from "./duplicates.ts";
import { isPending, type Message } from "./message.ts";
import { ARBITER, type Due, type Registry } from "../registry.ts";
import { dueReview } from "../../asks/review/due_review.ts";
import type { State } from "../state.ts";
import { roleOfSeat } from "../seats/seat.ts";
import { isAwaited } from "../turns/is_awaited.ts";
import { toolsOfTurn } from "../turns/tools_of_turn.ts";
import { say, type Wording } from "../../sentences/say.ts";

/**
 * Says what messages owe: a review, the delivery into a running turn, the turn of a question, the way back of an answer.
 *
 * @param registry what the crew offers
 * @returns what is due
 */
export function dueMessages(state: State, registry: Registry): Due {
  const opened: Effect[] = [];
  for (const message of state.messages.list) {
    if (!isPending(message) || message.status === "held") continue;
    const part = dueMessage(state, registry, message);
    if (part.facts.length > 0) return part;
    opened.push(...part.effects);
  }
  for (const turn of Object.values(state.turns.open)) {
    const stuck = unanswerable(state, registry, turn);
    if (stuck !== null) return stuck;
  }
  return effects(...opened);
}

function dueMessage(state: State, registry: Registry, message: Message): Due {
  if (isLate(state, message)) return expired(message, "late");
  if (message.review && message.status === "queued") return dueReview(state, registry, message);
  switch (message.kind) {
    case "note":
      return deliver(state, registry, message);
    case "word":
      return message.to === ARBITER ? noted(state, registry, message) : hear(state, registry, message);
    case "question":
      return dueQuestion(state, registry, message);
    case "answer":
      return message.to === ARBITER ? NOTHING : wayBack(state, registry, message);
    case "consult":
    case "assignment":
      // The decision that sent it opens its turn; a duplicate is answered beside that.
      return leads(state, message) ? NOTHING : dueBeside(state, registry, message);
  }
}

/** Whether an answer comes to the arbiter when the decision that asked is over, as that of a second role may: its review is worth no ask. */
function isLate({ messages: { list }, decisions }: State, { kind, to, answers }: Message): boolean {
  if (kind !== "answer" || to !== ARBITER || answers === null) return false;
  const root = list.find(({ id }) => id === rootOf(list, answers));
  return root?.cause !== undefined && decisions.past.some(({ id, ok }) => id === root.cause && ok !== null) &&
    decisions.open[root.cause] === undefined;
}

function expired({ id }: Message, reason: "late" | "unawaited"): Due {
  return facts({ type: "message_expired", id, reason });
}

/** A word to the arbiter goes into its next prompt, and can be held and changed until that is made. */
function noted(state: State, registry: Registry, message: Message): Due {
  const thinking = Object.values(state.effects.open).some(({ effect }) =>
    effect.kind === "ask" && effect.turn === null && effect.purpose === "decide"
  );
  if (message.later === true && Object.keys(state.decisions.open).length > 0) return NOTHING;
  const asked = registry.roles[ARBITER] !== undefined && state.run.info?.mode !== "off" &&
    state.arbiter.tries < registry.bounds.tries;
  if (thinking || !asked) return NOTHING;
  return facts({ type: "message_in_prompt", id: message.id, turn: ARBITER }, {
    type: "message_answered",
    id: message.id,
  });
}

/** A word to a specialist goes into its running turn; one that is idle answers in a turn of its own. */
function hear(state: State, registry: Registry, message: Message): Due {
  if (message.later === true && isRoleAtWork(state, message.to)) return NOTHING;
  return isAtWork(state, message.to) || registry.roles[message.to] === undefined
    ? deliver(state, registry, message)
    : openReply(state, registry, message);
}

/** Whether any seat of a role has a turn or a try at work. */
function isRoleAtWork({ turns, attempts }: State, role: string): boolean {
  return [...Object.values(turns.open), ...Object.values(attempts.open)].some((one) => roleOfSeat(one.role) === role);
}

/** A duplicate of what starts a turn is answered as a question is: whoever gets it may look, and answer. */
function dueBeside(state: State, registry: Registry, message: Message): Due {
  if (familyOf(state.messages.list, message.id).length < 2) return NOTHING;
  if (registry.roles[message.to] === undefined) {
    const reason = `there is no specialist ${message.to}`;
    return facts({ type: "message_dropped", id: message.id, by: "rules", reason });
  }
  return isAtWork(state, message.to) ? NOTHING : openReply(state, registry, message);
}

function isAtWork(state: State, role: string): boolean {
  return Object.values(state.turns.open).some((turn) => turn.role === role);
}

/** The turn in which a role answers a message: it may look at things, and only answer. */
function openReply(state: State, registry: Registry, message: Message): Due {
  const id = `t${state.turns.count + 1}`;
  return facts(
    {
      type: "turn_opened",
      id,
      role: message.to,
      message: message.id,
      purpose: "reply",
      tools: toolsOfTurn(registry, message.to, { purpose: "reply", changes: false, talks: false }),
      temperature: 0,
      seed: state.turns.count + 1,
      decision: null,
      attempt: null,
      ...versionOf(registry, message.to),
    },
    { type: "message_in_prompt", id: message.id, turn: id },
  );
}

/** A note stands in the next prompt of its receiver: in its running turn, between two asks. */
function deliver(state: State, from: Wording, message: Message): Due {
  const turn = Object.values(state.turns.open).find((one) =>
    one.role === message.to && one.prepared !== null && one.waitsFor === null
  );
  if (turn === undefined || isBusy(state, turn)) return NOTHING;
  const text = message.from === "person"
    ? say(from, "messages.from_person", { text: message.text })
    : say(from, "messages.from", { from: message.from, text: message.text });
  return facts(
    { type: "turn_told", turn: turn.id, text },
    { type: "message_in_prompt", id: message.id, turn: turn.id },
  );
}

function isBusy(state: State, turn: Turn): boolean {
  return Object.values(state.effects.open).some(({ effect }) =>
    "turn" in effect && effect.turn === turn.id || effect.kind === "check" && effect.cause === turn.id
  ) || turn.calls.length > 0;
}

function dueQuestion(state: State, registry: Registry, message: Message): Due {
  const role = registry.roles[message.to];
  const from = registry.roles[message.from];
  const drop = (reason: string) => facts<Fact>({ type: "message_dropped", id: message.id, by: "rules", reason });
  if (role === undefined || message.to === ARBITER) return drop(`there is no specialist ${message.to}`);
  if (from !== undefined && message.changedBy === null && !from.mayAsk.includes(message.to)) {
    return drop(`${message.from} may not ask ${message.to}`);
  }
  if (isAtWork(state, message.to)) {
    return message.duplicateOf !== undefined ? NOTHING : drop(`${message.to} has a turn of its own at work`);
  }
  if (depthOf(state, message) > registry.bounds.depth) {
    return drop(`specialists may ask each other ${registry.bounds.depth} deep`);
  }
  return openReply(state, registry, message);
}

/** How many turns wait for each other up to this question. */
function depthOf(state: State, message: Message): number {
  let depth = 1;
  const root = rootOf(state.messages.list, message.id);
  let asker = Object.values(state.turns.open).find((turn) => turn.waitsFor === root);
  while (asker !== undefined && asker.purpose === "reply" && depth < 10) {
    const before = asker.message;
    depth += 1;
    asker = Object.values(state.turns.open).find((turn) => turn.waitsFor === before);
  }
  return depth;
}

/** The answer to a specialist's question goes to the turn that waits for it. */
function wayBack(state: State, from: Wording, message: Message): Due {
  const family = familyOf(state.messages.list, message.answers ?? "").map(({ id }) => id);
  const asker = Object.values(state.turns.open).find((turn) =>
    turn.role === message.to && (turn.waitsFor === message.answers || family.includes(turn.waitsFor ?? ""))
  );
  if (asker === undefined) {
    return message.originalTo === null && family.length < 2
      ? expired(message, "unawaited")
      : deliver(state, from, message);
  }
  return facts(
    { type: "message_in_prompt", id: message.id, turn: asker.id },
    { type: "message_answered", id: message.id },
    {
      type: "turn_told",
      turn: asker.id,
      text: say(from, "messages.answers", { from: message.from, text: message.text }),
      answers: true,
    },
  );
}

/** A turn that waits for a message which will never be answered is told so. */
function unanswerable(state: State, from: Wording, turn: Turn): Due | null {
  if (turn.waitsFor === null) return null;
  if (isAwaited(state, turn)) return null;
  const message = state.messages.list.find((one) => one.id === turn.waitsFor);
  const text = message === undefined || message.status === "answered"
    ? say(from, "messages.answer_dropped")
    : say(from, "messages.question_dropped", { to: message.to });
  return facts({ type: "turn_told", turn: turn.id, text });
}
