import assert from "node:assert/strict";
import fc from "fast-check";
import type { HostSnapshot } from "../../src/fleet/fleet_snapshot.ts";
import type { PendingAsk } from "../../src/fleet/pending_ask.ts";
import { place } from "../../src/fleet/place.ts";
import { windowsFor } from "../../src/fleet/windows_for.ts";
import { askFor, held, hostWith, withBegun } from "./fleet_fixture.ts";

/** What a played fleet did. */
interface Played {
  /** Loads by host. */
  readonly loads: Record<string, number>;
  /** Longest wait of an ask, ms. */
  readonly longest: number;
  readonly answered: number;
}

/**
 * Plays asks on hosts that have room for one model each, as a server does: a load pushes the other model out. The hosts tell
 * what they hold only every 10 s. Checks slots and windows at each step.
 */
function play(start: readonly HostSnapshot[], asks: readonly PendingAsk[], durations: readonly number[]): Played {
  let hosts = start;
  const holds: Record<string, string | undefined> = {};
  const loads: Record<string, number> = {};
  const windows: Record<string, Set<number>> = {};
  const ends: { key: string; host: string; at: number }[] = [];
  const pending = asks.toSorted((a, b) => a.since - b.since);
  let now = 0;
  let told = 0;
  let longest = 0;
  let answered = 0;
  for (let step = 0; step < 10_000 && answered < asks.length; step++) {
    if (now >= told + 10_000) {
      told = now;
      hosts = hosts.map((host) => {
        const model = holds[host.name];
        return { ...host, resident: model === undefined ? [] : held(model) };
      });
    }
    const due = pending.filter(({ since }) => since <= now);
    const fleet = { hosts };
    const { placements, impossible, wakeAt } = place(fleet, due, now, windowsFor(asks, fleet));
    assert.deepEqual(impossible, []);
    for (const placement of placements) {
      const ask = pending.find(({ key }) => key === placement.key);
      assert.ok(ask, "an ask is placed once");
      pending.splice(pending.indexOf(ask), 1);
      hosts = hosts.map((host) => host.name === placement.host ? withBegun(host, placement, now) : host);
      if (holds[placement.host] !== placement.model) loads[placement.host] = (loads[placement.host] ?? 0) + 1;
      holds[placement.host] = placement.model;
      (windows[`${placement.model}@${placement.host}`] ??= new Set()).add(placement.window);
      longest = Math.max(longest, now - ask.since);
      ends.push({ key: placement.key, host: placement.host, at: now + (durations[answered % durations.length] ?? 1) });
    }
    for (const host of hosts) assert.ok(host.inFlight.length <= host.slots, `${host.name} has more asks than slots`);
    for (const [pair, used] of Object.entries(windows)) assert.equal(used.size, 1, `${pair} has one window`);
    const next = Math.min(
      ...ends.map(({ at }) => at),
      ...pending.filter(({ since }) => since > now).map(({ since }) => since),
      wakeAt ?? Infinity,
    );
    assert.ok(answered === asks.length || next > now && next < Infinity || ends.length > 0, "the fleet stands still");
    now = Math.max(now, next);
    for (const end of ends.filter(({ at }) => at <= now)) {
      ends.splice(ends.indexOf(end), 1);
      answered++;
      hosts = hosts.map((host) =>
        host.name === end.host ? { ...host, inFlight: host.inFlight.filter(({ key }) => key !== end.key) } : host
      );
    }
  }
  return { loads, longest, answered };
}

const Model = fc.constantFrom("a:7b", "b:14b", "c:3b", "d:1b");

const Hosts = fc.array(
  fc.record({ models: fc.uniqueArray(Model, { minLength: 1 }), slots: fc.integer({ min: 1, max: 3 }) }),
  {
    minLength: 1,
    maxLength: 3,
  },
).map((hosts) => hosts.map(({ models, slots }, index) => hostWith(`h${index}`, models, { slots })));

const Asks = fc.array(
  fc.record({
    models: fc.uniqueArray(Model, { maxLength: 3 }),
    role: fc.constantFrom("coding", "reasoning", "arbiter"),
    window: fc.constantFrom(4096, 8192, 16384),
    since: fc.integer({ min: 0, max: 60_000 }),
    not: fc.option(Model, { nil: undefined }),
    avoid: fc.option(fc.constantFrom("h0", "h1"), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 30 },
).map((asks) => asks.map(({ models, ...changes }, index) => askFor(`k${index}`, models, changes)));

Deno.test("slots are never exceeded, every ask is placed within bounds, and a model keeps one window on a host", () => {
  const Durations = fc.array(fc.integer({ min: 1, max: 15_000 }), { minLength: 1, maxLength: 5 });
  const law = fc.property(Hosts, Asks, Durations, (hosts, asks, durations) => {
    const { answered, longest } = play(hosts, asks, durations);
    assert.equal(answered, asks.length);
    // Each ask before it takes 15 s at most, and each of four models may keep the others waiting for 20 s and one ask more.
    assert.ok(longest <= asks.length * 15_000 + 4 * 35_000, `an ask waited ${longest} ms`);
  });
  fc.assert(law, { numRuns: 150 });
  // Here the best place was put off for longer than another one, and nobody woke the ask.
  fc.assert(law, { seed: 124931588, path: "37", endOnFailure: true });
});

Deno.test("an ask is not starved by an endless stream of asks for the model that is loaded", () => {
  const stream = Array.from({ length: 200 }, (_, index) => askFor(`a${index}`, ["a"], { since: index * 1_000 }));
  const one = askFor("b", ["b"], { since: 1_500, userNamed: true });
  const waits: number[] = [];
  let hosts = [hostWith("one", ["a", "b"], { resident: held("a") })];
  const pending = [one, ...stream];
  for (let now = 0; pending.includes(one) && now < 200_000; now += 1_000) {
    hosts = hosts.map((host) => ({ ...host, inFlight: [] }));
    for (const placement of place({ hosts }, pending.filter(({ since }) => since <= now), now, {}).placements) {
      pending.splice(pending.findIndex(({ key }) => key === placement.key), 1);
      hosts = hosts.map((host) => withBegun(host, placement, now));
      if (placement.key === "b") waits.push(now - one.since);
    }
  }
  assert.equal(waits.length, 1);
  assert.ok((waits[0] ?? Infinity) <= 5_000, `it waited ${waits[0]} ms`);
});

for (const slots of [1, 2]) {
  Deno.test(`100 mixed asks of two models queue for a host with room for one and ${slots} slots: a load serves four asks or 20 s`, () => {
    const mixed = (gap: number) =>
      Array.from(
        { length: 100 },
        (_, index) => askFor(`k${index}`, [index % 2 === 0 ? "a" : "b"], { since: index * gap }),
      );
    for (const gap of [0, 300]) {
      for (const duration of [1_000, 4_000, 9_000]) {
        const { loads, answered } = play([hostWith("one", ["a", "b"], { slots })], mixed(gap), [duration]);
        assert.equal(answered, 100);
        const stay = Math.min(4, slots * 20_000 / duration);
        assert.ok(
          (loads.one ?? 0) <= Math.ceil(100 / stay) + 1,
          `${loads.one} loads of ${duration} ms asks, ${gap} ms apart`,
        );
      }
    }
  });
}
