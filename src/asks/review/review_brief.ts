import type { State } from "../../features/state.ts";
import { bound } from "../../kernel/text.ts";
import type { Section } from "../../prompt/section.ts";

/** Most characters of the message. */
const MESSAGE = 2_000;
/** Characters of the words around it. */
const AROUND = 240;

/** Writes what the arbiter reads of a message under review. */
export function reviewBrief(state: State, id: string): Section[] {
  const message = state.messages.list.find((one) => one.id === id);
  if (message === undefined) return [{ name: "message", priority: 0, pieces: ["The message is gone. Approve."] }];
  const lines = [
    `Goal: ${state.run.info?.goal ?? ""}`,
    `${message.from} sends this ${message.kind} to ${message.to}:`,
    bound(message.text, MESSAGE),
    "Decide whether it goes on: approve it unless it is wrong, misleading or meant for somebody else.",
  ];
  return [{ name: "message", priority: 0, pieces: [lines.join("\n")] }];
}

/** Counts the characters of what the arbiter reads of a message under review, at most. */
export function charsOfReview(state: State, id: string): number {
  const text = state.messages.list.find((one) => one.id === id)?.text ?? "";
  return AROUND + (state.run.info?.goal.length ?? 0) + Math.min(MESSAGE, text.length);
}
