import type { Message } from "../../features/messages/message.ts";
import type { State } from "../../features/state.ts";
import { bound } from "../../kernel/text.ts";
import type { Section } from "../../prompt/section.ts";
import { say, type Wording } from "../../sentences/say.ts";

/** Most characters of the message. */
const MESSAGE = 2_000;
/** Most characters of what was asked, where it is an answer. */
const QUERY = 600;
/** Characters of the words around it. */
const AROUND = 300;

/** Writes what the arbiter reads of a message under review. */
export function reviewBrief(state: State, from: Wording, id: string): Section[] {
  const message = state.messages.list.find((one) => one.id === id);
  if (message === undefined) return [{ name: "message", priority: 0, pieces: [say(from, "arbiter.review_gone")] }];
  const lines = [
    say(from, "arbiter.goal", { goal: state.run.info?.goal ?? "" }),
    say(from, "arbiter.review_sent", { from: message.from, kind: message.kind, to: message.to }),
    bound(message.text, MESSAGE),
    ...askedIn(state, message).map((query) => say(from, "arbiter.review_asked", { query })),
    say(from, message.kind === "answer" ? "arbiter.review_answer" : "arbiter.review_decide"),
  ];
  return [{ name: "message", priority: 0, pieces: [lines.join("\n")] }];
}

/** What an answer was asked; nothing for any other message. */
function askedIn({ messages: { list } }: State, { answers }: Message): readonly string[] {
  return list.filter(({ id }) => id === answers).map(({ text }) => bound(text, QUERY));
}

/** Counts the characters of what the arbiter reads of a message under review, at most. */
export function charsOfReview(state: State, id: string): number {
  const message = state.messages.list.find((one) => one.id === id);
  const asked = message === undefined ? [] : askedIn(state, message);
  return AROUND + (state.run.info?.goal.length ?? 0) + Math.min(MESSAGE, message?.text.length ?? 0) +
    asked.join("").length;
}
