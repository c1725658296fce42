import { plainName } from "../../kernel/say.ts";
import { granted, refused } from "../../kernel/granted.ts";
import { ARBITER } from "../registry.ts";
import { defineFeature, type Granted } from "../feature.ts";
import type { Fact } from "../fact.ts";
import { roleOfSeat } from "../seats/seat.ts";
import type { State } from "../state.ts";
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
      const sent: Message = {
        ...message,
        status: own.holds.some((hold) => catches(hold, message)) ? "held" : "queued",
        original: null,
        originalTo: null,
        changedBy: null,
        turn: null,
        at,
      };
      return { ...own, list: trim(before, [...own.list, sent]), count: own.count + 1 };
    },
    message_released: (own, { id }) => ({
      ...changed(own, id, (message) => ({ ...message, status: "reviewed" })),
      holds: own.holds.filter((hold) => hold.scope !== "message" || hold.of !== id),
    }),
    message_edited: (own, { id, text, by }) =>
      changed(own, id, (message) => ({
        ...message,
        text,
        original: message.original ?? message.text,
        changedBy: by,
      })),
    message_redirected: (own, { id, to, by }) =>
      changed(own, id, (message) => ({
        ...message,
        to,
        originalTo: message.originalTo ?? message.to,
        changedBy: by,
        status: own.holds.some((hold) => catches(hold, { ...message, to }) && !catches(hold, message))
          ? "held"
          : message.status,
      })),
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
  wishes: {
    say(state: State, intent: { readonly to: string; readonly text: string }) {
      const words = intent.text.trim();
      if (words === "") return refused("There is nothing to say.");
      if (!isThread(state, intent.to)) return refused(`There is no thread ${intent.to}.`);
      return granted<Fact>(
        ...receiversOf(state, intent.to).map((to, index): Fact => ({
          type: "message_sent",
          message: {
            id: `m${state.messages.count + 1 + index}`,
            from: "person",
            to,
            kind: "word",
            text: words,
            cause: "person",
            answers: null,
            review: false,
          },
        })),
      );
    },
    hold: wishToHold,
    lift: (state: State, { hold }: { readonly hold: string }) =>
      state.messages.holds.some(({ id }) => id === hold)
        ? granted({ type: "hold_lifted", id: hold })
        : refused("That hold is lifted already."),
    release: (state: State, { message }: OfMessage) =>
      pending(state, message, (id) => ({ type: "message_released", id })),
    edit: (state: State, { message, text }: OfMessage & { readonly text: string }) =>
      text.trim() === ""
        ? refused("A message needs a text; x drops it.")
        : pending(state, message, (id) => ({ type: "message_edited", id, text, by: "person" })),
    redirect(state: State, intent: OfMessage & { readonly to: string }) {
      const { to } = intent;
      if (!isThread(state, to)) return refused(`There is no thread ${to}.`);
      const message = state.messages.list.find((one) => one.id === intent.message);
      if (to === ARBITER && message?.kind !== "answer" && message?.kind !== "word") {
        return refused("The arbiter takes words and answers only.");
      }
      return pending(state, intent.message, (id) => ({ type: "message_redirected", id, to, by: "person" }));
    },
    drop: (state: State, { message }: OfMessage) =>
      pending(
        state,
        message,
        (id) => ({ type: "message_dropped", id, by: "person", reason: "dropped at the keyboard" }),
      ),
  },
});

/** Whether somebody can be written to under a name: a role of the crew, or a further seat that has worked. */
function isThread(state: State, name: string): boolean {
  return name === ARBITER || state.threads[name] !== undefined || state.run.crew.some(({ role }) => role === name);
}

/** Who hears words to a role: each seat of it that is at work; itself where none is. */
function receiversOf(state: State, to: string): readonly string[] {
  const seats = Object.values(state.turns.open).map(({ role }) => role).filter((role) => roleOfSeat(role) === to);
  return seats.length === 0 ? [to] : seats;
}

interface OfMessage {
  readonly message: string;
}

function wishToHold(state: State, { scope, of }: Pick<Hold, "scope" | "of">): Granted {
  if (state.messages.holds.some((hold) => hold.scope === scope && hold.of === of)) {
    return refused("That is held already.");
  }
  if (scope === "message") {
    const message = state.messages.list.find((one) => one.id === of);
    if (message === undefined) return refused(`There is no message ${of}.`);
    if (!isPending(message)) {
      return refused(`Message ${message.id} is ${plainName(message.status)}: too late to hold it.`);
    }
  }
  return granted({ type: "hold_placed", hold: { id: `h${state.seq + 1}`, scope, of } });
}

function pending(state: State, id: string, fact: (id: string) => Fact): Granted {
  const message = state.messages.list.find((one) => one.id === id);
  if (message === undefined) return refused(`There is no message ${id}.`);
  return isPending(message)
    ? granted(fact(id))
    : refused(`Message ${id} is ${plainName(message.status)}: it cannot be changed any more.`);
}

/** Changes a message that can still be changed; later ones stay as they are. */
function changed(own: MessagesSlice, id: string, how: (message: Message) => Message): MessagesSlice {
  return {
    ...own,
    list: own.list.map((message) => message.id === id && isPending(message) ? how(message) : message),
  };
}

function ended(own: MessagesSlice, id: string, status: "answered" | "dropped" | "expired", by?: string): MessagesSlice {
  return {
    ...own,
    list: own.list.map((message) =>
      message.id === id && !isOver(message) ? { ...message, status, changedBy: by ?? message.changedBy } : message
    ),
  };
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
