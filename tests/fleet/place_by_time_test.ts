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

Deno.test("a further seat takes a lesser wanted model rather than wait for the best, but waits for a host that has it rather than load it", () => {
  const busy = hostWith("warm", ["m"], {
    resident: held("m"),
    inFlight: [{ key: "x", model: "m", since: 0, until: 5_000 }],
  });
  const cold = hostWith("cold", ["m", "n", "lesser"], { resident: held("n") });
  const ledger = { warm: { m: measuredModel(30) }, cold: { m: measuredModel(30, { lastLoadMs: 60_000 }) } };
  const beside = askFor("k", ["m"], { isBeside: true });
  assert.deepEqual(placed([busy, cold], [beside], ledger), []);
  const onlyBusy = hostWith("other", ["lesser"], { resident: held("lesser") });
  assert.deepEqual(placed([busy, onlyBusy], [{ ...beside, models: ["m", "lesser"] }], ledger), ["k other"]);
});

/** A host whose memory holds one model of 10 GB, and the models a crew has. */
function oneRoom(name: string, changes: Partial<HostSnapshot> = {}): HostSnapshot {
  return hostWith(name, ["m", "n"], { memory: 12e9, sizes: { m: 10e9, n: 10e9 }, ...changes });
}

/** How a fleet of a crew that works with m and n places an ask of m. */
function placedBeside(hosts: readonly HostSnapshot[], ledger: Ledger, usual: readonly string[], now = 0) {
  const { placements } = place({ hosts }, [askFor("k", ["m"], { since: now })], now, {}, ledger, usual);
  return placements.map(({ host, reason }) => `${host}: ${reason}`);
}

const atWork = { resident: held("m"), inFlight: [{ key: "x", model: "m", since: 0, until: 15_000 }] };

Deno.test("no host is filled with a second copy of a model while another one of the crew has none", () => {
  const hosts = [oneRoom("one", atWork), oneRoom("two")];
  const ledger = { one: { m: measuredModel(30) }, two: { m: measuredModel(30, { lastLoadMs: 10_000 }) } };
  assert.equal(placedBeside(hosts, ledger, ["m"]).length, 1);
  assert.deepEqual(placedBeside(hosts, ledger, ["m", "n"]), []);
  assert.equal(placedBeside([...hosts, oneRoom("three")], ledger, ["m", "n"]).length, 1, "one is left for n");
});

Deno.test("what was waited for a model pays for a second host of it, but never for pushing another one out of its last", () => {
  const spare = [
    oneRoom("one", atWork),
    oneRoom("two", { resident: held("n") }),
    oneRoom("three", { resident: held("n") }),
  ];
  const last = spare.slice(0, 2);
  const ledger = (ms: number, at = 0) => ({
    one: { m: measuredModel(30, { waited: { ms, at } }) },
    two: { m: measuredModel(30, { lastLoadMs: 60_000 }), n: measuredModel(30, { lastLoadMs: 60_000 }) },
    three: { m: measuredModel(30, { lastLoadMs: 90_000 }), n: measuredModel(30) },
  });
  assert.deepEqual(placedBeside(spare, ledger(20_000), ["m", "n"]), []);
  assert.match(
    placedBeside(spare, ledger(58_000), ["m", "n"])[0] ?? "",
    /^two: wanted for analysis; to be loaded on two; in the place of n; others waited for m for 58 s of late; about 1 min/,
  );
  assert.deepEqual(placedBeside(spare, ledger(58_000, -240_000), ["m", "n"]), [], "waits of long ago count less");
  assert.deepEqual(placedBeside(last, ledger(58_000), ["m", "n"]), []);
});

Deno.test("a host that was not measured is taken to load as others do, and to work as other models there do by their size", () => {
  const sizes = { m: 10e9, n: 20e9 };
  const told = (name: string) => hostWith(name, ["m", "n"], { sizes, memory: 40e9 });
  const [ask] = asks(1) as [PendingAsk];
  const loadOn = (ledger: Ledger) =>
    place(fleetOf(told("new")), [ask], 0, {}, ledger).placements.map(({ until }) => Math.round(until / 1_000));
  const loaded = { old: { n: measuredModel(20, { lastLoadMs: 200_000 }) } };
  // Half the size of what took 200 s, then 1,500 tokens read and 250 written at the speeds that are taken where nothing is known.
  assert.deepEqual(loadOn(loaded), [100 + 16]);
  assert.deepEqual(loadOn({ new: { n: measuredModel(20, { lastLoadMs: 200_000 }) } }), [100 + 8]);
});
