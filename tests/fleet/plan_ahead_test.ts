import assert from "node:assert/strict";
import type { CrewRole } from "../../src/fleet/choices.ts";
import type { HostSnapshot } from "../../src/fleet/fleet_snapshot.ts";
import { place } from "../../src/fleet/place.ts";
import { type Coming, planAhead } from "../../src/fleet/plan_ahead.ts";
import { askFor, fleetOf, held, hostWith, measuredModel } from "./fleet_fixture.ts";

const role = (name: string, model: string): CrewRole => ({ role: name, models: [model], window: 8192 });
const CODING = role("coding", "coder");
const NOTHING: Coming = { roles: [CODING], awaited: new Set(), windows: {}, ledger: {}, now: 1_000 };

/** A host that is idle and can load ahead. */
const idle = (name: string, changes: Partial<HostSnapshot> = {}) =>
  hostWith(name, ["coder", "thinker"], { canLoad: true, ...changes });
/** A host at work, by which a run is at work at all. */
const AT_WORK = hostWith("other", ["small"], { resident: held("small"), inFlight: [{ key: "a", model: "small" }] });

const planned = (hosts: readonly HostSnapshot[], coming: Partial<Coming> = {}) =>
  planAhead(fleetOf(...hosts), { ...NOTHING, ...coming }).map(({ host, model }) => `${model}@${host}`);

Deno.test("while another host works, an idle one loads the model that comes next, with the window that its asks will have", () => {
  const [load] = planAhead(fleetOf(AT_WORK, idle("spark")), { ...NOTHING, windows: { spark: { coder: 4096 } } });
  assert.deepEqual(load, {
    host: "spark",
    model: "coder",
    window: 4096,
    reason: "coding comes next, no host has its model loaded, and spark is idle and has room for it",
    until: 11_000,
  });
  assert.deepEqual(planned([idle("spark")]), [], "nothing is at work: nobody knows that it is needed");
  assert.deepEqual(planned([AT_WORK, idle("spark")], { roles: [] }), []);
});

Deno.test("nothing is loaded ahead where a host is at work, is awaited, cannot, serves others, rests, or does not say what it holds", () => {
  const broken = {
    model: null,
    cause: "unreachable",
    failures: 2,
    openUntil: 9_000,
    pauseMs: 5_000,
    probe: null,
  } as const;
  const hosts: readonly Partial<HostSnapshot>[] = [
    { inFlight: [{ key: "b", model: "thinker" }] },
    { canLoad: false },
    { others: 1 },
    { state: "down" },
    { breakers: [broken] },
    { residentUnknown: true },
    { loading: [{ model: "thinker", until: 2_000 }], memory: 100, sizes: { coder: 10, thinker: 10 } },
  ];
  for (const changes of hosts) {
    assert.deepEqual(planned([AT_WORK, idle("spark", changes)]), [], JSON.stringify(changes));
  }
  assert.deepEqual(planned([AT_WORK, idle("spark")], { awaited: new Set(["spark"]) }), []);
});

Deno.test("nothing is pushed out for a load ahead, and no model that a host holds or is loading is loaded again", () => {
  const bytes = (name: string, size: number) => ({ name, digest: name, bytes: size, size: null });
  const models = [bytes("coder", 10), bytes("thinker", 10)];
  const holding = { models, sizes: { coder: 10, thinker: 10 }, resident: held("thinker") };
  assert.deepEqual(planned([AT_WORK, idle("spark", { ...holding, memory: 15 })]), []);
  assert.deepEqual(planned([AT_WORK, idle("spark", { ...holding, memory: null })]), [], "nobody knows of room");
  assert.deepEqual(planned([AT_WORK, idle("spark", { ...holding, memory: 20 })]), ["coder@spark"]);
  assert.deepEqual(planned([AT_WORK, idle("spark"), idle("b", { resident: held("coder") })]), []);
  assert.deepEqual(planned([AT_WORK, idle("spark"), idle("b", { loading: [{ model: "coder", until: 2_000 }] })]), []);
});

Deno.test("each host loads one model at a time, the one that comes first, where it is expected to be of use soonest", () => {
  const both = { roles: [CODING, role("reasoning", "thinker")] };
  const roomy = { memory: 100, sizes: { coder: 10, thinker: 10 } };
  assert.deepEqual(planned([AT_WORK, idle("a", roomy)], both), ["coder@a"]);
  assert.deepEqual(planned([AT_WORK, idle("a"), idle("b")], both), ["coder@a", "thinker@b"]);
  const ledger = { a: { coder: measuredModel(10, { lastLoadMs: 60_000 }) }, b: { coder: measuredModel(40) } };
  assert.deepEqual(planned([AT_WORK, idle("a"), idle("b")], { ledger }), ["coder@b"]);
});

Deno.test("what was loaded ahead and asked nothing since is not loaded ahead again", () => {
  const ledger = (triedAhead: number | null) => ({ spark: { coder: measuredModel(30, { replies: 3, triedAhead }) } });
  assert.deepEqual(planned([AT_WORK, idle("spark")], { ledger: ledger(3) }), []);
  assert.deepEqual(planned([AT_WORK, idle("spark")], { ledger: ledger(2) }), ["coder@spark"]);
});

Deno.test("an ask goes where its model is being loaded, and does not push out what is loaded for another", () => {
  const loading = [{ model: "coder", until: 8_000 }];
  const fleet = fleetOf(idle("a", { loading }), idle("b", { resident: held("thinker") }));
  const [own] = place(fleet, [askFor("k", ["coder"])], 1_000, {}).placements;
  assert.deepEqual([own?.host, own?.loads], ["a", false]);
  assert.match(own!.reason, /being loaded on a ahead/);
  const { placements, waiting } = place(fleetOf(idle("a", { loading })), [askFor("k", ["thinker"])], 90_000, {});
  assert.deepEqual([placements, waiting.map(({ host }) => host)], [[], ["a"]]);
});
