import assert from "node:assert/strict";
import { knownRun } from "../../src/cli/known_run.ts";
import type { Fact } from "../../src/features/fact.ts";

const stamped = (facts: readonly Fact[]) => facts.map((fact, index) => ({ ...fact, seq: index + 1, at: index }));

const shut: Fact = { type: "hold_placed", hold: { id: "h1", scope: "all", of: "" } };
const one: Fact = { type: "hold_placed", hold: { id: "h2", scope: "to", of: "coding" } };

Deno.test("a run that is left with its gate shut is known as such, so that it is not shut twice; without a screen it is open again", () => {
  const gated = (...facts: readonly Fact[]) => knownRun(stamped(facts)).gated;
  assert.deepEqual(
    [
      gated(one),
      gated(one, shut),
      gated(shut, { type: "hold_lifted", id: "h2" }),
      gated(shut, { type: "hold_lifted", id: "h1" }),
      gated(shut, { type: "run_resumed", headless: false }),
      gated(shut, { type: "run_resumed", headless: true }),
    ],
    [false, true, true, false, true, false],
  );
});

Deno.test("all that holds messages is known of a run that is left, and whether it is paused", () => {
  const left = (...facts: readonly Fact[]) => {
    const { holds, paused } = knownRun(stamped(facts));
    return [holds, paused];
  };
  const message: Fact = { type: "hold_placed", hold: { id: "h3", scope: "message", of: "m1" } };
  assert.deepEqual(left(one, shut, message, { type: "run_paused" }), [["h2", "h1", "h3"], true]);
  assert.deepEqual(left(one, message, { type: "message_released", id: "m1" }), [["h2"], false]);
  assert.deepEqual(left({ type: "run_paused" }, { type: "run_unpaused" }), [[], false]);
  assert.deepEqual(left(shut, { type: "run_paused" }, { type: "run_resumed", headless: true }), [[], false]);
});
