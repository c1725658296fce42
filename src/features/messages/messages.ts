import { defineFeature } from "../feature.ts";
import type { State } from "../state.ts";
import { BY_HAND } from "./by_hand.ts";
import { takenBack, withChange } from "./changes.ts";
import { dueMessages } from "./due_messages.ts";
import { messageFacts } from "./facts.ts";
import { catches, type Hold, isOver, isPending, type Message, type MessagesSlice } from "./message.ts";
import { messagesTold } from "./told.ts";

/** Messages that are over and still shown. */
const KEPT_MESSAGES = 40;

/** Messages between models and with the person, the standing orders that hold them, and the wishes of a person about both. */
export const messages = defineFeature<MessagesSlice>({
  name: "messages",
  facts: messageFacts,
  tell: messagesTold,
  empty: { list: [], count: 0, holds: [] },
  on: {
    message_sent(own, { message, at }, before) {
      const { id, duplicateOf } = message;
      const sent: Message = {
        ...message,
        status: isCaught(own.holds, message) ? "held" : "queued",
        changes: [],
        original: null,
        originalTo: null,
        changedBy: duplicateOf === undefined ? null : "person",
        turn: null,
        at,
      };
      const copied = duplicateOf === undefined ? own : changed(
        own,
        duplicateOf,
        (first) => withChange(first, { kind: "duplicated", by: "person", message: id }),
      );
      return { ...own, list: trim(before, [...copied.list, sent]), count: own.count + 1 };
    },
    message_released: (own, { id }) => ({
      ...changed(own, id, (message) => ({ ...message, status: "reviewed" })),
      holds: own.holds.filter((hold) => hold.scope !== "message" || hold.of !== id),
    }),
    message_edited: (own, { id, text, by }) =>
      changed(own, id, (message) => withChange(message, { kind: "edited", by, text: message.text }, { text })),
    message_redirected: (own, { id, to, by }) =>
      changed(own, id, (message) =>
        withChange(message, { kind: "redirected", by, to: message.to }, {
          to,
          status: isCaught(own.holds, { ...message, to }, message) ? "held" : message.status,
        })),
    message_taken_back: (own, { id }) => ({
      ...own,
      list: own.list.map((message) => {
        if (message.id !== id || !isPending(message) && message.changes.at(-1)?.kind !== "dropped") return message;
        const back = takenBack(message);
        const before = message.status === "dropped" ? undefined : message;
        return isCaught(own.holds, back, before) ? { ...back, status: "held" } : back;
      }),
    }),
    message_reviewed: (own, { id }) =>
      changed(own, id, (message) => ({
        ...message,
        review: false,
        status: message.status === "held" ? "held" : "reviewed",
      })),
    message_in_prompt: (own, { id, turn }) =>
      changed(own, id, (message) => ({ ...message, status: "in_prompt", turn })),
    message_answered: (own, { id }) => ended(own, id, "answered"),
    message_dropped: (own, { id, by }) => ended(own, id, "dropped", by),
    message_sent_back: (own, { id, by }) => ended(own, id, "dropped", by),
    message_expired: (own, { id }) => ended(own, id, "expired"),
    hold_placed: (own, { hold }) => ({
      ...own,
      list: own.list.map((message) =>
        isPending(message) && catches(hold, message) ? { ...message, status: "held" } : message
      ),
      holds: [...own.holds, hold],
    }),
    hold_lifted(own, { id }) {
      const holds = own.holds.filter((hold) => hold.id !== id);
      return released({ ...own, holds });
    },
    // Without a person nobody lifts: what waited for the keyboard goes on.
    run_resumed: (own, { headless }) => headless ? released({ ...own, holds: [] }) : own,
  },
  due: dueMessages,
  wishes: BY_HAND,
});

/** Whether a hold catches a message that none has caught before. */
function isCaught(
  holds: readonly Hold[],
  message: Parameters<typeof catches>[1],
  before?: Parameters<typeof catches>[1],
): boolean {
  return holds.some((hold) => catches(hold, message) && (before === undefined || !catches(hold, before)));
}

/** Changes a message that can still be changed; later ones stay as they are. */
function changed(
  own: MessagesSlice,
  id: string,
  how: (message: Message) => Message,
  isMeant: (message: Message) => boolean = isPending,
): MessagesSlice {
  // Ids are unique, and what changes is among the last.
  const place = own.list.findLastIndex((message) => message.id === id);
  const message = own.list[place];
  return message === undefined || !isMeant(message) ? own : { ...own, list: own.list.with(place, how(message)) };
}

function ended(own: MessagesSlice, id: string, status: "answered" | "dropped" | "expired", by?: string): MessagesSlice {
  const end = (message: Message): Message =>
    by === undefined ? { ...message, status } : withChange(message, { kind: "dropped", by }, { status });
  return changed(own, id, end, (message) => !isOver(message));
}

/** What no order holds any more waits like any other message. */
function released(own: MessagesSlice): MessagesSlice {
  return {
    ...own,
    list: own.list.map((message) =>
      message.status === "held" && !own.holds.some((hold) => catches(hold, message))
        ? { ...message, status: "queued" }
        : message
    ),
  };
}

/** Drops the oldest messages that are over, never one that is pending or in the prompt of a turn at work. */
function trim(before: State, list: readonly Message[]): readonly Message[] {
  if (list.length <= KEPT_MESSAGES) return list;
  const oldest = list.findIndex((message) =>
    !isPending(message) && (message.status !== "in_prompt" || before.turns.open[message.turn ?? ""] === undefined)
  );
  return oldest === -1 ? list : list.filter((_, index) => index !== oldest);
}
