import { facts, NOTHING } from "../kernel/owed.ts";
import { labelled } from "../kernel/say.ts";
import { closed } from "../features/decisions/closed.ts";
import type { DecisionKind } from "../features/registry.ts";
import { isSettled } from "../features/tasks/is_settled.ts";
import { hasAnyWork } from "../features/tasks/next_task.ts";
import { say } from "../sentences/say.ts";

const NAME = "request_user_input";

/** Asks the person what only a person can say. */
export const requestUserInput: DecisionKind = {
  name: NAME,
  declare: (registry) => [{
    name: NAME,
    describes: say(registry, "decisions.request_user_input"),
    parameters: {
      type: "object",
      properties: {
        question: {
          type: "string",
          description: say(registry, "decisions.request_user_input_question"),
          maxLength: 400,
        },
        context: { type: "string", description: say(registry, "decisions.request_user_input_context"), maxLength: 600 },
      },
      required: ["question"],
    },
  }],
  // Without a person the question ends the run, so it is the last thing to try.
  refusal(state, registry) {
    if (isSettled(state, registry)) return say(registry, "decisions.settled");
    return state.run.info?.headless === true && (hasAnyWork(state, registry) || state.tasks.plans > 0)
      ? say(registry, "decisions.nobody")
      : null;
  },
  says: (name, { question = "" }) => name === NAME ? labelled("ask the person", String(question), 60) : null,
  due(state, registry, decision) {
    const { question = "", context } = decision.arguments;
    const over = decision.turnsOver.at(-1);
    if (over !== undefined) {
      const ok = over.ending === "answered";
      const outcome = ok
        ? say(registry, "decisions.person_answers", { text: over.text })
        : say(registry, "decisions.person_silent");
      return facts(closed(decision, outcome, ok));
    }
    if (decision.question !== null) return NOTHING;
    const text = String(question);
    if (state.run.info?.headless === true) {
      return facts(closed(decision, say(registry, "decisions.nobody"), false), {
        type: "run_ended",
        kind: "blocked",
        cause: `The crew needs an answer: ${text}`,
      });
    }
    return facts({
      type: "question_asked",
      id: `q.${decision.id}`,
      kind: "input",
      text,
      context: context === undefined ? "" : String(context),
      turn: null,
    });
  },
};
