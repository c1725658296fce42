import type { State } from "../../features/state.ts";
import { bound } from "../../kernel/text.ts";
import type { Section } from "../../prompt/section.ts";
import { say, type Wording } from "../../sentences/say.ts";

/** Writes what the arbiter reads of a message under review. */
export function reviewBrief(state: State, from: Wording, id: string): Section[] {
  const message = state.messages.list.find((one) => one.id === id);
  if (message === undefined) return [{ name: "message", priority: 0, pieces: [say(from, "arbiter.review_gone")] }];
  const lines = [
    say(from, "arbiter.review_goal", { goal: state.run.info?.goal ?? "" }),
    say(from, "arbiter.review_sent", { from: message.from, kind: message.kind, to: message.to }),
    bound(message.text, 2000),
    say(from, "arbiter.review_decide"),
  ];
  return [{ name: "message", priority: 0, pieces: [lines.join("\n")] }];
}
