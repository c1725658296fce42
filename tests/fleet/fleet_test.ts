import assert from "node:assert/strict";
import { type Fleet, openFleet } from "../../src/fleet/fleet.ts";
import { place } from "../../src/fleet/place.ts";
import { HostFailure } from "../../src/ports/model_host.ts";
import type { HostStatus } from "../../src/ports/host_status.ts";
import { askFor } from "./fleet_fixture.ts";
import { withServer } from "./replay.ts";

const never = new AbortController().signal;

/** What a small Ollama server has; a test changes it while it serves. */
interface Holdings {
  models: string[];
  resident: string[];
  /** Requests by path. */
  readonly asked: Map<string, number>;
}

function holdings(models: string[], resident: string[] = []): Holdings {
  return { models, resident, asked: new Map() };
}

/** A loopback server that tells what it has, as Ollama does. */
class SmallServer {
  readonly holdings: Holdings;
  readonly port: number;
  #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(holdings: Holdings, port = 0) {
    this.holdings = holdings;
    const handler = async (request: Request) => {
      const path = new URL(request.url).pathname;
      holdings.asked.set(path, (holdings.asked.get(path) ?? 0) + 1);
      switch (path) {
        case "/api/version":
          return Response.json({ version: "0.33.0" });
        case "/api/tags":
          return Response.json({
            models: holdings.models.map((name) => ({
              name,
              digest: `d-${name}`,
              size: 9,
              details: { parameter_size: "1B" },
            })),
          });
        case "/api/ps":
          return Response.json({
            models: holdings.resident.map((name) => ({ name, size: 9, size_vram: 9, context_length: 4096 })),
          });
        case "/api/show": {
          const { model } = await request.json();
          return Response.json({
            capabilities: ["tools"],
            model_info: { "general.architecture": "q", "q.context_length": model === "small" ? 2048 : 32768 },
          });
        }
        default:
          return new Response("404 page not found", { status: 404 });
      }
    };
    this.#server = Deno.serve({ port, hostname: "127.0.0.1", onListen: () => {} }, handler);
    this.port = this.#server.addr.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    await this.#server.shutdown();
  }
}

/** Waits until the fleet's status is as wanted; each change of the fleet is a new look. */
async function until(fleet: Fleet, wanted: (hosts: readonly HostStatus[]) => boolean): Promise<void> {
  const reached = Promise.withResolvers<void>();
  const check = () => wanted(fleet.status()) ? reached.resolve() : undefined;
  const quiet = fleet.onChange(check);
  check();
  await reached.promise;
  quiet();
}

Deno.test("the first look asks all hosts, finds their kinds and tells who does not answer", async () => {
  const fast = new SmallServer(holdings(["m", "n"], ["m"]));
  const gone = new SmallServer(holdings([]));
  await gone.stop();
  const fleet = openFleet({
    hosts: [{ name: "fast", url: fast.url, slots: 2 }, { name: "gone", url: gone.url }],
    now: () => 1_000,
    watchMs: 4_000,
  });
  try {
    assert.deepEqual(fleet.status().map(({ state }) => state), ["asking", "asking"]);
    assert.throws(() => fleet.host("fast"), /was not found/);
    await fleet.start(never);
    const [up, down] = fleet.status();
    assert.deepEqual([up?.state, up?.kind, up?.version, up?.slots], ["up", "ollama", "0.33.0", 2]);
    assert.deepEqual(up?.models.map(({ name }) => name), ["m", "n"]);
    assert.deepEqual(up?.resident, [{ name: "m", bytes: 9, gpuBytes: 9, window: 4096, expiresAt: null }]);
    assert.equal(down?.state, "down");
    assert.match(down?.reason ?? "", /^connection refused$/);
    assert.equal(fleet.snapshot().hosts[1]?.downSince, 1_000);
    assert.deepEqual([up?.retryAt, down?.retryAt], [null, 5_000], "when the one that does not answer is asked again");
    assert.equal(fleet.host("fast").url, fast.url);
    assert.throws(() => fleet.host("strong"), /No host is called strong. Hosts: fast, gone/);
  } finally {
    await fleet.close();
    await fast.stop();
  }
});

Deno.test("how long a host is down is counted anew where the machine slept or its clock was set; one that loads says so", async () => {
  let now = 1_000;
  const gone = new SmallServer(holdings([]));
  await gone.stop();
  const loads = () => Response.json({ error: { message: "Loading model" } }, { status: 503 });
  await withServer(loads, async (url) => {
    const hosts = [{ name: "loading", url, kind: "openai" }, { name: "gone", url: gone.url }];
    const fleet = openFleet({ hosts, now: () => now, watchMs: 60_000 });
    const since = () => fleet.snapshot().hosts.map(({ downSince, isBusy = false }) => [downSince, isBusy]);
    const lookAt = async (at: number) => {
      now = at;
      await fleet.start(never);
      return since();
    };
    try {
      assert.deepEqual(await lookAt(1_000), [[1_000, true], [1_000, false]]);
      assert.deepEqual(await lookAt(61_000), [[1_000, true], [1_000, false]]);
      assert.deepEqual(await lookAt(9_000_000), [[9_000_000, true], [9_000_000, false]]);
      assert.deepEqual(await lookAt(5_000), [[5_000, true], [5_000, false]]);
    } finally {
      await fleet.close();
    }
  });
});

Deno.test("a host that dies is down with its reason, and up again by itself when it comes back", async () => {
  const first = new SmallServer(holdings(["m"], ["m"]));
  const fleet = openFleet({ hosts: [{ name: "one", url: first.url }], now: () => 0, watchMs: 10 });
  let second: SmallServer | null = null;
  try {
    await fleet.start(never);
    await first.stop();
    fleet.begin("k", "one", "m", 4096);
    fleet.end("k", { answered: false, failure: "unreachable" });
    await until(fleet, ([host]) => host?.state === "down");
    assert.deepEqual(place(fleet.snapshot(), [askFor("a", ["m"])], 0, {}).placements, []);
    second = new SmallServer(holdings(["m", "new"]), first.port);
    await until(fleet, ([host]) => host?.state === "up");
    assert.deepEqual(fleet.status()[0]?.models.map(({ name }) => name), ["m", "new"]);
    assert.equal(fleet.status()[0]?.reason, "");
    assert.equal(place(fleet.snapshot(), [askFor("a", ["m"])], 0, {}).placements.length, 1);
  } finally {
    await fleet.close();
    await second?.stop();
  }
});

Deno.test("a breaker opens by two failed asks, no look closes it, and one probe that succeeds does", async () => {
  const server = new SmallServer(holdings(["m"], ["m"]));
  let now = 0;
  const fleet = openFleet({ hosts: [{ name: "one", url: server.url, slots: 4 }], now: () => now });
  const placedKeys = () =>
    place(fleet.snapshot(), [askFor("a", ["m"]), askFor("b", ["m"])], now, {}).placements.map(({ key }) => key);
  try {
    await fleet.start(never);
    for (const key of ["1", "2"]) {
      fleet.begin(key, "one", "m", 4096);
      fleet.end(key, { answered: false, failure: "crashed" });
    }
    await fleet.refresh("one");
    assert.equal(fleet.status()[0]?.state, "up");
    assert.equal(fleet.status()[0]?.reason, "requests to m failed 2 times (crashed); one tries again after a pause");
    assert.deepEqual(placedKeys(), []);
    now = 5_000;
    assert.deepEqual(placedKeys(), ["a"]);
    fleet.begin("a", "one", "m", 4096);
    assert.deepEqual(placedKeys(), []);
    fleet.end("a", { answered: false, failure: "crashed" });
    now = 14_999;
    assert.deepEqual(placedKeys(), []);
    now = 15_000;
    fleet.begin("p", "one", "m", 4096);
    fleet.end("p", { answered: true });
    assert.deepEqual(placedKeys(), ["a", "b"]);
    assert.equal(fleet.status()[0]?.reason, "");
  } finally {
    await fleet.close();
    await server.stop();
  }
});

Deno.test("asks at work and waiting, and windows are kept; a cancelled ask teaches nothing", async () => {
  const server = new SmallServer(holdings(["m"], ["m"]));
  const fleet = openFleet({ hosts: [{ name: "one", url: server.url }], now: () => 0 });
  try {
    await fleet.start(never);
    let changes = 0;
    const quiet = fleet.onChange(() => changes++);
    fleet.begin("k", "one", "m", 8192);
    fleet.tellWaiting([{ key: "w", host: "one" }, { key: "x", host: null }]);
    fleet.tellWaiting([{ key: "w", host: "one" }, { key: "x", host: null }]);
    assert.equal(changes, 2);
    const [busy] = fleet.status();
    assert.deepEqual([busy?.state, busy?.inFlight, busy?.waiting], ["busy", ["k"], ["w"]]);
    fleet.end("k", { answered: true });
    fleet.begin("w", "one", "m", 16384);
    fleet.end("w", { answered: false });
    fleet.end("unknown", { answered: true });
    const [host] = fleet.snapshot().hosts;
    assert.deepEqual([host?.windows, host?.inFlight, host?.breakers], [{ m: 8192 }, [], []]);
    assert.deepEqual([fleet.status()[0]?.state, fleet.status()[0]?.waiting], ["up", []]);
    quiet();
  } finally {
    await fleet.close();
    await server.stop();
  }
});

Deno.test("abilities are asked once for each digest and bound the window", async () => {
  const server = new SmallServer(holdings(["small", "large"]));
  const fleet = openFleet({ hosts: [{ name: "one", url: server.url }], now: () => 0 });
  try {
    await fleet.start(never);
    assert.equal((await fleet.abilities("one", "small", never)).trainedWindow, 2048);
    await fleet.abilities("one", "small", never);
    assert.equal(server.holdings.asked.get("/api/show"), 1);
    await fleet.abilities("one", "large", never);
    assert.deepEqual(fleet.snapshot().hosts[0]?.windowLimits, { small: 2048, large: 32768 });
    const [ask] = place(fleet.snapshot(), [askFor("a", ["small"])], 0, {}).placements;
    assert.equal(ask?.window, 2048);
  } finally {
    await fleet.close();
    await server.stop();
  }
});

Deno.test("hosts are watched while something is at work, and what was loaded is seen when its ask has ended", async () => {
  const server = new SmallServer(holdings(["m"]));
  const fleet = openFleet({ hosts: [{ name: "one", url: server.url }], now: () => 0, watchMs: 10 });
  try {
    await fleet.start(never);
    fleet.begin("k", "one", "m", 4096);
    server.holdings.models.push("pulled");
    await until(fleet, ([host]) => host?.models.length === 2);
    server.holdings.resident = ["m"];
    fleet.end("k", { answered: true });
    await until(fleet, ([host]) => host?.resident.length === 1);
  } finally {
    await fleet.close();
    await server.stop();
  }
});

Deno.test("an idle fleet whose hosts are up leaves no timer behind, even unclosed", async () => {
  // The fleet is not closed: a timer that still ran would be found by the sanitizer of this test.
  const server = new SmallServer(holdings(["m"], ["m"]));
  const fleet = openFleet({ hosts: [{ name: "one", url: server.url }], now: () => 0 });
  await fleet.start(never);
  fleet.begin("k", "one", "m", 4096);
  fleet.end("k", { answered: true });
  fleet.tellWaiting([]);
  assert.equal(server.holdings.asked.get("/api/tags"), 2, "by it the kind is told, and once it was looked at");
  await server.stop();
});

Deno.test("closing ends a look under way", async () => {
  const silent = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const accepted = silent.accept();
  const fleet = openFleet({ hosts: [{ name: "one", url: `http://127.0.0.1:${silent.addr.port}` }], now: () => 0 });
  const started = fleet.start(never);
  const connection = await accepted;
  await fleet.close();
  await started;
  assert.equal(fleet.status()[0]?.state, "asking");
  connection.close();
  silent.close();
});

Deno.test("hosts that come are looked at, those that go end what is at work there, and one with another address is another", async () => {
  const [first, second] = [new SmallServer(holdings(["m"], ["m"])), new SmallServer(holdings(["n"], ["n"]))];
  const one = { name: "one", url: first.url };
  const fleet = openFleet({ hosts: [one], now: () => 0 });
  try {
    await fleet.start(never);
    fleet.begin("k", "one", "m", 4096);
    const two = { name: "two", url: second.url };
    assert.deepEqual(fleet.change([one, two]), { added: ["two"], removed: [], changed: [] });
    await until(fleet, ([, host]) => host?.state === "up");
    assert.deepEqual(fleet.status()[0]?.inFlight, ["k"], "what stays is not touched");

    assert.deepEqual(fleet.change([two]), { added: [], removed: ["one"], changed: [] });
    assert.deepEqual(fleet.status().map(({ name }) => name), ["two"]);
    const [placed] = place(fleet.snapshot(), [askFor("a", ["m"])], 0, {}).placements;
    assert.equal(placed?.host, "two", "nothing new is asked there");
    assert.equal((await fleet.abilities("one", "m", never)).tools, true, "what is at work there goes on");
    fleet.end("k", { answered: true });
    assert.throws(() => fleet.host("one"), /No host is called one\. Hosts: two/);

    assert.deepEqual(fleet.change([{ ...two, url: first.url }]), { added: [], removed: [], changed: ["two"] });
    await until(fleet, ([host]) => host?.state === "up");
    assert.deepEqual(fleet.status()[0]?.models.map(({ name }) => name), ["m"]);
    assert.deepEqual(fleet.change([{ ...two, url: first.url }]), { added: [], removed: [], changed: [] });
  } finally {
    await fleet.close();
    await first.stop();
    await second.stop();
  }
});

Deno.test("a load ahead is told while it is at work, and a host that turns it away gets the rest that it asks for", async () => {
  const server = new SmallServer(holdings(["big"]));
  const fleet = openFleet({ hosts: [{ name: "one", url: server.url }], now: () => 1_000 });
  const told = () => [fleet.status()[0]?.loading, fleet.snapshot().hosts[0]?.loading?.map(({ model }) => model)];
  try {
    await fleet.start(never);
    assert.equal(fleet.snapshot().hosts[0]?.canLoad, true);
    fleet.beginLoad("one", "big", 4096, 9_000);
    assert.deepEqual(told(), [["big"], ["big"]]);
    fleet.endLoad("one", "big", new HostFailure("rate_limited", "later", { retryAfterMs: 30_000 }));
    assert.deepEqual(told(), [undefined, undefined]);
    const { waiting } = place(fleet.snapshot(), [askFor("k", ["big"])], 1_000, {});
    assert.match(waiting[0]!.why, /rests for 30 s, as it asked/);
    assert.deepEqual(fleet.snapshot().hosts[0]?.windows, { big: 4096 });
    fleet.beginLoad("one", "big", 4096, 9_000);
    fleet.change([]);
    await fleet.refresh("one");
    fleet.endLoad("one", "big", null);
    assert.throws(() => fleet.host("one"), /No host is called one/, "a host that left is let go once its load is over");
  } finally {
    await fleet.close();
    await server.stop();
  }
});
