import assert from "node:assert/strict";
import { FLEET_BOUNDS, missedBounds, scoreFleet, scorePair } from "./fleet.ts";
import { playFleet } from "./fleet/play_fleet.ts";
import { type Kind, KINDS, topologyOf } from "./fleet/topologies.ts";

/** Topologies of each kind, and schedules of which the best counts: few, so that the test is quick. */
const SEEDS = [1, 2];
const FEW = 30;

async function scored(kind: Kind, blind = false) {
  return await Promise.all(SEEDS.map((seed) => scoreFleet(topologyOf(kind, seed), FEW, { blind })));
}

Deno.test("the fleet holds its bounds on some topologies of each kind", async () => {
  const entries = await Promise.all(KINDS.map(async (kind) => [kind, await scored(kind)] as const));
  const pairs = await Promise.all([1, 2].map(scorePair));
  assert.deepEqual(missedBounds({ kinds: Object.fromEntries(entries), pairs }), []);
});

Deno.test("a fleet that does not see what is loaded misses them", async () => {
  const scores = await scored("dear loads", true);
  const missed = missedBounds({ kinds: { "dear loads": scores }, pairs: [] });
  assert.ok(missed.length >= 2, missed.join("; "));
});

Deno.test("where loads are dear, what is loaded ahead of its ask saves time", async () => {
  const times = await Promise.all([101, 102, 105, 107].map(async (seed) => {
    const topology = topologyOf("dear loads", seed);
    return (await playFleet(topology)).makespan / (await playFleet(topology, { waits: true })).makespan;
  }));
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  assert.ok(mean < 0.95, times.map((time) => time.toFixed(2)).join(" "));
});

Deno.test("each ask of a topology is placed with its reason, and the same again by the same seed", async () => {
  const topology = topologyOf("tight memory", 3);
  const first = await playFleet(topology);
  assert.deepEqual(await playFleet(topology), first);
  assert.equal(first.placed.length, topology.chains.flat().length);
  for (const placed of first.placed) {
    assert.match(placed, /: wanted for (arbiter|coding|reasoning); (loaded|being loaded|to be loaded) on host/);
  }
});

Deno.test("bounds that are missed are said, each by itself", () => {
  const score = { seed: 1, ratio: 1.3, gain: 1.5, loads: 9, oracleLoads: 5, unplanned: 1, turns: 20 };
  assert.deepEqual(missedBounds({ kinds: { "dear loads": [score] }, pairs: [0.5, 0.7] }), [
    "dear loads: 1.30 × the oracle's time",
    "dear loads: 5.0 unplanned loads in 100 turns",
    "dear loads: only 1.50 × as fast as hosts that take turns",
    "all kinds: 1.30 × the oracle's time",
    "two equal servers: 0.70 × the time of one",
  ]);
  const good = { ...score, ratio: FLEET_BOUNDS.oracle, gain: FLEET_BOUNDS.roundRobin, unplanned: 0 };
  assert.deepEqual(missedBounds({ kinds: { "dear loads": [good] }, pairs: [FLEET_BOUNDS.pair] }), []);
});
