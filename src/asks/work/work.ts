import { variantOf } from "../../prompt/variant_of.ts";
import type { AskEffect } from "../../effects/ask/ask_effect.ts";
import type { AskKind, Registry } from "../../features/registry.ts";
import type { State } from "../../features/state.ts";
import { closeTurn } from "../../features/turns/close_turn.ts";
import type { Turn } from "../../features/turns/slice.ts";
import type { OverBudget } from "../../kernel/budget.ts";
import { charsOfTurn } from "../../prompt/expected_chars.ts";
import { layOut } from "../../prompt/lay_out.ts";
import { meterOf } from "../../prompt/meter.ts";
import { reminderTail } from "../../prompt/reminder.ts";
import { turnParts } from "../../prompt/turn_parts.ts";
import { readCalls } from "../read_calls.ts";
import { say } from "../../sentences/say.ts";

/** The next call of a specialist's turn. */
export const work: AskKind = {
  purpose: "work",
  ability: "work",
  prompt(state, registry, ask, frame) {
    const turn = turnOf(state, ask);
    const variant = variantOf(frame.billions ?? null);
    const parts = turnParts(state, registry, ask, turn, frame, variant);
    const { declared, legal, known } = parts;
    // Where no schema says it, the words have to: what is declared and not legal now.
    const only = frame.way === "prompted" && legal.length < declared.length
      ? [say(registry, "turn.go_on_with", { tools: legal.map((tool) => tool.name).join(", ") })]
      : [];
    return layOut(ask, registry, frame, meterOf(frame), {
      ...parts,
      tail: reminderTail(state, registry, ask.role, legal, frame.way, known, only),
    });
  },
  chars: charsOfTurn,
  read: (answer) => readCalls(answer),
  orphan: isOver,
  denied: endsTurn,
};

/**
 * The turn that an ask belongs to.
 *
 * @throws where it is over: then the ask could not have been opened
 */
export function turnOf(state: State, ask: AskEffect): Turn {
  const turn = state.turns.open[ask.turn ?? ""];
  if (turn === undefined) throw new Error(`${ask.key} asks for the turn ${ask.turn}, which is over.`);
  return turn;
}

/** Whether the turn of an ask is over. */
export function isOver(state: State, { turn }: AskEffect): boolean {
  return turn !== null && state.turns.open[turn] === undefined;
}

/** A turn that has no budget left ends with that cause; what the whole run lacks may still be given back. */
export function endsTurn(state: State, registry: Registry, { turn: id }: AskEffect, over: OverBudget) {
  const turn = state.turns.open[id ?? ""];
  return over.whose === "run" || turn === undefined ? [] : closeTurn(state, registry, turn, "budget", over.text);
}
