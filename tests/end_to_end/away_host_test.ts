import assert from "node:assert/strict";
import { followToEnd } from "../../src/cli/headless.ts";
import { withServer } from "../fleet/replay.ts";
import { withCrew } from "./fixtures/crew_run.ts";

/** A model that only one host has, and that nobody else may stand in for. */
const CODER = "qwen2.5-coder:32b";

/** What stands before the servers: it turns away the first ask of each, and then has an outage of three asks of one model in a row. */
function troubledFront(asked: Map<string, number[]>): (request: Request) => Promise<Response> {
  const outage = [
    () => new Response(ReadableStream.from(broken()), { headers: { "content-type": "application/x-ndjson" } }),
    () => new Response("no server behind", { status: 502 }),
    () => Response.json({ error: "server busy, please try again" }, { status: 503 }),
  ];
  return async (request) => {
    const [, port = "", ...path] = new URL(request.url).pathname.split("/");
    const body = request.method === "POST" ? await request.text() : undefined;
    // What loads a model and asks it nothing passes.
    if (path.join("/") === "api/chat" && JSON.parse(body ?? "{}").messages?.length > 0) {
      const times = asked.get(port) ?? [];
      asked.set(port, [...times, performance.now()]);
      if (times.length === 0) return new Response("{}", { status: 429, headers: { "retry-after": "1" } });
      if (JSON.parse(body ?? "{}").model === CODER && outage.length > 0) return outage.shift()!();
    }
    const answer = await fetch(`http://127.0.0.1:${port}/${path.join("/")}`, { method: request.method, body });
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  };
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('{"message":{"role":"assistant","content":"Let me"},"done":false}\n');
  await Promise.resolve();
  throw new Error("the connection breaks");
}

Deno.test("hosts that want rest get it, an outage costs no try and counts against nobody, no prompt tells of it, and what waits is said", async () => {
  const said: string[] = [];
  const asked = new Map<string, number[]>();
  await withServer(troubledFront(asked), (url) =>
    withCrew(async (crew) => {
      const signals = { signal: new AbortController().signal, received: () => null, close() {} };
      await followToEnd(crew.run, signals, (text) => said.push(text), 50);
      assert.equal((await crew.end())?.kind, "accepted");

      for (const times of asked.values()) assert.ok(times[1]! - times[0]! >= 990, "asked again too early");
      const rest = /: waiting while \w+ rests for 1 s, as it asked, after failures \(rate limited\)$/;
      assert.ok(said.filter((text) => rest.test(text)).length > 2, said.join("\n"));

      const failed = crew.facts().filter((fact) => fact.type === "effect_failed" && fact.host !== undefined);
      const classes = failed.map((fact) => fact.type === "effect_failed" ? `${fact.failure} ${fact.away}` : "");
      assert.deepEqual(classes, [
        "rate_limited true",
        "rate_limited true",
        "cut_off true",
        "unreachable true",
        "busy true",
      ]);
      const { threads, statistics } = crew.run.state();
      assert.deepEqual(Object.values(threads).filter((thread) => thread.failures > 0), []);
      const replies = crew.facts().filter((fact) => fact.type === "effect_finished" && fact.result.kind === "ask");
      assert.equal(Object.values(statistics.asks).reduce((sum, { asks }) => sum + asks, 0), replies.length);
      for (const fact of crew.facts()) {
        if (fact.type === "turn_closed") assert.notEqual(fact.ending, "failed", fact.text);
        if (fact.type !== "effect_finished" || fact.result.kind !== "ask") continue;
        assert.doesNotMatch(crew.prompt(fact.key), /127\.0\.0\.1|server behind|connection|busy|rate/i);
      }
    }, {
      address: (server) => `${url}/${new URL(server).port}`,
      named: { coding: CODER },
      begun: { headless: true },
    }));
});
