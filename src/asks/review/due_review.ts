import { isAskedInVain } from "../../features/arbiter/is_asked_in_vain.ts";
import type { Fact } from "../../features/fact.ts";
import type { Message } from "../../features/messages/message.ts";
import { ARBITER, type Due, type Registry } from "../../features/registry.ts";
import type { State } from "../../features/state.ts";
import { effects, facts, NOTHING } from "../../kernel/owed.ts";
import { reserve } from "../../prompt/reserve.ts";
import { reviewDecisions } from "./review_decisions.ts";
import { say } from "../../sentences/say.ts";

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
    legal: reviewDecisions(registry).map((tool) => tool.name),
    temperature: 0,
    seed: 1,
    answerLimit: 400,
    reserved: 0,
  }));
}

function verdictFacts(state: State, registry: Registry, message: Message): Fact[] {
  const verdict = state.verdicts[message.id];
  const reviewed = (text: string, by: string): Fact => ({
    type: "message_reviewed",
    id: message.id,
    verdict: text,
    by,
  });
  if (verdict === null || verdict === undefined) return [reviewed("passed: the review gave no legal verdict", "rules")];
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
    case "clarify_message": {
      const question = String(args.question);
      const asker = Object.values(state.turns.open).find((turn) =>
        turn.waitsFor === message.id || turn.role === message.from
      );
      const told: Fact[] = asker === undefined ? [] : [{
        type: "turn_told",
        turn: asker.id,
        text: say(registry, "messages.sent_back", { to: message.to, question }),
      }];
      return [reviewed("sent back", ARBITER), {
        type: "message_dropped",
        id: message.id,
        by: ARBITER,
        reason: `sent back: ${question}`,
      }, ...told];
    }
    default:
      return [reviewed("approved", ARBITER)];
  }
}
