import assert from "node:assert/strict";
import { evolve } from "../../src/features/features.ts";
import { ableSpecialist, sensibleArbiter } from "./players.ts";
import { CALM, simulate } from "./simulation.ts";
import { LAWS, tried } from "./whole_runs.ts";

// A third of the runs; all of them, and others, are tried in tests/long.
for (const [law, holds] of Object.entries(LAWS)) Deno.test(law, () => holds(tried(1 / 3, 1971)));

Deno.test("folding a fact leaves the state before it untouched", () => {
  // The simulation freezes every state and fact; a fold that wrote into one of them would throw.
  const run = simulate({ ...CALM, seed: 7, arbiter: sensibleArbiter, specialist: ableSpecialist(0.5) });
  const before = JSON.stringify(run.state);
  evolve(run.state, run.log.at(-1)!);
  assert.equal(JSON.stringify(run.state), before);
});
