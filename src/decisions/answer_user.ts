import { facts } from "../kernel/owed.ts";
import { closed } from "../features/decisions/closed.ts";
import type { DecisionKind } from "../features/registry.ts";

const NAME = "answer_user";

/** Answers what the person said; also while other work goes on. */
export const answerUser: DecisionKind = {
  name: NAME,
  beside: true,
  declare: () => [{
    name: NAME,
    describes: "Answers what the person said.",
    parameters: {
      type: "object",
      properties: { text: { type: "string", description: "The answer.", maxLength: 1000 } },
      required: ["text"],
    },
  }],
  refusal: ({ arbiter: { heard, words } }) =>
    heard.length + words.length > 0 ? null : "The person said nothing that is not answered.",
  says: (name) => name === NAME ? "answer the person" : null,
  due: (_state, _registry, decision) =>
    facts(
      { type: "person_told", text: String(decision.arguments.text), cause: decision.id },
      closed(decision, "The person was answered.", true),
    ),
};
