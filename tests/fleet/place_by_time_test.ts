import assert from "node:assert/strict";
import type { Ledger } from "../../src/features/ledger/slice.ts";
import type { HostSnapshot } from "../../src/fleet/fleet_snapshot.ts";
import type { PendingAsk } from "../../src/fleet/pending_ask.ts";
import { place } from "../../src/fleet/place.ts";
import { askFor, fleetOf, held, hostWith, measuredModel } from "./fleet_fixture.ts";

/** Where asks go, `key host`, in the order in which they are placed. */
function placed(hosts: readonly HostSnapshot[], asks: readonly PendingAsk[], ledger: Ledger = {}, now = 0): string[] {
  return place(fleetOf(...hosts), asks, now, {}, ledger).placements.map(({ key, host }) => `${key} ${host}`);
}

const asks = (count: number) =>
  Array.from({ length: count }, (_, index) => askFor(`k${index + 1}`, ["m"], { since: index }));

Deno.test("an ask goes where it is expected to be done first: to the faster host, past it where its queue is longer", () => {
  const fast = hostWith("fast", ["m"], { resident: held("m") });
  const slow = hostWith("slow", ["m"], { resident: held("m") });
  const ledger = { fast: { m: measuredModel(60) }, slow: { m: measuredModel(25) } };
  assert.deepEqual(placed([slow, fast], asks(1), ledger), ["k1 fast"]);
  assert.deepEqual(placed([slow, fast], asks(3), ledger), ["k1 fast", "k3 slow"], "the second waits for the fast one");
  const result = place(fleetOf(slow, fast), asks(3), 0, {}, ledger);
  assert.deepEqual(result.waiting, [{ key: "k2", host: "fast", why: "waiting for a slot on fast" }]);
  assert.match(result.placements[0]?.reason ?? "", /loaded on fast; about 5\.4 s, slow about 13 s$/);
});

Deno.test("an ask at work that takes longer than expected is waited for no longer than another host takes", () => {
  const ledger = { fast: { m: measuredModel(60) }, slow: { m: measuredModel(25) } };
  const busy = (until: number) =>
    hostWith("fast", ["m"], { resident: held("m"), inFlight: [{ key: "x", model: "m", since: 0, until }] });
  const slow = hostWith("slow", ["m"], { resident: held("m") });
  const [ask] = asks(1) as [PendingAsk];
  const early = place(fleetOf(busy(5_000), slow), [ask], 1_000, {}, ledger);
  assert.deepEqual([early.placements.length, early.wakeAt], [0, 5_000]);
  assert.equal(place(fleetOf(busy(5_000), slow), [ask], 6_000, {}, ledger).placements.length, 0);
  assert.deepEqual(placed([busy(5_000), slow], [ask], ledger, 18_000), ["k1 slow"]);
});

Deno.test("a thread goes back to where its prompt is, unless others were read there since", () => {
  const there = { turn: "t1", tokens: 1_400 };
  const ledger = (...kept: readonly string[]) => ({
    one: { m: measuredModel(30) },
    two: { m: measuredModel(30, { kept: kept.map((thread) => ({ thread, ...there })) }) },
  });
  const hosts = ["one", "two"].map((name) => hostWith(name, ["m"], { resident: held("m") }));
  const ask = askFor("k", ["m"], { thread: "coding", turn: "t1", promptTokens: 1_900 });
  assert.deepEqual(placed(hosts, [ask], ledger("coding")), ["k two"]);
  assert.match(
    place(fleetOf(...hosts), [ask], 0, {}, ledger("coding")).placements[0]?.reason ?? "",
    /; 1400 tokens of its prompt are there; about 9\.2 s, one about 12 s/,
  );
  assert.deepEqual(placed(hosts, [ask], ledger("coding", "analysis")), ["k one"]);
  assert.deepEqual(placed(hosts, [{ ...ask, turn: "t2" }], ledger("coding")), ["k one"]);
});

Deno.test("a model is loaded beside others where the memory has room, and its load waits for those at work where it has none", () => {
  const host = (memory: number | null) =>
    hostWith("one", ["m", "n"], {
      slots: 2,
      resident: held("n"),
      inFlight: [{ key: "x", model: "n", since: 0, until: 9_000 }],
      memory,
      sizes: { m: 8e9, n: 12e9 },
    });
  const [ask] = asks(1) as [PendingAsk];
  const [fits] = place(fleetOf(host(20e9)), [ask], 0, {}).placements;
  assert.equal(fits?.reason, "wanted for analysis; to be loaded on one");
  assert.equal(fits?.loads, true);
  for (const memory of [19e9, null]) assert.deepEqual(placed([host(memory)], [ask]), []);
  const idle = { ...host(19e9), inFlight: [] };
  assert.match(
    place(fleetOf(idle), [ask], 0, {}).placements[0]?.reason ?? "",
    /to be loaded on one; in the place of n/,
  );
});

Deno.test("what was loaded since the host told last is held beside what it told, where the memory has room", () => {
  const sizes = { m: 8e9, n: 12e9 };
  const stay = { model: "m", since: 0, begun: [0] };
  const host = (memory: number) => hostWith("one", ["m", "n"], { resident: held("n"), stay, memory, sizes });
  const loads = (memory: number) =>
    place(fleetOf(host(memory)), [askFor("a", ["n"])], 0, {}).placements.map((placement) => placement.loads);
  assert.deepEqual(loads(20e9), [false]);
  assert.deepEqual(loads(19e9), [true]);
});

Deno.test("a host is waited for where a load elsewhere takes longer, and for longer than 20 s where it takes very long", () => {
  const busy = hostWith("warm", ["m"], {
    resident: held("m"),
    inFlight: [{ key: "x", model: "m", since: 0, until: 20_000 }],
  });
  const cold = hostWith("cold", ["m", "n"], { resident: held("n") });
  const ledger = (lastLoadMs: number) => ({
    warm: { m: measuredModel(30) },
    cold: { m: measuredModel(30, { lastLoadMs }) },
  });
  assert.deepEqual(placed([busy, cold], asks(1), ledger(2_000)), ["k1 cold"]);
  assert.deepEqual(placed([busy, cold], asks(1), ledger(60_000)), []);
  assert.equal(place(fleetOf(busy, cold), asks(1), 0, {}, ledger(60_000)).wakeAt, 20_000);
  assert.deepEqual(placed([busy, cold], asks(1), ledger(60_000), 19_000), []);
  const stuck = { ...busy, inFlight: [{ key: "x", model: "m", since: 0, until: 500_000 }] };
  assert.deepEqual(placed([stuck, cold], asks(1), ledger(60_000), 119_000), ["k1 cold"]);
});

Deno.test("a slot that was measured to be worth nothing is left free", () => {
  const host = hostWith("one", ["m"], { resident: held("m"), slots: 2 });
  const level = (tokens: number) => ({ replies: 2, tokens, ms: 1_000 });
  const writes = (together: number) => ({
    one: { m: measuredModel(30, { writes: { 1: level(30), 2: level(together) } }) },
  });
  assert.deepEqual(placed([host], asks(2), writes(25)), ["k1 one", "k2 one"]);
  assert.deepEqual(placed([host], asks(2), writes(15)), ["k1 one"]);
});
