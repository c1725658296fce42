import { ARBITER } from "../registry.ts";
import type { State } from "../state.ts";
import { isPending, type Message } from "./message.ts";

/** The id of the message that a message and its duplicates stand for, and duplicates of these. */
export function rootOf(list: readonly Message[], id: string): string {
  const first = list.find((message) => message.id === id)?.duplicateOf;
  return first === undefined ? id : rootOf(list, first);
}

/** A message and its duplicates, without those that only tell an answer; itself alone where it has none. */
export function familyOf(list: readonly Message[], id: string): readonly Message[] {
  const root = rootOf(list, id);
  return list.filter((message) => message.kind !== "note" && rootOf(list, message.id) === root);
}

/** Whether a message, or one of its duplicates, can still be answered: it is on its way or stands in a prompt. */
export function isComing(list: readonly Message[], id: string): boolean {
  return familyOf(list, id).some((message) => isPending(message) || message.status === "in_prompt");
}

/** Whether a decision waits for a message in person, and not for a duplicate beside it. */
export function leads(state: State, { id }: Message): boolean {
  return Object.values(state.decisions.open).some((decision) => decision.message === id);
}

/**
 * Says who hears the answer to a message: who sent it. What a duplicate of an assignment is answered goes to who works on the task.
 */
export function hearerOf(state: State, asked: Message): string {
  const isWork = asked.kind === "assignment" ||
    asked.kind === "consult" && (state.decisions.open[asked.cause]?.task ?? null) !== null;
  if (!isWork) return asked.from;
  const worker = familyOf(state.messages.list, asked.id).find((message) =>
    message.id !== asked.id && (message.status === "in_prompt" || leads(state, message))
  );
  return worker?.to ?? asked.from;
}

/**
 * Tells whether a drop can still be taken back: nobody who waits for the message was told of it, since a duplicate may be answered in its
 * place, or nobody waits.
 */
export function isUntold(state: State, message: Message): boolean {
  switch (message.kind) {
    case "note":
    case "word":
      return true;
    case "consult":
    case "assignment":
      return state.decisions.open[message.cause] !== undefined &&
        (leads(state, message) || isComing(state.messages.list, message.id));
    case "question":
      return isWaitedFor(state, message.from, message.id);
    case "answer":
      return message.to !== ARBITER && isWaitedFor(state, message.to, message.answers ?? "");
  }
}

function isWaitedFor(state: State, role: string, id: string): boolean {
  const family = familyOf(state.messages.list, id).map((one) => one.id);
  return Object.values(state.turns.open).some((turn) => turn.role === role && family.includes(turn.waitsFor ?? ""));
}
