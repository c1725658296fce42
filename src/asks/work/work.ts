import { variantOf } from "../../prompt/variant_of.ts";
import type { AskEffect } from "../../effects/ask/ask_effect.ts";
import type { AskKind, Registry } from "../../features/registry.ts";
import type { State } from "../../features/state.ts";
import { closeTurn } from "../../features/turns/close_turn.ts";
import type { Turn } from "../../features/turns/slice.ts";
import type { OverBudget } from "../../kernel/budget.ts";
import { stepOf, taskOf } from "../../features/attempts/strategy_of.ts";
import { complexityOf } from "../../prompt/complexity.ts";
import { shownDeclarations } from "../../prompt/declared.ts";
import { charsOfTurn } from "../../prompt/expected_chars.ts";
import { layOut } from "../../prompt/lay_out.ts";
import { meterOf } from "../../prompt/meter.ts";
import { offeredTools } from "../../prompt/offered_tools.ts";
import type { Prompt, PromptFrame } from "../../prompt/prompt.ts";
import { promptText } from "../../prompt/prompt_text.ts";
import { casesBrief } from "../../prompt/repair_brief.ts";
import { reminderTail } from "../../prompt/reminder.ts";
import { turnParts } from "../../prompt/turn_parts.ts";
import { readCalls } from "../read_calls.ts";
import { say } from "../../sentences/say.ts";

/** File in `prompts/` for the cases of a new test. */
const CASES = "new_test.md";

/** The next call of a specialist's turn. */
export const work: AskKind = {
  purpose: "work",
  ability: "work",
  prompt(state, registry, ask, frame) {
    const turn = turnOf(state, ask);
    const variant = variantOf(frame.billions ?? null);
    if (stepOf(state, registry, turn).form === "test") return casesPrompt(state, registry, ask, turn, frame);
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

/** A small model is asked for the cases of a new test by themselves: what a turn is told of its work and its checks is not about them. */
function casesPrompt(state: State, registry: Registry, ask: AskEffect, turn: Turn, frame: PromptFrame): Prompt {
  const variant = variantOf(frame.billions ?? null);
  const meter = meterOf(frame);
  const { legal } = offeredTools(state, registry, turn, ask.legal, variant);
  const shown = frame.way === "native" ? "" : frame.declare(shownDeclarations(legal), frame.way, registry);
  return layOut(ask, registry, frame, meter, {
    system: [
      { name: "role", priority: 0, pieces: [promptText(state, registry, CASES, ask.role, variant)] },
      ...(shown === "" ? [] : [{ name: "tools", priority: 0, pieces: [shown] }]),
    ],
    brief: casesBrief(state, registry, turn),
    exchange: turn.exchange,
    summary: null,
    tail: reminderTail(state, registry, ask.role, legal, frame.way, {}, casesWanted(state, registry, turn)),
    declared: legal,
    legal,
    complexity: complexityOf(state, turn),
    variant,
  });
}

/** What cases are asked for: where several things are wished for, of each of them. */
function casesWanted(state: State, registry: Registry, turn: Turn): readonly string[] {
  const { kind, names = [] } = state.criteria.list?.[(taskOf(state, turn)?.criterion ?? 0) - 1] ?? {};
  const each = kind === "function" && names.length > 1;
  return [
    say(registry, "text.cases"),
    ...(each ? [say(registry, "text.cases_of_each", { names: names.join(", ") })] : []),
  ];
}

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
