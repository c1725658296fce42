import { isAskedInVain } from "../../features/arbiter/is_asked_in_vain.ts";
import type { Fact } from "../../features/fact.ts";
import type { Message } from "../../features/messages/message.ts";
import { ARBITER, type Due, type Registry } from "../../features/registry.ts";
import type { State } from "../../features/state.ts";
import { effects, facts, NOTHING } from "../../kernel/owed.ts";
import { bound } from "../../kernel/text.ts";
import { reserve } from "../../prompt/reserve.ts";
import { reviewDecisions, VERDICTS } from "./review_decisions.ts";
import { say, type Wording } from "../../sentences/say.ts";

/** Says what a message under review owes: the arbiter's look at it, or what follows from that. */
export function dueReview(state: State, registry: Registry, message: Message): Due {
  if (Object.hasOwn(state.verdicts, message.id)) return facts(...verdictFacts(state, registry, message));
  const open = Object.values(state.effects.open).some(({ effect }) =>
    effect.kind === "ask" && effect.message === message.id
  );
  if (open) return NOTHING;
  if (registry.roles[ARBITER] === undefined) {
    return facts({ type: "message_reviewed", id: message.id, verdict: "approved: there is no arbiter", by: "rules" });
  }
  if (isAskedInVain(state)) {
    const verdict = "passed: the arbiter is passed over";
    return facts({ type: "message_reviewed", id: message.id, verdict, by: "rules" });
  }
  return effects(reserve(state, registry, {
    kind: "ask",
    key: `${message.id}.review${state.effects.count}`,
    role: ARBITER,
    turn: null,
    purpose: "review",
    message: message.id,
    legal: [...legalVerdicts(registry, message)],
    temperature: 0,
    seed: 1,
    answerLimit: 400,
    reserved: 0,
  }));
}

/** An answer goes to who asked, as it was given: it is let go, or its role is asked once more. */
function legalVerdicts(registry: Registry, { kind }: Message): readonly string[] {
  const names = reviewDecisions(registry).map((tool) => tool.name);
  return kind === "answer" ? names.filter((name) => name === VERDICTS.pass || name === VERDICTS.ask) : names;
}

function verdictFacts(state: State, registry: Registry, message: Message): Fact[] {
  const verdict = state.verdicts[message.id];
  const reviewed = (text: string, by: string): Fact => ({
    type: "message_reviewed",
    id: message.id,
    verdict: text,
    by,
  });
  if (!legalVerdicts(registry, message).includes(verdict?.name ?? "") || verdict === null || verdict === undefined) {
    return [reviewed("passed: the review gave no legal verdict", "rules")];
  }
  const args = verdict.arguments;
  switch (verdict.name) {
    case "modify_message":
      return [
        { type: "message_edited", id: message.id, text: String(args.text), by: ARBITER },
        reviewed("modified", ARBITER),
      ];
    case "redirect_message": {
      const to = String(args.to);
      if (registry.roles[to] === undefined || to === ARBITER || to === message.from) {
        return [reviewed(`passed: it cannot go to ${to}`, "rules")];
      }
      return [
        { type: "message_redirected", id: message.id, to, by: ARBITER },
        reviewed(`redirected to ${to}`, ARBITER),
      ];
    }
    case VERDICTS.ask: {
      const question = String(args.question);
      const asking = message.kind === "answer"
        ? askedAgain(state, registry, message, question)
        : toldBack(state, registry, message, question);
      if (asking === null) return [reviewed("passed: nobody can be asked any more", "rules")];
      return [
        reviewed("sent back", ARBITER),
        { type: "message_sent_back", id: message.id, question, by: ARBITER },
        ...asking,
      ];
    }
    default:
      return [reviewed("approved", ARBITER)];
  }
}

/** Whoever wrote a message is told what the arbiter asks of it, in the turn that is at work. */
function toldBack(state: State, from: Wording, message: Message, question: string): Fact[] {
  const asker = Object.values(state.turns.open).find((turn) =>
    turn.waitsFor === message.id || turn.role === message.from
  );
  const text = say(from, "messages.sent_back", { to: message.to, question });
  return asker === undefined ? [] : [{ type: "turn_told", turn: asker.id, text }];
}

/** Whoever gave an answer is asked about it in a turn of its own; null where the consult is over. */
function askedAgain(state: State, from: Wording, answer: Message, question: string): Fact[] | null {
  const decision = Object.values(state.decisions.open).find(({ turnsOver }) =>
    turnsOver.some(({ id }) => id === answer.cause)
  );
  if (decision === undefined) return null;
  const query = state.messages.list.find(({ id }) => id === answer.answers)?.text ?? "";
  const text = say(from, "arbiter.asks_again", { question, query: bound(query, 600), answer: bound(answer.text, 600) });
  return [{
    type: "message_sent",
    message: {
      id: `m${state.messages.count + 1}`,
      from: ARBITER,
      to: answer.from,
      kind: "consult",
      text,
      cause: decision.id,
      answers: null,
      review: false,
    },
  }];
}
