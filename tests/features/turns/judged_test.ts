import assert from "node:assert/strict";
import type { Fact } from "../../../src/features/fact.ts";
import type { Registry } from "../../../src/features/registry.ts";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import type { Verdict } from "../../../src/kernel/rule.ts";
import { after, opening, prepared, replied, wished } from "../../given/given.ts";
import { atWork, FILES, planned, registry as usual } from "../../given/given_attempt.ts";

/** A registry with rules that run apart; whoever asks them here errs. */
const registry: Registry = {
  ...usual,
  judges: [{ plugin: "careful", judge: () => Promise.reject(new Error("asked where nothing may be asked")) }],
};

const READ = { name: "read_file", arguments: { path: "src/a.js" } };

/** A turn that makes a call. */
function calling(call: Parameters<typeof replied>[1][number] = READ): State {
  return replied(prepared(atWork(planned([])), FILES), [call]);
}

/** The state once the rules gave a verdict. */
function judged(state: State, verdict: Verdict): State {
  const effect = due(state, registry, state.at).effects[0];
  assert.equal(effect?.kind, "rule");
  return after(state, opening(effect), { type: "effect_finished", key: effect.key, result: { kind: "rule", verdict } });
}

const owed = (state: State, by: Registry = registry) => {
  const { facts, effects } = due(state, by, state.at);
  return [...facts.map(({ type }) => type), ...effects.map(({ kind }) => kind)];
};

Deno.test("a call runs once the rules that run apart allow it; without such rules nobody is asked", () => {
  assert.deepEqual(owed(calling(), usual), ["tool"]);
  assert.deepEqual(owed(calling()), ["rule"]);
  const allowed = judged(calling(), { verdict: "allow" });
  assert.deepEqual(owed(allowed), ["tool"]);
  const run = due(allowed, registry, allowed.at).effects[0]!;
  const over = after(allowed, opening(run), {
    type: "effect_finished",
    key: run.key,
    result: { kind: "tool", text: { text: "1", chars: 1 }, outcome: null, ms: 1 },
  });
  const next = { name: "read_file", arguments: { path: "src/b.js" } };
  assert.deepEqual(owed(replied(over, [next])), ["rule"], "the next call is another");
  assert.deepEqual(owed(replied(over, [READ])), ["call_answered"], "what is known runs nothing");
});

Deno.test("a call that they refuse is not made, and the model is told why", () => {
  const refused = judged(calling(), { verdict: "refuse", reason: "Not on Sundays." });
  const [fact] = due(refused, registry, refused.at).facts as Fact[];
  assert.deepEqual(fact?.type === "call_refused" && [fact.name, fact.reason], ["read_file", "Not on Sundays."]);
});

Deno.test("a call that they want confirmed is asked of the person like any other, and runs after the yes", () => {
  let state = judged(calling(), { verdict: "confirm", question: "May it read this" });
  assert.deepEqual(owed(state), ["preview"]);
  const preview = due(state, registry, state.at).effects[0]!;
  const shows = { text: "path: src/a.js", chars: 14 };
  state = after(state, opening(preview), {
    type: "effect_finished",
    key: preview.key,
    result: { kind: "preview", shows },
  });
  state = after(state, ...due(state, registry, state.at).facts);
  const [question] = state.people.questions;
  assert.equal(question?.text, "May it read this");
  state = wished(state, { kind: "answer", question: question!.id, approved: true, text: "" });
  assert.deepEqual(owed(state), ["tool"]);
});

Deno.test("what Autonomy itself refuses or asks is not loosened by them", () => {
  const command = { name: "run_command", arguments: { command: "rm -rf build" } };
  assert.deepEqual(owed(judged(calling(command), { verdict: "allow" })), ["preview"]);
});

Deno.test("an ask of them that failed is told to the model; one that was interrupted is due again", () => {
  const state = calling();
  const effect = due(state, registry, state.at).effects[0]!;
  const failed = after(state, opening(effect), {
    type: "effect_failed",
    key: effect.key,
    failure: "tool_error",
    text: "gone",
    ms: 1,
  });
  assert.deepEqual(owed(failed), ["ask"], "what it says next is asked for");
  const cut = after(state, opening(effect), {
    type: "effect_failed",
    key: effect.key,
    failure: "interrupted",
    text: "",
    ms: 0,
  });
  assert.deepEqual(owed(cut), ["rule"]);
});
