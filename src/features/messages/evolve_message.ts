import type { Stamped } from "../fact.ts";
import { catches, isPending, type Message } from "./message.ts";
import type { State } from "../state.ts";

/** Messages that are over and still shown. */
const KEPT_MESSAGES = 40;
/** Words of the person that stay in the brief. */
const KEPT_WORDS = 6;

type MessageFact = Extract<Stamped, { type: `message_${string}` | `hold_${string}` }>;

/** What is so once something happened to a message, or to a standing order about messages. */
export function evolveMessage(state: State, fact: MessageFact): State {
  switch (fact.type) {
    case "message_sent": {
      const sent: Message = {
        ...fact.message,
        status: "queued",
        original: null,
        originalTo: null,
        changedBy: null,
        turn: null,
        at: fact.at,
      };
      const held = state.holds.some((hold) => catches(hold, sent));
      const messages = trim(state, [...state.messages, held ? { ...sent, status: "held" as const } : sent]);
      const added: State = { ...state, messages, messageCount: state.messageCount + 1 };
      if (sent.kind === "word") {
        return { ...added, personSeq: fact.seq };
      }
      if (sent.answers !== null) return added;
      if (sent.kind === "note" || sent.kind === "question") return fromOutbox(added, sent);
      return state.decision === null ? added : { ...added, decision: { ...state.decision, message: sent.id } };
    }
    case "message_released":
      return {
        ...change(state, fact.id, (message) => ({ ...message, status: "reviewed" })),
        holds: state.holds.filter((hold) => hold.scope !== "message" || hold.of !== fact.id),
        personSeq: fact.seq,
      };
    case "message_edited":
      return byPerson(
        change(state, fact.id, (message) => ({
          ...message,
          text: fact.text,
          original: message.original ?? message.text,
          changedBy: fact.by,
        })),
        fact,
      );
    case "message_redirected":
      return byPerson(
        change(state, fact.id, (message) => ({
          ...message,
          to: fact.to,
          originalTo: message.originalTo ?? message.to,
          changedBy: fact.by,
          status: state.holds.some((hold) => catches(hold, { ...message, to: fact.to }) && !catches(hold, message))
            ? "held"
            : message.status,
        })),
        fact,
      );
    case "message_reviewed": {
      const verdicts = { ...state.verdicts };
      delete verdicts[fact.id];
      return {
        ...change(
          state,
          fact.id,
          (message) => ({ ...message, review: false, status: message.status === "held" ? "held" : "reviewed" }),
        ),
        verdicts,
      };
    }
    case "message_in_prompt":
      return heard(
        change(state, fact.id, (message) => ({ ...message, status: "in_prompt", turn: fact.turn })),
        fact.id,
      );
    case "message_answered":
      return settle(state, fact.id, "answered");
    case "message_dropped":
      return byPerson(settle(state, fact.id, "dropped", fact.by), fact);
    case "message_expired":
      return settle(state, fact.id, "expired");
    case "hold_placed": {
      const messages = state.messages.map((message) =>
        isPending(message) && catches(fact.hold, message) ? { ...message, status: "held" as const } : message
      );
      return { ...state, messages, holds: [...state.holds, fact.hold], personSeq: fact.seq };
    }
    case "hold_lifted": {
      const holds = state.holds.filter((hold) => hold.id !== fact.id);
      const messages = state.messages.map((message) =>
        message.status === "held" && !holds.some((hold) => catches(hold, message))
          ? { ...message, status: "queued" as const }
          : message
      );
      return { ...state, holds, messages, personSeq: fact.seq };
    }
  }
}

/** A word of the person counts as said once it stands in a prompt, as it was changed until then. */
function heard(state: State, id: string): State {
  const message = state.messages.find((one) => one.id === id);
  if (message?.kind !== "word") return state;
  return {
    ...state,
    said: [...state.said, message.text].slice(-KEPT_WORDS),
    words: message.to === "arbiter" ? [...state.words, message.text] : state.words,
  };
}

/** Changes a message that can still be changed; later ones stay as they are. */
function change(state: State, id: string, how: (message: Message) => Message): State {
  return {
    ...state,
    messages: state.messages.map((message) => message.id === id && isPending(message) ? how(message) : message),
  };
}

function settle(state: State, id: string, status: "answered" | "dropped" | "expired", by?: string): State {
  return {
    ...state,
    messages: state.messages.map((message) =>
      message.id === id && message.status !== "answered" && message.status !== "dropped" && message.status !== "expired"
        ? { ...message, status, changedBy: by ?? message.changedBy }
        : message
    ),
  };
}

/** What a person did is part of the situation: the arbiter may decide anew. */
function byPerson(state: State, fact: { readonly by: string; readonly seq: number }): State {
  return fact.by === "person" ? { ...state, personSeq: fact.seq } : state;
}

/** The message of a concluding call leaves the outbox of its turn; an asker waits for the answer. */
function fromOutbox(state: State, message: Message): State {
  for (const turn of Object.values(state.turns)) {
    if (!turn.outbox.some((entry) => entry.key === message.cause)) continue;
    const outbox = turn.outbox.filter((entry) => entry.key !== message.cause);
    const waitsFor = message.kind === "question" ? message.id : turn.waitsFor;
    return { ...state, turns: { ...state.turns, [turn.id]: { ...turn, outbox, waitsFor } } };
  }
  return state;
}

/** Drops the oldest messages that are over, never one that is pending or in the prompt of a turn at work. */
function trim(state: State, messages: readonly Message[]): readonly Message[] {
  if (messages.length <= KEPT_MESSAGES) return messages;
  const oldest = messages.findIndex((message) =>
    !isPending(message) && (message.status !== "in_prompt" || state.turns[message.turn ?? ""] === undefined)
  );
  return oldest === -1 ? messages : messages.filter((_, index) => index !== oldest);
}
