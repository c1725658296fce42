import assert from "node:assert/strict";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import type { State } from "../../src/features/state.ts";
import { due } from "../../src/kernel/due.ts";
import type { Prompt, PromptFrame } from "../../src/prompt/prompt.ts";
import { after, CONTINUED, opening, prepared, result, settled, started, task } from "./given.ts";
import { largeCrew } from "../laws/crew.ts";

/** A crew of large models. */
export const registry = largeCrew();

/** How a prompt is to be made; declarations are told by their names. */
export function frame(way: PromptFrame["way"], billions: number | null = 7, window = 16_384): PromptFrame {
  return { way, window, ratio: 1, billions, declare: (tools) => `Tools: ${tools.map((tool) => tool.name).join(", ")}` };
}

/** An attempt at a task in its first ask. */
export function working(description = "Repair a", checks: readonly string[] = ["t: a"]): State {
  const planned = after(
    started({}, checks.map((name) => result(name, false, ["tests/a_test.ts", "src/a.ts"], "Expected 1, got 2"))),
    { type: "tasks_planned", tasks: [task({ checks: [...checks], description })], refused: [], by: "rules" },
    { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
    CONTINUED,
  );
  return prepared(settled(planned), [{ path: "src/a.ts", text: "export const a = 2;\n" }]);
}

/** The ask of the open turn that is due. */
export function askOf(state: State): AskEffect {
  const ask = due(state, registry, state.at).effects.find((effect) => effect.kind === "ask" && effect.turn !== null);
  assert.ok(ask?.kind === "ask");
  return ask;
}

/** The state after an effect was opened. */
export function opened(state: State, effect: unknown): State {
  return after(state, opening(effect));
}

/** The words of a prompt, message by message. */
export const words = (prompt: Prompt) =>
  prompt.messages.map((message) =>
    message.pieces.map((piece) => typeof piece === "string" ? piece : piece.text).join("")
  ).join("\n---\n");
