import { bound } from "../../kernel/text.ts";
import type { Fact } from "../fact.ts";
import { hearerOf } from "../messages/duplicates.ts";
import type { State } from "../state.ts";
import type { TurnEnding } from "./facts.ts";
import type { Turn } from "./slice.ts";
import { say, type Wording } from "../../sentences/say.ts";

/**
 * Closes a turn; a turn that replies sends its answer back to who asked. What it was asked is answered where a model replied at all.
 *
 * @param text its result, or why there is none
 * @returns the facts, in order
 */
export function closeTurn(state: State, from: Wording, turn: Turn, ending: TurnEnding, text: string): Fact[] {
  const closed: Fact = { type: "turn_closed", id: turn.id, ending, text: bound(text, 1500) };
  if (turn.purpose !== "reply") return [closed];
  const asked = state.messages.list.find((one) => one.id === turn.message);
  if (asked === undefined) return [closed];
  const answer = ending === "finished" ? text : say(from, "turn.no_answer", { text });
  // What no model replied to may have reached none: its prompt did not fit, or no host was there.
  const isHeard = ending === "finished" || turn.exchange.some((entry) => entry.from === "model");
  const answered: Fact = isHeard
    ? { type: "message_answered", id: turn.message }
    : { type: "message_expired", id: turn.message, reason: "unheard", cause: bound(text, 600) };
  if (asked.from === "person") return [closed, answered, { type: "person_told", text: answer, cause: turn.id }];
  const message = {
    id: `m${state.messages.count + 1}`,
    from: turn.role,
    to: hearerOf(state, asked),
    kind: "answer" as const,
    text: bound(answer, 3000),
    cause: turn.id,
    answers: asked.id,
    review: false,
  };
  return [closed, answered, { type: "message_sent", message }];
}
