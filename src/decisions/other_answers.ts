import type { Fact } from "../features/fact.ts";
import { familyOf } from "../features/messages/duplicates.ts";
import { isPending, isReady, type Message } from "../features/messages/message.ts";
import { ARBITER } from "../features/registry.ts";
import type { State } from "../features/state.ts";

/** What roles answer to whom a person sent a consult, too. */
export interface OtherAnswers {
  readonly answers: readonly Message[];
  /** What brings them into the arbiter's next prompt. */
  readonly heard: readonly Fact[];
}

/**
 * Gathers what is answered to the duplicates of a consult.
 *
 * @param asked what its decision asked in person: the consult, or a duplicate in its place, and what was asked once more
 * @returns null while one of them is on its way, answered or held
 */
export function otherAnswers({ messages: { list } }: State, asked: readonly Message[]): OtherAnswers | null {
  const others = asked.flatMap(({ id }) => familyOf(list, id)).filter((message) => !asked.includes(message));
  if (others.some((message) => isPending(message) || message.status === "in_prompt")) return null;
  const ids = others.map(({ id }) => id);
  const answers = list.filter((message) =>
    message.to === ARBITER && message.answers !== null && ids.includes(message.answers) && isPending(message)
  );
  if (!answers.every(isReady)) return null;
  const heard = answers.flatMap(({ id }): Fact[] => [
    { type: "message_in_prompt", id, turn: ARBITER },
    { type: "message_answered", id },
  ]);
  return { answers, heard };
}
