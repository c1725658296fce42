import assert from "node:assert/strict";
import { hostAddress } from "../../src/fleet/host_address.ts";
import { isUsed, type ModelPatterns } from "../../src/fleet/model_patterns.ts";
import { openHost } from "../../src/fleet/detect_host.ts";
import { openaiHost } from "../../src/fleet/openai_host.ts";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import { chatRequest, failureOf, withServer } from "./replay.ts";

const never = new AbortController().signal;

/** Addresses as people write them: root of the server, and where its list of models stands. */
const ADDRESSES: readonly (readonly [written: string, root: string, models: string])[] = [
  ["http://gpu:8080", "http://gpu:8080", "/v1/models"],
  ["http://ovms:8000/v3", "http://ovms:8000", "/v3/models"],
  ["http://gpu/v1-openai", "http://gpu", "/v1-openai/models"],
  ["https://h/api/coding/paas/v4", "https://h/api/coding/paas", "/api/coding/paas/v4/models"],
  ["http://h/v1/chat/completions", "http://h", "/v1/models"],
  ["http://h/v1/chat/completions/", "http://h", "/v1/models"],
  ["http://h/v2/models", "http://h", "/v2/models"],
  ["http://h/v1/completions", "http://h", "/v1/models"],
  ["http://h/chat/completions", "http://h", "/v1/models"],
  ["https://h/v1beta/openai/", "https://h", "/v1beta/openai/models"],
  ["https://h/v1/openai", "https://h", "/v1/openai/models"],
  ["https://h/openai/v1", "https://h/openai", "/openai/v1/models"],
  ["https://h/compatible-mode/v1/", "https://h/compatible-mode", "/compatible-mode/v1/models"],
  ["https://gate/llm", "https://gate/llm", "/llm/v1/models"],
  ["https://gate/models/v1", "https://gate/models", "/models/v1/models"],
  ["https://gate/models", "https://gate/models", "/models/v1/models"],
  ["http://box:11434/api", "http://box:11434", "/v1/models"],
  ["http://box:11434/api/chat", "http://box:11434", "/v1/models"],
  ["http://box:3000/api/chat/completions", "http://box:3000", "/api/models"],
  ["http://box:3000/gate/api/models/", "http://box:3000/gate", "/gate/api/models"],
  ["http://gate/ollama/api/tags", "http://gate/ollama", "/ollama/v1/models"],
  ["box:1234/v1", "http://box:1234", "/v1/models"],
  ["http://[::1]:8080/V1", "http://[::1]:8080", "/V1/models"],
];

for (const [written, root, models] of ADDRESSES) {
  Deno.test(`the address ${written} is understood`, () => {
    const { url, api } = hostAddress(written);
    assert.equal(url, root);
    assert.equal(new URL(`${url}/${api}/models`).pathname, models);
  });
}

Deno.test("a server is asked where its address says that its interface stands", async () => {
  const asked: string[] = [];
  await withServer((request) => {
    const { pathname } = new URL(request.url);
    asked.push(pathname);
    return pathname.endsWith("/models") ? Response.json({ data: [{ id: "m" }] }) : new Response("", { status: 404 });
  }, async (url) => {
    const host = await openHost({ url: `${url}/gate/v3/chat/completions` }, never);
    assert.deepEqual((await host.survey(never)).models.map(({ name }) => name), ["m"]);
    await failureOf(host.chat(chatRequest(), never));
    assert.ok(asked.includes("/gate/v3/models") && asked.includes("/gate/v3/chat/completions"), asked.join(" "));
    assert.ok(asked.includes("/gate/api/version"));
    // LM Studio has an interface of its own under /api/v1.
    assert.deepEqual(asked.filter((path) => /\/v3\/.*v1|^\/gate\/v1/.test(path)), []);
    host.close();
  });
});

Deno.test("headers come out of the environment with each request, and their values stand in no message", async () => {
  Deno.env.set("AUTONOMY_TEST_HEADER", "Token s3cret-value\n");
  const headersFrom = { "X-Lab-Key": "AUTONOMY_TEST_HEADER", Authorization: "AUTONOMY_TEST_HEADER" };
  const told = (request: Request) =>
    ["x-lab-key", "authorization"].map((name) => request.headers.get(name)).join(" and ");
  await withServer((request) => Response.json({ error: `no: ${told(request)}` }, { status: 500 }), async (url) => {
    for (const host of [openaiHost(url, { headersFrom }), ollamaHost(url, { headersFrom, key: "another" })]) {
      const { message } = await failureOf(host.chat(chatRequest(), never));
      assert.match(message, /no: … and …/);
      assert.doesNotMatch(message, /s3cret/);
      host.close();
    }
  });
  assert.equal(Deno.env.get("AUTONOMY_TEST_HEADER"), undefined, "no process that we start finds it");
  assert.throws(() => openaiHost("http://a", { headersFrom: { "X-Lab-Key": "AUTONOMY_TEST_NO_HEADER" } }), {
    message: /The header X-Lab-Key for http:\/\/a should stand in the environment variable AUTONOMY_TEST_NO_HEADER/,
  });
});

const PATTERNS: readonly (readonly [name: string, patterns: ModelPatterns, used: boolean])[] = [
  ["qwen3:8b", {}, true],
  ["qwen3:8b", { include: ["qwen*"] }, true],
  ["Qwen/Qwen3-8B", { include: ["qwen/*"] }, true],
  ["llama3", { include: ["qwen*", "llama3"] }, true],
  ["llama3.1", { include: ["qwen*", "llama3"] }, false],
  ["openai/dall-e-3", { exclude: ["*dall-e*"] }, false],
  ["qwen3:8b", { include: ["*"], exclude: ["*:70b"] }, true],
  ["a-b-a", { include: ["a*a"] }, true],
  ["a", { include: ["a*a"] }, false],
  ["abcabc", { include: ["*b*c"] }, true],
  ["x", { include: ["**"] }, true],
];

Deno.test("of a host's models those are used that its patterns leave", () => {
  for (const [name, patterns, used] of PATTERNS) {
    assert.equal(isUsed(name, patterns), used, `${name} ${JSON.stringify(patterns)}`);
  }
});
