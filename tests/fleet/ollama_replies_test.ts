import assert from "node:assert/strict";
import { openFleet } from "../../src/fleet/fleet.ts";
import type { FleetSnapshot } from "../../src/fleet/fleet_snapshot.ts";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import type { ModelPatterns } from "../../src/fleet/model_patterns.ts";
import type { PendingAsk } from "../../src/fleet/pending_ask.ts";
import { place } from "../../src/fleet/place.ts";
import { askFor } from "./fleet_fixture.ts";
import { chatRequest, resultOf, withServer } from "./replay.ts";

const never = new AbortController().signal;
const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const text = (content: string | null) => line({ message: { role: "assistant", content }, done: false });
const thought = (thinking: string) => line({ message: { role: "assistant", thinking }, done: false });
const done = line({ message: { role: "assistant", content: "" }, done: true, done_reason: "stop" });

/** What stands on Ollama's wire behind gateways: the text that is read, or the class of the failure. */
const ROWS: readonly (readonly [what: string, body: string, made: string, type?: string | null])[] = [
  ["an empty error beside the text", line({ error: "", message: { content: "hello" } }) + done, "hello"],
  ["an error that is null", line({ error: null, message: { content: "hello" }, done: false }) + done, "hello"],
  ["an empty object between the pieces", `${text("hel")}{}\n${text("lo")}${done}`, "hello"],
  ["blank lines and comments", `\n\n${text("hel")}\n: keep-alive\n${text("lo")}${done}`, "hello"],
  [
    "lines that a gateway made events of",
    (text("hello") + done).split("\n").map((one) => `data: ${one}\n\n`).join(""),
    "hello",
    "text/event-stream",
  ],
  [
    "a message that is null at the end",
    `${text("hello")}${line({ message: null, done: true, done_reason: null })}`,
    "hello",
  ],
  [
    "counts that are null at the end",
    text("hello") +
    line({ done: true, done_reason: "stop", prompt_eval_count: null, eval_count: null, load_duration: null }),
    "hello",
  ],
  ["content that is null", `${text(null)}${text("hello")}${done}`, "hello"],
  ["carriage returns alone", (text("hello") + done).replaceAll("\n", "\r"), "hello"],
  ["a byte order mark and no label", `\ufeff${text("hello")}${done}`, "hello", null],
  ["a label of another kind", text("hello") + done, "hello", "text/html"],
  ["an error with its text", text("hel") + line({ error: "llama runner process has terminated" }), "load_failed"],
  ["an error that is an object", line({ error: { message: "server overloaded" } }), "busy"],
  ["a stream that only ends", text("hello"), "cut_off"],
  ["a stream that ends after thirty equal pieces", text("hello") + text(" so").repeat(31), "model_output"],
  [
    "a stream that ends after thirty blank ones",
    text("hello") + text("\n").repeat(15) + text("  ").repeat(16),
    "model_output",
  ],
  ["a stream that ends after thirty equal thoughts", thought("hm ").repeat(31), "model_output"],
  ["a stream that ends after few equal pieces", text("so").repeat(12), "cut_off"],
  ["a stream that ends after another piece", text("so").repeat(40) + text("on"), "cut_off"],
  ["equal pieces that come to an end", text("so").repeat(40) + done, "so".repeat(40)],
  ["a line of another wire", line({ choices: [] }), "protocol"],
];

Deno.test("what Ollama had of a prompt is told where the server counts it", async () => {
  const told: unknown[] = [];
  const counts = [{ prompt_eval_count: 1_200, prompt_eval_cached_count: 206 }, { prompt_eval_count: 1_200 }];
  for (const count of counts) {
    const body = text("hello") +
      line({ message: { role: "assistant", content: "" }, done: true, done_reason: "stop", ...count });
    const headers = { "content-type": "application/x-ndjson" };
    await withServer(() => new Response(body, { headers }), async (url) => {
      const host = ollamaHost(url);
      const { promptTokens, heldTokens } = await host.chat(chatRequest(), never);
      told.push([promptTokens, heldTokens]);
      host.close();
    });
  }
  assert.deepEqual(told, [[1_200, 206], [1_200, undefined]]);
});

Deno.test("Ollama's wire is read as leniently as gateways write it", async (t) => {
  let current = ROWS[0]!;
  const handler = () => {
    const [, body, , type = "application/x-ndjson"] = current;
    return new Response(new TextEncoder().encode(body), { headers: type === null ? {} : { "content-type": type } });
  };
  await withServer(handler, async (url) => {
    const host = ollamaHost(url);
    for (const row of ROWS) {
      await t.step(row[0], async () => {
        current = row;
        const { failure, reply } = await resultOf(host.chat(chatRequest(), never));
        assert.equal(failure ?? (reply as { text: string }).text, row[2]);
      });
    }
    host.close();
  });
});

/** An entry of `/api/tags`. */
const listed = (name: string, more: Record<string, unknown> = {}) => ({
  name,
  digest: name,
  size: 1_000,
  details: { parameter_size: "7B" },
  ...more,
});

/** Looks once at an Ollama server that lists these models, as a fleet does. */
async function fleetWith(models: readonly unknown[], patterns: ModelPatterns = {}): Promise<FleetSnapshot> {
  const answers: Readonly<Record<string, unknown>> = {
    "/api/version": { version: "0.33.0" },
    "/api/tags": { models },
    "/api/ps": { models: [] },
  };
  let snapshot: FleetSnapshot = { hosts: [] };
  await withServer((request) => Response.json(answers[new URL(request.url).pathname] ?? {}), async (url) => {
    const fleet = openFleet({ hosts: [{ name: "lab", url, ...patterns }], now: () => 0 });
    await fleet.start(never);
    snapshot = fleet.snapshot();
    await fleet.close();
  });
  return snapshot;
}

Deno.test("a model that Ollama has its cloud run gets nothing of a project unless it is named", async () => {
  const remote = { remote_model: "gpt-oss:120b", remote_host: "https://ollama.com:443", size: 384 };
  const cloud = [listed("gpt-oss:120b-cloud", remote), listed("kimi-k2.5:cloud")];
  const fleet = await fleetWith([...cloud, listed("llama3.2:3b")]);
  const placed = (ask: PendingAsk) => place(fleet, [ask], 0, {}).placements.map(({ model }) => model);
  assert.deepEqual(placed(askFor("a", ["qwen2.5:7b"])), ["llama3.2:3b"]);
  assert.deepEqual(placed(askFor("a", ["kimi-k2.5:cloud"])), ["kimi-k2.5:cloud"]);
  assert.deepEqual(placed(askFor("a", ["gpt-oss:120b-cloud"], { userNamed: true })), ["gpt-oss:120b-cloud"]);
  const alone = place(await fleetWith(cloud), [askFor("a", ["qwen2.5:7b"])], 0, {});
  assert.match(
    alone.impossible[0]?.text ?? "",
    /gpt-oss:120b-cloud and 1 more run on a server elsewhere, .* only where you name it \(-m gpt-oss:120b-cloud\)/,
  );
});

Deno.test("of a model that makes vectors or pictures as Ollama says nothing is asked, whatever it is called", async () => {
  const fleet = await fleetWith([
    listed("paraphrase-multilingual", { capabilities: ["embedding"] }),
    listed("x/z-image-turbo", { capabilities: ["image"] }),
    listed("my-embedder", { capabilities: ["completion"] }),
    listed("small", { capabilities: ["completion", "tools"], details: { parameter_size: "1B" } }),
  ]);
  assert.deepEqual(place(fleet, [askFor("a", [])], 0, {}).placements.map(({ model }) => model), ["small"]);
});

Deno.test("a server of Ollama's wire that lets through only what a chat needs is at work all the same, and null is what it does not say", async () => {
  const tags = { models: [{ name: "qwen3", digest: null, size: null, details: { parameter_size: null } }] };
  const answers: Readonly<Record<string, unknown>> = { "/api/version": { version: "1" }, "/api/tags": tags };
  for (const status of [403, 404, 405, 501]) {
    await withServer((request) => {
      const answer = answers[new URL(request.url).pathname];
      return answer === undefined ? new Response("not here", { status }) : Response.json(answer);
    }, async (url) => {
      const host = ollamaHost(url);
      const { models, resident, residentUnknown } = await host.survey(never);
      assert.deepEqual(models, [{ name: "qwen3", digest: "", bytes: null, size: null }]);
      assert.deepEqual([resident, residentUnknown], [[], true]);
      const none = { tools: false, thinking: false, trainedWindow: null, fixedWindow: null, parser: null };
      assert.deepEqual(await host.abilities("qwen3", never), none);
      host.close();
    });
  }
});

Deno.test("a host of whose models the patterns leave none, or not the named one, is told as such, and nothing is to be pulled", async () => {
  const fleet = await fleetWith([listed("llama3.2:3b"), listed("gemma3:4b")], { include: ["qwen*"] });
  const said = (ask: PendingAsk, seen = fleet) => place(seen, [ask], 0, {}).impossible[0]?.text ?? "";
  assert.match(
    said(askFor("a", [])),
    /lab \(.*\) has only 2 that its `include` and `exclude` leave out\. Let one of them through in the configuration\.$/,
  );
  const named = said(askFor("a", ["llama3.2"], { userNamed: true, models: ["llama3.2:3b"] }));
  assert.match(named, /named for analysis\. lab: it is there, but `include` and `exclude` of the host leave it out\.$/);
  const some = await fleetWith([listed("llama3.2:3b"), listed("nomic-embed-text")], { exclude: ["llama*"] });
  assert.match(
    said(askFor("a", []), some),
    /has only nomic-embed-text, and 1 that its `include` and `exclude` leave out/,
  );
});
