import { ARBITER } from "../features/decisions/arbiter.ts";
import { closeTurn } from "../features/turns/due_turn.ts";
import type { Fact } from "../features/fact.ts";
import type { Intent } from "./intent.ts";
import { isPending } from "../features/messages/message.ts";
import type { State } from "../features/state.ts";

/** What a wish warrants: facts, or why not. */
export type Decided = { readonly facts: readonly Fact[] } | { readonly refused: string };

/**
 * Says what a person's wish warrants.
 *
 * @param state what is so
 * @param intent the wish
 * @returns facts to be committed, or a sentence why there are none
 */
export function decide(state: State, intent: Intent): Decided {
  if (state.run === null) return refused("There is no run yet.");
  if (state.ending !== null) return refused("The run has ended.");
  switch (intent.kind) {
    case "say":
      return say(state, intent.to, intent.text);
    case "pause":
      return state.paused ? refused("The run is paused already.") : yes({ type: "run_paused" });
    case "unpause":
      return state.paused ? yes({ type: "run_unpaused" }) : refused("The run is not paused.");
    case "hold": {
      if (state.holds.some((hold) => hold.scope === intent.scope && hold.of === intent.of)) {
        return refused("That is held already.");
      }
      if (intent.scope === "message") {
        const message = state.messages.find((one) => one.id === intent.of);
        if (message === undefined) return refused(`There is no message ${intent.of}.`);
        if (!isPending(message)) return refused(`Message ${message.id} is ${message.status}: too late to hold it.`);
      }
      return yes({ type: "hold_placed", hold: { id: `h${state.seq + 1}`, scope: intent.scope, of: intent.of } });
    }
    case "lift":
      return state.holds.some((hold) => hold.id === intent.hold)
        ? yes({ type: "hold_lifted", id: intent.hold })
        : refused("That hold is lifted already.");
    case "release":
      return pending(state, intent.message, (message) => ({ type: "message_released", id: message }));
    case "edit":
      if (intent.text.trim() === "") return refused("A message needs a text; x drops it.");
      return pending(
        state,
        intent.message,
        (message) => ({ type: "message_edited", id: message, text: intent.text, by: "person" }),
      );
    case "redirect": {
      if (!state.crew.some((role) => role.role === intent.to)) return refused(`There is no thread ${intent.to}.`);
      const message = state.messages.find((one) => one.id === intent.message);
      if (intent.to === ARBITER && message?.kind !== "answer" && message?.kind !== "word") {
        return refused("The arbiter takes words and answers only.");
      }
      return pending(state, intent.message, (id) => ({ type: "message_redirected", id, to: intent.to, by: "person" }));
    }
    case "drop":
      return pending(
        state,
        intent.message,
        (id) => ({ type: "message_dropped", id, by: "person", reason: "dropped at the keyboard" }),
      );
    case "answer": {
      if (!state.questions.some((question) => question.id === intent.question)) {
        return refused("That question is answered already.");
      }
      return yes({ type: "question_answered", id: intent.question, approved: intent.approved, text: intent.text });
    }
    case "interrupt":
      return interrupt(state, intent.role);
    case "park": {
      const task = state.tasks.find((one) => one.id === intent.task);
      if (task === undefined) return refused(`There is no task ${intent.task}.`);
      return task.status === "ready"
        ? yes({ type: "task_changed", id: task.id, status: "dropped", reason: "dropped by the person" })
        : refused(`${task.id} is ${task.status}.`);
    }
    case "raise": {
      const { tokens, turns, wallMs } = intent;
      return yes({ type: "limits_raised", limits: { tokens, turns, wallMs } });
    }
    case "cancel":
      return yes({ type: "run_ended", kind: "cancelled", cause: intent.cause });
  }
}

function yes(...facts: Fact[]): Decided {
  return { facts };
}

function refused(reason: string): Decided {
  return { refused: reason };
}

function pending(state: State, id: string, fact: (id: string) => Fact): Decided {
  const message = state.messages.find((one) => one.id === id);
  if (message === undefined) return refused(`There is no message ${id}.`);
  return isPending(message)
    ? yes(fact(id))
    : refused(`Message ${id} is ${message.status}: it cannot be changed any more.`);
}

function say(state: State, to: string, text: string): Decided {
  const words = text.trim();
  if (words === "") return refused("There is nothing to say.");
  if (to !== ARBITER && !state.crew.some((role) => role.role === to)) return refused(`There is no thread ${to}.`);
  const id = `m${state.messageCount + 1}`;
  return yes({
    type: "message_sent",
    message: { id, from: "person", to, kind: "word", text: words, cause: "person", answers: null, review: false },
  });
}

/** Ends the turn of a specialist; what it wrote in an attempt is judged as ever. */
function interrupt(state: State, role: string): Decided {
  if (role === ARBITER) {
    return refused(
      "The arbiter's asks are short: p pauses the run, and what you say to it comes first at the next one.",
    );
  }
  const turn = Object.values(state.turns).findLast((one) => one.role === role);
  if (turn === undefined) return refused(`${role} has no turn to interrupt.`);
  return { facts: closeTurn(state, turn, "cancelled", "interrupted at the keyboard") };
}
