import { bound } from "../../kernel/text.ts";
import type { Fact } from "../fact.ts";
import type { Message } from "../messages/message.ts";
import type { State } from "../state.ts";
import type { OpenDecision } from "./slice.ts";

/** Closes a decision with its outcome. */
export function closed({ id }: OpenDecision, outcome: string, ok: boolean): Fact {
  return { type: "decision_closed", id, outcome: bound(outcome, 1200), ok };
}

/** The message of a decision, where a person or the arbiter dropped it. */
export function droppedMessage(state: State, decision: OpenDecision): Message | null {
  const message = state.messages.list.find((one) => one.id === decision.message);
  return message?.status === "dropped" ? message : null;
}

/** The message that opened a turn is answered once the turn is over. */
export function answered(state: State, turn: string): Fact[] {
  const message = openedBy(state, turn);
  return message?.status === "in_prompt" ? [{ type: "message_answered", id: message.id }] : [];
}

/** The message that opened a turn of a decision; notes and words that came later stand in the same prompt. */
export function openedBy(state: State, turn: string): Message | undefined {
  return state.messages.list.find((one) => one.turn === turn && (one.kind === "consult" || one.kind === "assignment"));
}
