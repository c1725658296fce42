import assert from "node:assert/strict";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { after, opening, prepared, replied, wished } from "../../given/given.ts";
import { atWork, FILES, planned, registry } from "../../given/given_attempt.ts";

const SHOWS = { text: "runs     rm -rf build", chars: 900, blob: "b1" };

/** A turn whose command asks. */
function asking(): State {
  return replied(prepared(atWork(planned([])), FILES), [{
    name: "run_command",
    arguments: { command: "rm -rf build" },
  }]);
}

/** The state once it is known what the command would do. */
function looked(): State {
  const state = asking();
  const effect = due(state, registry, state.at).effects[0];
  return after(state, opening(effect), {
    type: "effect_finished",
    key: effect!.key,
    result: { kind: "preview", shows: SHOWS },
  });
}

/** The state once the person was asked. */
function asked(): State {
  const state = looked();
  return after(state, ...due(state, registry, state.at).facts);
}

Deno.test("before a person is asked it is looked what the call would do, and the question shows all of it", () => {
  const state = asking();
  const { facts, effects } = due(state, registry, state.at);
  assert.deepEqual([facts, effects.map(({ kind }) => kind)], [[], ["preview"]]);
  const [question] = asked().people.questions;
  assert.deepEqual([question?.text, question?.shows], ["May coding run: rm -rf build", SHOWS]);
});

Deno.test("a call that was approved runs, and the next one is looked at and asked about anew", () => {
  const [question] = asked().people.questions;
  let state = wished(asked(), { kind: "answer", question: question!.id, approved: true, text: "" });
  const run = due(state, registry, state.at).effects[0];
  assert.equal(run?.kind, "tool");
  state = after(state, opening(run), {
    type: "effect_finished",
    key: run!.key,
    result: { kind: "tool", text: { text: "Gone.", chars: 5 }, outcome: null, ms: 1 },
  });
  const next = replied(state, [{ name: "run_command", arguments: { command: "rm -rf src" } }]);
  assert.deepEqual(due(next, registry, next.at).effects.map(({ kind }) => kind), ["preview"]);
});

Deno.test("a call that cannot be carried out is told to the model, and nobody is asked", () => {
  const state = asking();
  const effect = due(state, registry, state.at).effects[0];
  const failed = after(state, opening(effect), {
    type: "effect_failed",
    key: effect!.key,
    failure: "tool_error",
    text: "There is no such program.",
    ms: 1,
  });
  const [turn] = Object.values(failed.turns.open);
  assert.deepEqual([turn?.calls, turn?.exchange.at(-1)?.text.text], [[], "There is no such program."]);
  assert.deepEqual(failed.people.questions, []);
});

Deno.test("a look that the end of the program interrupted is taken anew", () => {
  const state = asking();
  const effect = due(state, registry, state.at).effects[0];
  const cut = after(state, opening(effect), {
    type: "effect_failed",
    key: effect!.key,
    failure: "interrupted",
    text: "The program ended.",
    ms: 1,
  });
  assert.deepEqual(due(cut, registry, cut.at).effects.map(({ kind }) => kind), ["preview"]);
});
