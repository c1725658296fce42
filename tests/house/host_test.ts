import assert from "node:assert/strict";
import { detectHost } from "../../src/fleet/detect_host.ts";
import { HOST_KINDS } from "../../src/fleet/host_kinds.ts";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import type { HostKind } from "../../src/ports/host_kind.ts";
import { withCrew } from "../end_to_end/fixtures/crew_run.ts";

/** A porter: it says its name, and lets the models behind it through under a path of its own. */
const porter: HostKind = {
  kind: "porter",
  async detect(url, signal) {
    const response = await fetch(`${url}/porter`, { signal });
    return (await response.text()) === "the porter";
  },
  open(url, key) {
    const own: Readonly<Record<PropertyKey, unknown>> = { kind: "porter", url };
    return new Proxy(ollamaHost(`${url}/behind`, key), {
      get(behind, name) {
        if (Object.hasOwn(own, name)) return own[name];
        const value: unknown = Reflect.get(behind, name, behind);
        return typeof value === "function" ? value.bind(behind) : value;
      },
    });
  },
};

/** Serves porters on loopback; each lets requests through to the server that its path names. */
async function withPorter(test: (addressOf: (server: string) => string) => Promise<void>): Promise<void> {
  const servers: string[] = [];
  const door = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname } = new URL(request.url);
    const [, number, what, ...rest] = pathname.split("/");
    if (what === "porter") return new Response("the porter");
    if (what !== "behind") return new Response("nothing here", { status: 404 });
    const { method, headers, body } = request;
    return fetch(`${servers[Number(number)]}/${rest.join("/")}`, { method, headers, body });
  });
  try {
    await test((server) => `http://127.0.0.1:${door.addr.port}/${servers.push(server) - 1}`);
  } finally {
    await door.shutdown();
  }
}

Deno.test("a kind of host that is added is found by asking, opened by itself, and carries a whole run", () =>
  withPorter((address) =>
    withCrew(async (crew) => {
      assert.equal((await crew.end())?.kind, "accepted");
      const placed = crew.facts().flatMap((fact) => fact.type === "ask_placed" ? [fact.host] : []);
      assert.deepEqual([...new Set(placed)].toSorted(), ["fast", "strong"]);
    }, { hostKinds: [porter], address })
  ));

Deno.test("a server of an added kind is none of those that are built in, and is not known without the kind", () =>
  withPorter(async (addressOf) => {
    const { signal } = new AbortController();
    const url = addressOf("http://127.0.0.1:9");
    const known = Object.values(HOST_KINDS);
    assert.equal((await detectHost(url, signal, {}, [...known, porter])).kind, "porter");
    await assert.rejects(detectHost(url, signal), /no kind of host that is known \(ollama, openai\)/);
  }));
