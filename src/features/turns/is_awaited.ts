import { isPending } from "../messages/message.ts";
import type { State } from "../state.ts";
import type { Turn } from "./slice.ts";

/** Whether what a turn waits for can still come: a question to the person, its own message, or the answer to it. */
export function isAwaited(state: State, turn: Turn): boolean {
  const id = turn.waitsFor;
  return state.people.questions.some((question) => question.id === id) ||
    state.messages.list.some((message) =>
      message.id === id && (isPending(message) || message.status === "in_prompt") ||
      message.answers === id && message.to === turn.role && isPending(message)
    );
}
