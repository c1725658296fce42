import { familyOf, isComing } from "../messages/duplicates.ts";
import { isPending } from "../messages/message.ts";
import type { State } from "../state.ts";
import type { Turn } from "./slice.ts";

/** Whether what a turn waits for can still come: a question to the person, its own message or a duplicate of it, or the answer to one. */
export function isAwaited(state: State, { waitsFor: id, role }: Turn): boolean {
  if (id === null) return false;
  if (state.people.questions.some((question) => question.id === id)) return true;
  const { list } = state.messages;
  if (isComing(list, id)) return true;
  const family = familyOf(list, id).map((message) => message.id);
  return list.some((message) =>
    message.answers !== null && family.includes(message.answers) && message.to === role && isPending(message)
  );
}
