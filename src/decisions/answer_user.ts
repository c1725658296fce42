import { facts } from "../kernel/owed.ts";
import { closed } from "../features/decisions/closed.ts";
import type { DecisionKind } from "../features/registry.ts";
import { say } from "../sentences/say.ts";

const NAME = "answer_user";

/** Answers what the person said; also while other work goes on. */
export const answerUser: DecisionKind = {
  name: NAME,
  beside: true,
  declare: (registry) => [{
    name: NAME,
    describes: say(registry, "decisions.answer_user"),
    parameters: {
      type: "object",
      properties: {
        text: { type: "string", description: say(registry, "decisions.answer_user_text"), maxLength: 1000 },
      },
      required: ["text"],
    },
  }],
  refusal: ({ arbiter: { heard, words } }, registry) =>
    heard.length + words.length > 0 ? null : say(registry, "decisions.nothing_said"),
  says: (name) => name === NAME ? "answer the person" : null,
  due: (_state, registry, decision) =>
    facts(
      { type: "person_told", text: String(decision.arguments.text), cause: decision.id },
      closed(decision, say(registry, "decisions.answered"), true),
    ),
};
