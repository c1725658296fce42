import assert from "node:assert/strict";
import type { Fact } from "../../../src/features/fact.ts";
import { evolve } from "../../../src/features/features.ts";
import { elapsed } from "../../../src/features/run/elapsed.ts";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { started } from "../../given/given.ts";
import { crew } from "../../laws/crew.ts";

function at(state: State, time: number, fact: Fact): State {
  return evolve(state, { ...fact, seq: state.seq + 1, at: time });
}

const BEGAN = started().clock.startedAt!;

Deno.test("the clock of a run leaves out pauses, and the time between a stop and its resume", () => {
  const begun = started();
  assert.equal(elapsed(begun, BEGAN + 1_000), 1_000);
  const paused = at(begun, BEGAN + 1_000, { type: "run_paused" });
  assert.equal(elapsed(paused, BEGAN + 9_000), 1_000);
  const on = at(paused, BEGAN + 9_000, { type: "run_unpaused" });
  assert.equal(elapsed(on, BEGAN + 9_500), 1_500);
  // The last fact before the program was killed is the one at 9,000.
  const resumed = at(on, BEGAN + 50_000, { type: "run_resumed", headless: false });
  assert.equal(elapsed(resumed, BEGAN + 50_200), 1_200);
});

Deno.test("a run that is stopped while it is paused resumes paused, and neither wait counts", () => {
  const paused = at(started(), BEGAN + 1_000, { type: "run_paused" });
  const resumed = at(paused, BEGAN + 50_000, { type: "run_resumed", headless: false });
  assert.equal(elapsed(resumed, BEGAN + 60_000), 1_000);
  assert.equal(elapsed(at(resumed, BEGAN + 60_000, { type: "run_unpaused" }), BEGAN + 60_300), 1_300);
});

Deno.test("a run that ends while it is paused does not count the pause, and goes on counting when it is resumed", () => {
  const paused = at(started(), BEGAN + 1_000, { type: "run_paused" });
  const ended = at(paused, BEGAN + 9_000, { type: "run_ended", kind: "cancelled", cause: "quit" });
  assert.equal(elapsed(ended, BEGAN + 99_000), 1_000);
  const finished = at(started(), BEGAN + 2_000, { type: "run_ended", kind: "cancelled", cause: "quit" });
  assert.equal(elapsed(finished, BEGAN + 99_000), 2_000);
  assert.equal(elapsed(at(finished, BEGAN + 100_000, { type: "run_resumed", headless: true }), BEGAN + 100_100), 2_100);
});

Deno.test("time alone makes the end due, at the moment that is named", () => {
  const state = started({ limits: { tokens: null, turns: null, wallMs: 5_000 } });
  const { wakeAt } = due(state, crew(), state.at);
  assert.equal(wakeAt, BEGAN + 5_000);
  assert.notEqual(due(state, crew(), wakeAt! - 1).facts[0]?.type, "run_ended");
  assert.equal(due(state, crew(), wakeAt!).facts[0]?.type, "run_ended");
});
