import { granted, refused } from "../../kernel/granted.ts";
import { plainName } from "../../kernel/say.ts";
import type { Fact } from "../fact.ts";
import type { Granted } from "../feature.ts";
import { ARBITER } from "../registry.ts";
import { roleOfSeat } from "../seats/seat.ts";
import type { State } from "../state.ts";
import { isUntold, rootOf } from "./duplicates.ts";
import { catches, type Hold, isPending, type Message } from "./message.ts";

interface OfMessage {
  readonly message: string;
}

interface ToRole extends OfMessage {
  readonly to: string;
}

/** What a person may do with messages: say something, hold, pass, change, send elsewhere, drop, and take that back. */
export const BY_HAND = {
  say(state: State, intent: { readonly to: string; readonly text: string; readonly later?: boolean }) {
    const words = intent.text.trim();
    if (words === "") return refused("There is nothing to say.");
    if (!isThread(state, intent.to)) return refused(`There is no thread ${intent.to}.`);
    const isLater = intent.later === true;
    return granted<Fact>(
      ...(isLater ? [intent.to] : receiversOf(state, intent.to)).map((to, index): Fact => ({
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
          ...(isLater ? { later: true as const } : {}),
        },
      })),
    );
  },
  hold,
  lift: (state: State, intent: { readonly hold: string }) =>
    state.messages.holds.some(({ id }) => id === intent.hold)
      ? granted({ type: "hold_lifted", id: intent.hold })
      : refused("That hold is lifted already."),
  release: (state: State, { message }: OfMessage) =>
    changing(state, message, ({ id }) => granted({ type: "message_released", id })),
  release_all(state: State) {
    const held = state.messages.list.filter(({ status }) => status === "held");
    return held.length === 0
      ? refused("No message is held.")
      : granted(...held.map(({ id }): Fact => ({ type: "message_released", id })));
  },
  edit: (state: State, { message, text }: OfMessage & { readonly text: string }) =>
    text.trim() === ""
      ? refused("A message needs a text; x drops it.")
      : changing(state, message, ({ id }) => granted({ type: "message_edited", id, text, by: "person" })),
  redirect(state: State, { message: id, to }: ToRole) {
    return elsewhere(state, id, to) ??
      changing(
        state,
        id,
        (message) =>
          message.to === to
            ? refused(`Message ${id} goes to ${to} already: nothing is changed.`)
            : granted({ type: "message_redirected", id, to, by: "person" }),
      );
  },
  duplicate: (state: State, { message: id, to }: ToRole) =>
    elsewhere(state, id, to) ?? changing(state, id, (message) => duplicated(state, message, to)),
  drop: (state: State, { message }: OfMessage) => changing(state, message, ({ id }) => granted(dropped(id))),
  take_back(state: State, { message: id }: OfMessage) {
    const message = state.messages.list.find((one) => one.id === id);
    const last = message?.changes.at(-1);
    if (message?.status !== "dropped" || last?.by !== "person") {
      return changing(state, id, (one) => backwards(state, one));
    }
    return isUntold(state, message)
      ? granted({ type: "message_taken_back", id, by: "person" })
      : refused(`Message ${id} is dropped, and who waited for it was told: that cannot be taken back any more.`);
  },
} satisfies Readonly<Record<string, (state: State, intent: never) => Granted>>;

/** Whether somebody can be written to under a name: a role of the crew, or a further seat that has worked. */
function isThread(state: State, name: string): boolean {
  return name === ARBITER || state.threads[name] !== undefined || state.run.crew.some(({ role }) => role === name);
}

/** Who hears words to a role: each seat of it that is at work; itself where none is. */
function receiversOf(state: State, to: string): readonly string[] {
  const seats = Object.values(state.turns.open).map(({ role }) => role).filter((role) => roleOfSeat(role) === to);
  return seats.length === 0 ? [to] : seats;
}

function hold(state: State, { scope, of }: Pick<Hold, "scope" | "of">): Granted {
  if (state.messages.holds.some((one) => one.scope === scope && one.of === of)) {
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

/** Does something to a message, unless it is too late for that. */
function changing(state: State, id: string, grant: (message: Message) => Granted): Granted {
  const message = state.messages.list.find((one) => one.id === id);
  if (message === undefined) return refused(`There is no message ${id}.`);
  return isPending(message)
    ? grant(message)
    : refused(`Message ${id} is ${plainName(message.status)}: it cannot be changed any more.`);
}

/** Why a message cannot go to somebody else; null where it can. */
function elsewhere(state: State, id: string, to: string): Granted | null {
  if (!isThread(state, to)) return refused(`There is no thread ${to}.`);
  const message = state.messages.list.find((one) => one.id === id);
  return to === ARBITER && message?.kind !== "answer" && message?.kind !== "word"
    ? refused("The arbiter takes words and answers only.")
    : null;
}

/** One more message with the same words: held where the first is, and an answer is only told to whoever did not ask. */
function duplicated(state: State, message: Message, to: string): Granted {
  const { list, holds, count } = state.messages;
  const root = rootOf(list, message.id);
  if (list.some((one) => one.to === to && one.status !== "dropped" && rootOf(list, one.id) === root)) {
    return refused(`Message ${message.id} goes to ${to} already.`);
  }
  const { from, kind, text, cause, answers } = message;
  const isTold = kind === "answer";
  if (isTold && to === ARBITER) return refused("The arbiter hears an answer by a redirection, not by a duplicate.");
  const sent = {
    id: `m${count + 1}`,
    from,
    to,
    kind: isTold ? "note" as const : kind,
    text,
    cause,
    answers: isTold ? null : answers,
    review: false,
    duplicateOf: message.id,
  };
  const isCaught = message.status !== "held" || holds.some((one) => catches(one, sent));
  const own: Fact[] = isCaught
    ? []
    : [{ type: "hold_placed", hold: { id: `h${state.seq + 2}`, scope: "message", of: sent.id } }];
  return granted<Fact>({ type: "message_sent", message: sent }, ...own);
}

/** Takes back what was done last to a message that is on its way; a duplicate that was sent by it goes, too. */
function backwards(state: State, { id, changes }: Message): Granted {
  const last = changes.at(-1);
  if (last === undefined) return refused(`Nothing was done to message ${id}.`);
  const back: Fact = { type: "message_taken_back", id, by: "person" };
  const other = last.kind === "duplicated" ? state.messages.list.find((one) => one.id === last.message) : undefined;
  if (other === undefined || other.status === "dropped") return granted(back);
  return isPending(other)
    ? granted(back, dropped(other.id))
    : refused(`Its duplicate ${other.id} is ${plainName(other.status)}: that cannot be taken back any more.`);
}

function dropped(id: string): Fact {
  return { type: "message_dropped", id, by: "person", reason: "dropped at the keyboard" };
}
