import assert from "node:assert/strict";
import { summaryOf } from "../../src/asks/summarise/slice.ts";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import { due } from "../../src/kernel/due.ts";
import { inline, type Text } from "../../src/kernel/text.ts";
import { compose } from "../../src/prompt/compose.ts";
import type { PromptFrame } from "../../src/prompt/prompt.ts";
import { after, answer, opening, prepared, result, settled, started, task } from "./given.ts";
import { largeCrew } from "../laws/crew.ts";

/** A crew of large models with a prompt for summaries. */
export const registry: Registry = {
  ...largeCrew(),
  prompts: { ...largeCrew().prompts, "summary.md": { name: "summary", text: "Write it down.", placeholders: [] } },
};

const FAILING = [result("t: a", false, ["tests/a_test.ts", "src/a.ts"], "Expected 1, got 2")];

/** What a specialist wrote of a turn. */
export const SUMMARY = "- f1 was read: parse() is in line 40\n- open: why the sign is lost";

/** How the prompts are to be made. */
export const FRAME: PromptFrame = {
  way: "constrained",
  window: 16_384,
  ratio: 1,
  declare: (tools) => JSON.stringify(tools),
};

/** A turn of a role in its first ask: an attempt at a task, or the answer to a question. */
export function working(
  role = "coding",
  some: Parameters<typeof started>[0] = {},
  others: Registry = registry,
): State {
  const attempt = role === "coding";
  const begun = after(
    started(some, FAILING),
    { type: "tasks_planned", tasks: [task({ checks: ["t: a"], description: "Repair a" })], refused: [], by: "rules" },
    { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
    {
      type: "decision_made",
      id: "d1",
      name: attempt ? "continue_current_phase" : `consult_${role}_specialist`,
      arguments: attempt ? {} : { query: "What is in a?" },
      reason: "",
      by: "arbiter",
      fingerprint: "f",
    },
  );
  return prepared(settled(begun, others), [{ path: "src/a.ts", text: "export const a = 2;\n" }], others);
}

/** The ask of a turn that is due. */
export function askOf(state: State, others: Registry = registry): AskEffect {
  const ask = due(state, others, state.at).effects.find((effect) => effect.kind === "ask" && effect.turn !== null);
  assert.ok(ask?.kind === "ask", "no ask of a turn is due");
  return ask;
}

/** The state after a turn's ask was answered by a call that gave so many characters. */
export function called(state: State, chars: number, others: Registry = registry, name = "read_file"): State {
  const ask = askOf(state, others);
  assert.equal(ask.purpose, "work");
  const asked = after(state, opening(ask), answer(ask.key, [{ name, arguments: { path: `f${state.seq}` } }]));
  const tool = due(asked, others, asked.at).effects.find((effect) => effect.kind === "tool")!;
  return after(asked, opening(tool), {
    type: "effect_finished",
    key: tool.key,
    result: { kind: "tool", text: { text: "y".repeat(50), chars, blob: "b" }, outcome: null, ms: 1 },
  });
}

/** The state in which a summary is due next. */
export function full(state: State = working(), chars = 12_000): State {
  let now = state;
  for (let reads = 0; reads < 20; reads++) {
    if (askOf(now).purpose === "summarise") return now;
    now = called(now, chars, registry, reads % 2 === 0 ? "read_file" : "search_code");
  }
  throw new Error("Nothing is to be summarised.");
}

/** The state after the summary that is due was written. */
export function summarised(state: State, summary: Text = inline(SUMMARY)): State {
  const ask = askOf(state);
  assert.equal(ask.purpose, "summarise");
  return after(state, opening(ask), answer(ask.key, [], { summary }));
}

/** The turn that is open longest. */
export const turnOf = (state: State) => state.turns.open[Object.keys(state.turns.open)[0]!]!;

/** What of that turn was summarised. */
export const summaryIn = (state: State) => summaryOf(state, turnOf(state).id);

/** The prompt of the next ask. */
export const next = (state: State) => compose(state, registry, askOf(state), FRAME);
