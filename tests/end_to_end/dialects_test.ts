import assert from "node:assert/strict";
import { join } from "node:path";
import type { Way } from "../../src/kernel/call.ts";
import { withServer } from "../fleet/replay.ts";
import { withCrew } from "./fixtures/crew_run.ts";
import { type Dialect, speaking } from "./fixtures/dialects.ts";
import { scriptedCoder, writes } from "./fixtures/scripted_coder.ts";

const WRONG = "export const add = (a, b) => a - b;\n";
const RIGHT = "export const add = (a, b) => a + b;\n";
const FILES = {
  "package.json": '{ "type": "module" }\n',
  "src/add.js": WRONG,
  "test/add.test.js":
    'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { add } from "../src/add.js";\ntest("adds", () => assert.equal(add(1, 2), 3));\n',
};

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const list = (ids: readonly string[], more: Record<string, unknown>) => ({
  object: "list",
  data: ids.map((id) => ({ id, ...more })),
});
const finish = (reason: string) => event({ choices: [{ index: 0, delta: {}, finish_reason: reason }] });

/** The usual form of OpenAI's wire; each server differs from it. */
const USUAL: Dialect = {
  api: "/v1",
  id: (name) => name,
  answers: (ids) => ({ "/v1/models": list(ids, {}) }),
  event,
  text: (piece) => piece,
  call: (name, given, index) => {
    const half = Math.ceil(given.length / 2);
    return [
      { tool_calls: [{ index, id: `c${index}`, type: "function", function: { name, arguments: "" } }] },
      { tool_calls: [{ index, function: { arguments: given.slice(0, half) } }] },
      { tool_calls: [{ index, function: { arguments: given.slice(half) } }] },
    ];
  },
  open: null,
  end: (reason, usage) => finish(reason) + event({ choices: [], usage }) + "data: [DONE]\n\n",
  type: "text/event-stream",
};

const LLAMACPP: Dialect = {
  ...USUAL,
  answers: (ids) => ({
    "/v1/models": list(ids, { owned_by: "llamacpp", meta: { n_ctx: 16384, n_ctx_train: 32768 } }),
    "/health": { status: "ok" },
    "/props": {
      total_slots: 2,
      build_info: "b7000",
      default_generation_settings: { n_ctx: 16384 },
      chat_template_caps: { supports_tools: true },
    },
    "/slots": [{ is_processing: false }, { is_processing: false }],
    "/apply-template": {},
  }),
};

const ROUTER: Dialect = {
  ...LLAMACPP,
  answers: (ids) => ({
    "/v1/models": list(ids, {
      owned_by: "llamacpp",
      status: { value: "unloaded" },
      architecture: { output_modalities: ["text"] },
    }),
    "/props": { role: "router", build_info: "b7400" },
    "/apply-template": {},
  }),
  // Each call comes whole.
  call: (name, given, index) => [{ tool_calls: [{ index, id: `c${index}`, function: { name, arguments: given } }] }],
};

/** One server: how it speaks, what its address holds, how the coder calls, and what must have come of it. */
interface Row {
  readonly what: string;
  readonly dialect: Dialect | null;
  readonly path?: string;
  readonly authorization?: string;
  readonly user?: string;
  readonly key?: string;
  readonly way?: Way;
  /** What must and what must not have been asked. */
  readonly asks?: RegExp;
  readonly never?: RegExp;
}

const ROWS: readonly Row[] = [
  {
    what: "a server like vLLM",
    dialect: {
      ...USUAL,
      answers: (ids) => ({
        "/v1/models": list(ids, { owned_by: "vllm", max_model_len: 16384 }),
        "/version": { version: "0.11.0" },
        "/metrics":
          "# TYPE x gauge\nvllm:num_requests_running 0\nvllm:num_requests_waiting 0\nvllm:kv_cache_usage_perc 0.1\n",
      }),
    },
    path: "/v1",
    asks: /^\/metrics$/,
    never: /^\/health/,
  },
  { what: "llama.cpp's server, natively", dialect: LLAMACPP, way: "native", asks: /^\/apply-template$/ },
  {
    what: "llama.cpp's router, natively",
    dialect: ROUTER,
    way: "native",
    never: /^\/health|^\/props\?(?!.*autoload=false)/,
  },
  {
    what: "a server like LM Studio",
    dialect: {
      ...USUAL,
      id: (name) => `lab/${name.replace(":", "-")}@q4_k_m`,
      answers: (ids) => ({
        "/v1/models": list([...ids, "text-embedding-nomic-embed-text-v1.5"], { owned_by: "organization_owner" }),
        "/api/v1/models": {
          models: ids.map((key) => ({
            type: "llm",
            key,
            max_context_length: 32768,
            loaded_instances: [{ id: key, config: { context_length: 16384 } }],
          })),
        },
        "/props": { error: "Unexpected endpoint or method. (GET /props)" },
      }),
      end: (reason, usage) => event({ choices: [{ index: 0, delta: {}, finish_reason: reason }], usage }),
    },
    path: "/v1/chat/completions",
    asks: /^\/api\/v1\/models$/,
  },
  {
    what: "a gateway like LiteLLM, with a key",
    dialect: {
      ...USUAL,
      id: (name) => `lab/${name}`,
      answers: (ids) => ({
        "/v1/models": list(["dall-e-3", "own-embedder", ...ids], { owned_by: "openai" }),
        "/model/info": { data: [{ model_name: "own-embedder", model_info: { mode: "embedding" } }] },
      }),
      event: (value) => `: keep-alive\n\n${event(value)}`,
      type: "text/event-stream; charset=utf-8",
    },
    authorization: "Bearer sk-lab-1234",
    key: "sk-lab-1234",
    never: /^\/health/,
  },
  {
    what: "a server that does everything its own way",
    dialect: {
      ...USUAL,
      api: "/v3",
      answers: (ids) => ({ "/v3/models": list(ids, {}) }),
      event: (value) => `data: {}\ndata:${JSON.stringify(value)}\n`,
      text: (piece) => [{ type: "text", text: piece }],
      open: "",
      end: (_reason, usage) =>
        `event: ping\ndata: {"type":"ping"}\ndata: ${JSON.stringify({ choices: null, usage })}\n`,
      type: null,
    },
    path: "/v3",
  },
  {
    what: "Ollama behind a gateway with Basic authorization",
    dialect: null,
    user: "me:p%C3%A4ss",
    authorization: `Basic ${new TextEncoder().encode("me:päss").toBase64()}`,
    asks: /^\/api\/chat$/,
    never: /^\/v1/,
  },
];

for (const { what, dialect, path = "", authorization, user, key, way, asks, never } of ROWS) {
  Deno.test(`a whole run over ${what}, below a path, is accepted`, async () => {
    const asked: string[] = [];
    const id = dialect?.id ?? ((name: string) => name);
    await withServer(speaking(dialect, authorization, asked), (url) =>
      withCrew(async (crew) => {
        const ending = await crew.end();
        assert.equal(ending?.kind, "accepted", `${ending?.cause}\n${asked.join("\n")}`);
        assert.equal(Deno.readTextFileSync(join(crew.project, "src/add.js")), RIGHT);
        const failed = crew.facts().filter((fact) => fact.type === "effect_failed");
        assert.deepEqual(failed.map(({ text }) => text), []);
        const coded = crew.facts().filter((fact) =>
          fact.type === "ask_placed" && fact.model === id("qwen2.5-coder:32b")
        );
        assert.ok(coded.length > 1);
        assert.deepEqual([...new Set(coded.map((fact) => fact.type === "ask_placed" ? fact.way : ""))], [
          way ?? "constrained",
        ]);
        if (asks !== undefined) assert.ok(asked.some((one) => asks.test(one)), asked.join("\n"));
        if (never !== undefined) assert.deepEqual(asked.filter((one) => never.test(one)), []);
      }, {
        files: FILES,
        player: scriptedCoder([writes("src/add.js", RIGHT)]),
        begun: { headless: true },
        address: (server) =>
          `${url.replace("://", user === undefined ? "://" : `://${user}@`)}/${new URL(server).port}${path}`,
        key: key === undefined ? {} : { key },
        named: {
          arbiter: id("qwen2.5:14b"),
          analysis: id("qwen2.5:14b"),
          coding: id("qwen2.5-coder:32b"),
          reasoning: id("qwen2.5:32b"),
        },
        ...(way === undefined ? {} : { ways: { coding: way } }),
      }));
  });
}
