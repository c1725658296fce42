import assert from "node:assert/strict";
import { afterEnd, type Breaker } from "../../src/fleet/breaker.ts";
import type { FleetSnapshot, HostSnapshot } from "../../src/fleet/fleet_snapshot.ts";
import type { PendingAsk } from "../../src/fleet/pending_ask.ts";
import { place } from "../../src/fleet/place.ts";
import { windowsFor } from "../../src/fleet/windows_for.ts";
import { askFor, fleetOf, held, hostWith } from "./fleet_fixture.ts";

/** Host and model of each placement, by key. */
function placed(result: ReturnType<typeof place>): Record<string, string> {
  return Object.fromEntries(result.placements.map(({ key, host, model }) => [key, `${model}@${host}`]));
}

/** Host and model of asks that are placed one by one on an idle fleet. */
function placedAlone(fleet: FleetSnapshot, asks: readonly PendingAsk[]): Record<string, string> {
  return Object.assign({}, ...asks.map((ask) => placed(place(fleet, [ask], 0, {}))));
}

function broken(model: string | null, openUntil: number, probe: string | null = null): Breaker {
  const cause = model === null ? "unreachable" : "crashed";
  return { model, cause, failures: 2, openUntil, pauseMs: 5_000, probe };
}

Deno.test("an ask goes to its first preference that a host has, with or without :latest, and where it is pinned to", () => {
  const fleet = fleetOf(
    hostWith("fast", ["small:latest", "big:7b"], { slots: 9 }),
    hostWith("strong", ["big:7b", "x"], { slots: 9 }),
  );
  const asks = [
    askFor("bare", ["absent", "small", "big:7b"]),
    askFor("latest", ["x:latest"]),
    askFor("pinned", ["big:7b@strong"]),
    askFor("other host", ["big:7b@nowhere", "big:7b@fast"]),
  ];
  assert.deepEqual(placedAlone(fleet, asks), {
    bare: "small:latest@fast",
    latest: "x@strong",
    pinned: "big:7b@strong",
    "other host": "big:7b@fast",
  });
});

Deno.test("a full host lets its asks wait for a slot by name, rather than take a lesser model elsewhere", () => {
  const fleet = fleetOf(
    hostWith("fast", ["small:1b"]),
    hostWith("strong", ["big:32b"], { inFlight: [{ key: "a", model: "big:32b" }] }),
  );
  const result = place(fleet, [askFor("b", ["big:32b", "small:1b"])], 0, {});
  assert.deepEqual(result, {
    placements: [],
    waiting: [{ key: "b", host: "strong", why: "waiting for a slot on strong" }],
    impossible: [],
    wakeAt: null,
  });
});

Deno.test("what is loaded goes first, until another ask waited 20 s or was passed over four times", () => {
  const host = (begun: readonly number[]) =>
    hostWith("one", ["a", "b"], { resident: held("a"), stay: { model: "a", since: 0, begun } });
  const asks = [askFor("for b", ["b"], { since: 5 }), askFor("for a", ["a"], { since: 9 })];
  assert.deepEqual(placed(place(fleetOf(host([0, 6, 7, 8])), asks, 20_004, {})), { "for a": "a@one" });
  assert.deepEqual(placed(place(fleetOf(host([0, 6, 7, 8])), asks, 20_005, {})), { "for b": "b@one" });
  assert.deepEqual(placed(place(fleetOf(host([6, 7, 8, 9])), asks, 10, {})), { "for b": "b@one" });
});

Deno.test("a busy host that has the model loaded is waited for, unless the other one has nothing to push out", () => {
  const busy = hostWith("warm", ["m"], { resident: held("m"), inFlight: [{ key: "x", model: "m" }] });
  const used = hostWith("cold", ["m", "other"], { resident: held("other") });
  const ask = askFor("a", ["m"], { since: 100 });
  const result = place(fleetOf(busy, used), [ask], 200, {});
  assert.deepEqual(result.waiting, [{ key: "a", host: "warm", why: "waiting for a slot on warm" }]);
  assert.equal(result.wakeAt, 20_100);
  assert.deepEqual(placed(place(fleetOf(busy, used), [ask], 20_100, {})), { a: "m@cold" });
  assert.deepEqual(placed(place(fleetOf(busy, hostWith("cold", ["m"])), [ask], 200, {})), { a: "m@cold" });
});

Deno.test("a load is put off while it could push out a model at work, for 20 s at most", () => {
  const host = hostWith("one", ["m", "n"], { slots: 2, resident: held("n"), inFlight: [{ key: "x", model: "n" }] });
  const ask = askFor("a", ["m"], { since: 100 });
  const result = place(fleetOf(host), [ask], 200, {});
  assert.deepEqual(result.waiting, [{ key: "a", host: "one", why: "waiting until one is done with n" }]);
  assert.equal(result.wakeAt, 20_100);
  assert.deepEqual(placed(place(fleetOf(host), [ask], 20_100, {})), { a: "m@one" });
  assert.deepEqual(placed(place(fleetOf({ ...host, resident: held("m", "n") }), [ask], 200, {})), { a: "m@one" });
});

Deno.test("a role whose models no host has falls back to the best that is there and says so", () => {
  const fleet = fleetOf(
    hostWith("fast", ["nomic-embed-text", "functiongemma:270m", "llama3:8b", "bge-m3:100b"], { slots: 9 }),
    hostWith("strong", ["qwen2.5-coder:7b", "mistral:22b"], { slots: 9 }),
  );
  const asks = [
    askFor("1", ["absent:32b", "absent:14b"], { role: "coding" }),
    askFor("2", ["absent:32b"], { role: "reasoning" }),
    askFor("3", [], { role: "arbiter" }),
  ];
  const smaller = fleetOf(hostWith("fast", ["functiongemma:270m", "llama3:8b", "qwen2.5-coder:7b"], { slots: 9 }));
  assert.deepEqual(placedAlone(fleet, asks), {
    1: "mistral:22b@strong",
    2: "mistral:22b@strong",
    3: "mistral:22b@strong",
  });
  assert.deepEqual(placedAlone(smaller, asks), {
    1: "qwen2.5-coder:7b@fast",
    2: "llama3:8b@fast",
    3: "llama3:8b@fast",
  });
  assert.equal(
    place(smaller, asks, 0, {}).placements[0]?.reason,
    "coding wants absent:32b: no host has it; nor is any other of its models there; it falls back to qwen2.5-coder:7b, the best that is there; to be loaded on fast",
  );
  const only = fleetOf(hostWith("one", ["functiongemma:270m", "all-minilm"], { slots: 9 }));
  assert.equal(new Set(Object.values(placed(place(only, asks, 0, {})))).size, 1);
  assert.equal(place(only, asks, 0, {}).placements.length, 3);
});

Deno.test("a model named by the user that no host has is impossible, with the command that pulls it", () => {
  const fleet = fleetOf(hostWith("fast", ["llama3:8b"]), hostWith("vllm", ["m"], { kind: "openai" }));
  const text = (models: readonly string[]) =>
    place(fleet, [askFor("a", models, { role: "coding", userNamed: true })], 0, {}).impossible[0]?.text;
  assert.equal(
    text(["qwen9:99b"]),
    "No host that answers has qwen9:99b, named for coding. Run `ollama pull qwen9:99b` on fast, or name a model that is there.",
  );
  assert.match(text(["m2@vllm"]) ?? "", /Start vllm with it/);
  assert.match(text(["m@nowhere"]) ?? "", /no host is called nowhere. Hosts: fast, vllm/);
  assert.match(text(["nomic-embed-text"]) ?? "", /embedding models cannot chat/);
  assert.equal(text(["qwen9:99b", "llama3:8b"]), undefined);
});

Deno.test("a named model that no host has is told with those that are there under a longer name", () => {
  const text = (name: string, ...models: readonly string[]) =>
    place(fleetOf(hostWith("box", models)), [askFor("a", [name], { userNamed: true })], 0, {}).impossible[0]?.text ??
      "";
  const gguf = "hf.co/unsloth/Qwen3-Coder-30B-A3B-Instruct-GGUF:Q4_K_M";
  assert.match(
    text("qwen3-coder", "qwen3-coder:30b", gguf, "llama3:8b"),
    /Did you mean qwen3-coder:30b@box or hf\.co\/unsloth\/\S+:Q4_K_M@box\? Run `ollama pull qwen3-coder`/,
  );
  assert.match(
    text("Qwen2.5-Coder:7B@box", "qwen2.5-coder-7b-instruct"),
    /Did you mean qwen2\.5-coder-7b-instruct@box\?/,
  );
  assert.match(text("m", "m:1b", "m:2b", "m:3b", "m:4b"), /mean m:1b@box or m:2b@box or m:3b@box or 1 more\?/);
  for (const other of ["qwen3-coders:30b", "qwen3:8b", "nomic-embed-text", "coder:7b"]) {
    assert.doesNotMatch(text("qwen3-coder", other), /Did you mean/);
  }
  assert.doesNotMatch(text("bge", "bge-m3"), /Did you mean/);
});

Deno.test("hosts that are all down are waited for a minute, then every one of them is named", () => {
  const fleet = fleetOf(
    hostWith("fast", ["m"], { state: "down", reason: "connection refused", downSince: 1_000 }),
    hostWith("strong", [], { state: "down", reason: "no answer within 5 s", downSince: 2_000 }),
  );
  const early = place(fleet, [askFor("a", ["m"])], 61_999, {});
  assert.deepEqual(early.waiting.map(({ why }) => why), ["waiting for fast and strong: down (no answer within 5 s)"]);
  assert.equal(early.wakeAt, 62_000);
  const late = place(fleet, [askFor("a", ["m"])], 62_000, {});
  assert.equal(
    late.impossible[0]?.text,
    "No host answers: fast at http://fast:11434: connection refused; strong at http://strong:11434: no answer within 5 s. " +
      "Start one (`ollama serve`), or correct the address (--host NAME=URL). " +
      "To try the program without a server: `autonomy rehearse`.",
  );
  assert.match(place(fleetOf(), [askFor("a", ["m"])], 0, {}).impossible[0]?.text ?? "", /No host is configured/);
  const useless = fleetOf(hostWith("one", ["nomic-embed-text"]));
  assert.match(
    place(useless, [askFor("a", ["m"])], 0, {}).impossible[0]?.text ?? "",
    /has only nomic-embed-text.*ollama pull/,
  );
});

Deno.test("a host that is down is waited for a minute from when it was first asked for, ten minutes while it loads, and as long as it works for us", () => {
  const gone = { state: "down", reason: "gone", downSince: 1_000 } as const;
  const endOf = (more: Partial<HostSnapshot>, since: number, now: number) => {
    const fleet = fleetOf(hostWith("one", ["m"], { ...gone, ...more }));
    const { waiting, impossible, wakeAt } = place(fleet, [askFor("a", ["m"], { since })], now, {});
    return impossible.length > 0 ? "given up" : waiting.length > 0 ? wakeAt : "placed";
  };
  const night = 30_000_000;
  assert.deepEqual([endOf({}, 0, 60_999), endOf({}, 0, 61_000)], [61_000, "given up"]);
  assert.deepEqual([endOf({}, night, night + 59_999), endOf({}, night, night + 60_000)], [night + 60_000, "given up"]);
  assert.deepEqual([endOf({ isBusy: true }, 0, 600_999), endOf({ isBusy: true }, 0, 601_000)], [601_000, "given up"]);
  assert.equal(endOf({ inFlight: [{ key: "b", model: "m" }] }, 0, night), null);
  assert.equal(endOf({}, night, 61_000), "given up", "the clock was set back since it began to wait");
});

Deno.test("an ask named for a host that is down waits for it, others take what is up", () => {
  const fleet = fleetOf(
    hostWith("strong", ["big:32b"], { state: "down", reason: "gone", downSince: 0 }),
    hostWith("fast", ["small:3b"]),
  );
  const result = place(
    fleet,
    [askFor("named", ["big:32b"], { userNamed: true }), askFor("free", ["big:32b"])],
    10,
    {},
  );
  assert.deepEqual(placed(result), { free: "small:3b@fast" });
  assert.match(result.placements[0]?.reason ?? "", /strong is down; it falls back to small:3b/);
  assert.deepEqual(result.waiting, [{ key: "named", host: "strong", why: "waiting for strong: down (gone)" }]);
});

Deno.test("an open breaker gets nothing; after its pause one ask probes, and the others wait for what comes of it", () => {
  const asks = [askFor("a", ["m"]), askFor("b", ["m"])];
  const fleet = fleetOf(hostWith("one", ["m", "n"], { slots: 4, breakers: [broken(null, 5_000)] }));
  const shut = place(fleet, asks, 4_999, {});
  assert.deepEqual([shut.placements.length, shut.wakeAt], [0, 5_000]);
  assert.equal(shut.waiting[0]?.why, "waiting while one rests after failures (unreachable)");
  const half = place(fleet, asks, 5_000, {});
  assert.deepEqual(placed(half), { a: "m@one" });
  assert.match(half.placements[0]?.reason ?? "", /a trial after failures \(unreachable\)/);
  assert.match(half.waiting[0]?.why ?? "", /waiting for another request, which tries one again/);
  const probing = fleetOf(hostWith("one", ["m"], { slots: 4, breakers: [broken(null, 5_000, "x")] }));
  assert.deepEqual(placed(place(probing, asks, 9_000, {})), {});
});

Deno.test("the breaker of one model leaves the others of its host alone", () => {
  const fleet = fleetOf(hostWith("one", ["m", "n"], { slots: 4, breakers: [broken("m", 5_000)] }));
  const named = askFor("a", ["m"], { userNamed: true });
  const result = place(fleet, [named, askFor("b", ["m", "n"])], 0, {});
  assert.deepEqual(placed(result), { b: "n@one" });
  assert.equal(result.wakeAt, 5_000);
});

Deno.test("breakers open after two failures in a row, double with each failed probe up to a minute, and close by a success", () => {
  const fail = (breakers: readonly Breaker[], now: number, key = "k") =>
    afterEnd(breakers, { key, model: "m", failure: "crashed" }, now);
  const one = fail([], 0);
  assert.equal(one[0]?.openUntil, null);
  assert.deepEqual(afterEnd(one, { key: "k", model: "m", failure: null }, 0), []);
  let breakers = fail(one, 100);
  assert.equal(breakers[0]?.openUntil, 5_100);
  assert.equal(fail(breakers, 200)[0]?.openUntil, 5_100);
  const pauses: number[] = [];
  for (let probe = 0; probe < 5; probe++) {
    breakers = fail(breakers.map((breaker) => ({ ...breaker, probe: "p" })), 0, "p");
    pauses.push(breakers[0]?.openUntil ?? 0);
  }
  assert.deepEqual(pauses, [10_000, 20_000, 40_000, 60_000, 60_000]);
  const probed = breakers.map((breaker) => ({ ...breaker, probe: "p" }));
  assert.equal(afterEnd(probed, { key: "p", model: "m", failure: "cancelled" }, 0)[0]?.probe, null);
  assert.equal(afterEnd(probed, { key: "p", model: "other", failure: null }, 0).length, 1);
  assert.deepEqual(afterEnd(probed, { key: "p", model: "m", failure: null }, 0), []);
});

Deno.test("an answer that refuses the request closes the host's breaker and opens none", () => {
  const ask = { key: "k", model: "m", failure: "bad_request" } as const;
  assert.deepEqual(afterEnd([broken(null, 0), broken("m", 0)], ask, 0), [broken("m", 0)]);
  assert.deepEqual(afterEnd(afterEnd([], ask, 0), ask, 0), []);
});

Deno.test("a host that failed the ask and a model to be passed over are avoided as long as there is another way", () => {
  const fleet = fleetOf(hostWith("fast", ["m", "n"]), hostWith("strong", ["m"]));
  const where = (changes: Parameters<typeof askFor>[2], of = fleet) =>
    placed(place(of, [askFor("a", ["m", "n"], changes)], 0, {})).a;
  assert.equal(where({ avoid: "fast" }), "m@strong");
  assert.equal(where({ not: "m" }), "n@fast");
  assert.equal(where({ not: "m", avoid: "fast" }), "m@strong");
  assert.equal(where({ not: "m", avoid: "one" }, fleetOf(hostWith("one", ["m"]))), "m@one");
  assert.equal(where({ not: "m", models: ["m"], userNamed: true }), "m@fast");
});

Deno.test("a model has one window on a host: the largest of the roles that run there, within what it can hold", () => {
  const roles = [
    { role: "arbiter", models: ["m@fast"], window: 8192 },
    { role: "coding", models: ["m"], window: 16384 },
    { role: "reasoning", models: ["big"], window: 32768 },
  ];
  const fleet = fleetOf(
    hostWith("fast", ["m"]),
    hostWith("strong", ["m", "big"], { windowLimits: { m: 4096 }, windows: { big: 20_000 } }),
  );
  const windows = windowsFor(roles, fleet);
  assert.deepEqual(windows, { fast: { m: 16384 }, strong: { m: 4096, big: 20_000 } });
  const [ask] = place(fleet, [askFor("a", ["m@fast"], { window: 8192 })], 0, windows).placements;
  assert.equal(ask?.window, 16384);
});
