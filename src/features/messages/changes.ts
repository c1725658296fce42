import type { Change, Message } from "./message.ts";

/**
 * Notes what was done to a message, with what follows for its text, receiver and status.
 *
 * @param change what was done, and what was so before
 * @param after what it is from now on
 */
export function withChange(message: Message, change: Change, after: Partial<Message> = {}): Message {
  return changedBy({ ...message, ...after }, [...message.changes, change]);
}

/**
 * Undoes what was done to a message last. What was dropped waits again.
 *
 * @returns the message as it was before; itself where nothing was done to it
 */
export function takenBack(message: Message): Message {
  const last = message.changes.at(-1);
  const rest = message.changes.slice(0, -1);
  switch (last?.kind) {
    case undefined:
      return message;
    case "edited":
      return changedBy({ ...message, text: last.text }, rest);
    case "redirected":
      return changedBy({ ...message, to: last.to }, rest);
    case "duplicated":
      return changedBy(message, rest);
    case "dropped":
      return changedBy({ ...message, status: "queued" }, rest);
  }
}

/** What was so before all that was done to a message, and who did the last of it; a duplicate is a person's from the start. */
function changedBy(message: Message, changes: readonly Change[]): Message {
  const edit = changes.find(({ kind }) => kind === "edited");
  const redirection = changes.find(({ kind }) => kind === "redirected");
  const last = changes.findLast(({ kind }) => kind !== "duplicated");
  return {
    ...message,
    changes,
    original: edit?.kind === "edited" ? edit.text : null,
    originalTo: redirection?.kind === "redirected" ? redirection.to : null,
    changedBy: last?.by ?? (message.duplicateOf === undefined ? null : "person"),
  };
}
