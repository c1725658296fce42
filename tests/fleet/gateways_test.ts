import assert from "node:assert/strict";
import { canChat } from "../../src/fleet/model_name.ts";
import { detectHost } from "../../src/fleet/detect_host.ts";
import { openaiHost } from "../../src/fleet/openai_host.ts";
import type { HostSnapshot } from "../../src/fleet/fleet_snapshot.ts";
import { place } from "../../src/fleet/place.ts";
import type { HostLoad, HostSurvey } from "../../src/ports/model_host.ts";
import { askFor, fleetOf, held, hostWith, measuredModel } from "./fleet_fixture.ts";
import { answerWith, chatRequest, failureOf, readWire, type Recording, resultOf, withServer } from "./replay.ts";

const never = new AbortController().signal;

/** What a server answers, by path; all else is 404. A text is sent as it stands. */
type Answers = Readonly<Record<string, unknown>>;

/** A kind of server: what it answers, and what is to be known of it. */
interface Gateway {
  readonly name: string;
  readonly answers: Answers;
  /** Models that can chat, with their windows. */
  readonly chats: Readonly<Record<string, number | undefined>>;
  /** Models that cannot. */
  readonly else?: readonly string[];
  /** null: the server does not say. */
  readonly resident: readonly string[] | null;
  readonly slots?: number;
  readonly load?: HostLoad;
}

const models = (...data: readonly unknown[]) => ({ object: "list", data });
const model = (id: string, more: Record<string, unknown> = {}) => ({ id, object: "model", ...more });

const GATEWAYS: readonly Gateway[] = [
  {
    name: "vLLM with its metrics",
    answers: {
      "/v1/models": models(model("Qwen/Qwen3-8B", { owned_by: "vllm", root: "/models/qwen", max_model_len: 8192 })),
      "/version": { version: "0.11.0" },
      "/metrics": [
        "# HELP vllm:num_requests_running Number of requests in model execution batches.",
        "# TYPE vllm:num_requests_running gauge",
        'vllm:num_requests_running{engine="0",model_name="Qwen/Qwen3-8B"} 3.0',
        'vllm:num_requests_waiting{engine="0",model_name="Qwen/Qwen3-8B"} 2.0',
        'vllm:kv_cache_usage_perc{engine="0",model_name="Qwen/Qwen3-8B"} 0.41',
        'vllm:cache_config_info{block_size="16",cache_dtype="auto",num_gpu_blocks="2610",engine="0"} 1.0',
      ].join("\n"),
    },
    chats: { "Qwen/Qwen3-8B": 8192 },
    resident: ["Qwen/Qwen3-8B"],
    slots: 5,
    load: { running: 3, waiting: 2, cache: 0.41 },
  },
  {
    name: "vLLM with two engines and an older name of its cache",
    answers: {
      "/v1/models": models(
        model("m", { owned_by: "vllm", max_model_len: 4096 }),
        model("m-lora", { owned_by: "vllm", parent: "m" }),
      ),
      "/metrics":
        '# TYPE x gauge\nvllm:num_requests_running{engine="0"} 1\nvllm:num_requests_running{engine="1"} 4\nvllm:gpu_cache_usage_perc{engine="0"} 0.2\nvllm:gpu_cache_usage_perc{engine="1"} 0.7\n',
    },
    chats: { m: 4096, "m-lora": undefined },
    resident: ["m", "m-lora"],
    load: { running: 5, waiting: null, cache: 0.7 },
  },
  {
    name: "llama.cpp's server with its metrics",
    answers: {
      "/v1/models": models(
        model("qwen", { owned_by: "llamacpp", meta: { n_ctx: 4096, n_ctx_train: 32768, n_params: 7_600_000_000 } }),
      ),
      "/health": { status: "ok" },
      "/props": { total_slots: 4, build_info: "b7000-abc", default_generation_settings: { n_ctx: 4096 } },
      "/slots": [{ is_processing: true }, { is_processing: false }, {}, {}],
      "/metrics": "# TYPE x gauge\nllamacpp:requests_processing 1\nllamacpp:requests_deferred 3\n",
    },
    chats: { qwen: 4096 },
    resident: ["qwen"],
    slots: 4,
    load: { running: 1, waiting: 3, cache: null },
  },
  {
    name: "llama.cpp's router",
    answers: {
      "/v1/models": models(
        model("qwen:Q4", {
          owned_by: "llamacpp",
          status: { value: "loaded", args: [] },
          meta: { n_ctx: 16384 },
          architecture: { output_modalities: ["text"] },
        }),
        model("gemma:Q8", {
          owned_by: "llamacpp",
          status: { value: "unloaded" },
          architecture: { output_modalities: ["text"] },
        }),
        model("sleeper", { owned_by: "llamacpp", status: { value: "sleeping" } }),
        model("decider", {
          owned_by: "llamacpp",
          status: { value: "unloaded" },
          architecture: { output_modalities: ["decisions"] },
        }),
      ),
      "/props": { role: "router", build_info: "b7400-abc" },
      "/props?model=qwen%3AQ4&autoload=false": {
        total_slots: 2,
        chat_template: "{{ enable_thinking }}",
        chat_template_caps: { supports_tools: true },
      },
    },
    chats: { "qwen:Q4": 16384, "gemma:Q8": undefined, sleeper: undefined },
    else: ["decider"],
    resident: ["qwen:Q4"],
  },
  {
    name: "llama-swap",
    answers: {
      "/v1/models": models(model("coder", { owned_by: "llama-swap" }), model("big", { owned_by: "llama-swap" })),
      "/running": { running: [{ model: "coder", state: "ready" }, { model: "big", state: "starting" }] },
    },
    chats: { coder: undefined, big: undefined },
    resident: ["coder"],
  },
  {
    name: "LM Studio",
    answers: {
      "/v1/models": models(
        model("qwen/qwen3-8b", { owned_by: "organization_owner" }),
        model("text-embedding-nomic", { owned_by: "organization_owner" }),
        model("vector-maker", { owned_by: "organization_owner" }),
      ),
      "/props": { error: "Unexpected endpoint or method. (GET /props)" },
      "/api/v1/models": {
        models: [
          {
            type: "llm",
            key: "qwen/qwen3-8b",
            size_bytes: 4_800_000_000,
            max_context_length: 40960,
            loaded_instances: [{ id: "qwen/qwen3-8b", config: { context_length: 12288 } }],
            capabilities: { vision: false, trained_for_tool_use: true },
          },
          { type: "embedding", key: "vector-maker", loaded_instances: [], max_context_length: 2048 },
        ],
      },
    },
    chats: { "qwen/qwen3-8b": 12288 },
    else: ["text-embedding-nomic", "vector-maker"],
    resident: ["qwen/qwen3-8b"],
  },
  {
    name: "LM Studio before 0.4",
    answers: {
      "/v1/models": models(model("a"), model("b"), model("c")),
      "/api/v0/models": models(
        {
          id: "a",
          type: "llm",
          state: "loaded",
          loaded_context_length: 4096,
          max_context_length: 32768,
          capabilities: ["tool_use"],
        },
        { id: "b", type: "vlm", state: "not-loaded", max_context_length: 32768 },
        { id: "c", type: "embeddings", state: "not-loaded" },
      ),
    },
    chats: { a: 4096, b: undefined },
    else: ["c"],
    resident: ["a"],
  },
  {
    name: "GPUStack",
    answers: {
      "/v1/models": models(
        model("qwen3", { owned_by: "gpustack", categories: ["llm"], meta: { n_ctx: 8192 } }),
        model("bge-m3", { categories: ["embedding"] }),
        model("speaker", { categories: ["text_to_speech"] }),
        model("painter", { categories: ["image"] }),
      ),
    },
    chats: { qwen3: 8192 },
    else: ["bge-m3", "speaker", "painter"],
    resident: null,
  },
  {
    name: "KubeAI",
    answers: {
      "/v1/models": models(
        model("llama", { features: ["TextGeneration"] }),
        model("hearer", { features: ["SpeechToText"] }),
        model("vectors", { features: ["TextEmbedding"] }),
      ),
    },
    chats: { llama: undefined },
    else: ["hearer", "vectors"],
    resident: null,
  },
  {
    name: "a router of many providers, with a bare list",
    answers: {
      "/v1/models": [
        { id: "a/chat", type: "chat", context_length: 32768 },
        { id: "a/words", type: "language" },
        { id: "a/picture", type: "image" },
        { id: "b/vision", architecture: { output_modalities: ["text"] }, context_length: 65536 },
        { id: "b/pictures", architecture: { output_modalities: ["image"] } },
        { id: "c/see", pipeline_tag: "image-text-to-text" },
        { id: "dall-e-3" },
        { id: "whisper-large-v3" },
        { id: "tts-1-hd" },
      ],
    },
    chats: { "a/chat": 32768, "a/words": undefined, "b/vision": 65536, "c/see": undefined },
    else: ["a/picture", "b/pictures", "dall-e-3", "whisper-large-v3", "tts-1-hd"],
    resident: null,
  },
];

/** Serves answers; `asked` gets each path with its query. */
function serving(answers: Answers, asked: string[] = []): (request: Request) => Response {
  return (request) => {
    const { pathname, search } = new URL(request.url);
    asked.push(`${pathname}${search}`);
    const answer = answers[`${pathname}${search}`];
    if (answer === undefined) return Response.json({ detail: "Not Found" }, { status: 404 });
    return typeof answer === "string" ? new Response(answer) : Response.json(answer);
  };
}

for (const gateway of GATEWAYS) {
  Deno.test(`${gateway.name}: models, what they are, what is held and how busy it is are read`, async () => {
    await withServer(serving(gateway.answers), async (url) => {
      const host = openaiHost(url);
      const survey: HostSurvey = await host.survey(never);
      const able = survey.models.filter(canChat);
      assert.deepEqual(Object.fromEntries(able.map(({ name, window }) => [name, window])), gateway.chats);
      assert.deepEqual(survey.models.filter((one) => !canChat(one)).map(({ name }) => name), gateway.else ?? []);
      assert.equal(survey.residentUnknown ?? false, gateway.resident === null);
      assert.deepEqual(survey.resident.map(({ name }) => name), gateway.resident ?? []);
      assert.equal(survey.slots, gateway.slots ?? null);
      assert.deepEqual(survey.load ?? null, gateway.load ?? null);
      host.close();
    });
  });
}

Deno.test("of three hundred models the list is asked for once, and what a server does not have is asked for once", async () => {
  const many = models(...Array.from({ length: 300 }, (_, index) => model(`model-${index}`)));
  const asked: string[] = [];
  await withServer(serving({ "/v1/models": many }, asked), async (url) => {
    const host = openaiHost(url);
    assert.equal((await host.survey(never)).models.length, 300);
    const first = asked.length;
    assert.ok(first < 12, asked.join(" "));
    assert.equal(asked.filter((path) => path === "/v1/models").length, 1);
    for (let index = 0; index < 300; index++) await host.abilities(`model-${index}`, never);
    assert.equal(asked.length, first, "abilities need no further question");
    await host.survey(never);
    assert.equal(asked.length, first + 1, "and a later look only the list");
    host.close();
  });
});

Deno.test("the properties of a model are asked of a router only where it holds the model, and never make it load one", async () => {
  const asked: string[] = [];
  const router = GATEWAYS.find(({ name }) => name === "llama.cpp's router")!;
  await withServer(serving(router.answers, asked), async (url) => {
    const host = openaiHost(url);
    assert.deepEqual(await host.abilities("qwen:Q4", never), {
      tools: true,
      thinking: true,
      trainedWindow: null,
      fixedWindow: 16384,
      parser: null,
    });
    assert.equal((await host.abilities("gemma:Q8", never)).fixedWindow, null);
    assert.deepEqual(asked.filter((path) => path.includes("model=")), ["/props?model=qwen%3AQ4&autoload=false"]);
    assert.ok(!asked.includes("/health"), "a gateway looks for its health in every model");
    host.close();
  });
});

Deno.test("an answer that cannot be had beside the list does not make a host one that is down", async () => {
  for (const status of [401, 404, 429, 500, 502]) {
    const list = models(model("m"));
    await withServer(
      (request) =>
        new URL(request.url).pathname === "/v1/models" ? Response.json(list) : new Response("no", { status }),
      async (url) => {
        const host = openaiHost(url);
        assert.deepEqual((await host.survey(never)).models.map(({ name }) => name), ["m"], String(status));
        host.close();
      },
    );
  }
});

Deno.test("nobody waits for a load where a host does not say what it holds, and a host that others crowd comes last", () => {
  const busy = { inFlight: [{ key: "x", model: "other" }], slots: 4, stay: { model: "other", since: 0, begun: [0] } };
  const unknown = hostWith("lab", ["m", "other"], { ...busy, residentUnknown: true });
  const [placed] = place(fleetOf(unknown), [askFor("a", ["m"])], 0, {}).placements;
  assert.equal(placed?.reason, "wanted for analysis; on lab");
  const told = hostWith("lab", ["m", "other"], { ...busy, resident: held("other") });
  assert.deepEqual(place(fleetOf(told), [askFor("a", ["m"])], 0, {}).placements, []);

  const crowded = hostWith("crowded", ["m"], { resident: held("m"), slots: 4, others: 9 });
  const quiet = hostWith("quiet", ["m"], { resident: held("m"), slots: 1, others: 0 });
  const ledger = { crowded: { m: measuredModel(90) }, quiet: { m: measuredModel(30) } };
  const where = (host: HostSnapshot) =>
    place(fleetOf(host, quiet), [askFor("a", ["m"])], 0, {}, ledger).placements[0]?.host;
  assert.equal(where(crowded), "quiet");
  const free = { ...crowded, others: 1 };
  assert.equal(where(free), "crowded");
});

/** What LiteLLM 1.108 answered, its proxy in front of a server of this wire that failed as it was told. */
const litellm = (name: string) => readWire<Recording>(`litellm/${name}.json`);

const LITELLM: Readonly<Record<string, unknown>> = {
  "chat-stream": { text: "Hello there.", promptTokens: 12 },
  "chat-whole": { text: "Hello there.", promptTokens: 12 },
  "chat-length": { text: "Hello there.", endedBy: "length" },
  "chat-thinks": { text: "Hello there.", thinking: "Hmm. Yes." },
  tools: {
    calls: [{ name: "read_file", arguments: { path: "src/main.ts" } }, {
      name: "list_directory",
      arguments: { path: "src" },
    }],
  },
  schema: { text: "Hello there." },
  "error-rate": "rate_limited",
  "error-broken": "crashed",
  "error-template": "template_refused",
  "error-window": "window_exceeded",
  "error-breaks": "unreachable",
  "error-gone": "unreachable",
  "error-model": "model_missing",
};

Deno.test("every recorded answer of LiteLLM's proxy is read right", async (t) => {
  let current: Recording | undefined;
  await withServer(() => answerWith(current!, "recorded"), async (url) => {
    const host = openaiHost(url);
    for (const [name, wanted] of Object.entries(LITELLM)) {
      await t.step(name, async () => {
        current = await litellm(name);
        const { failure, reply } = await resultOf(host.chat(chatRequest(), never));
        if (typeof wanted === "string") assert.equal(failure, wanted);
        else assert.deepEqual({ ...reply as object, ...wanted as object }, reply);
      });
    }
    current = await litellm("no-key");
    assert.equal((await failureOf(host.chat(chatRequest(), never))).failure, "crashed");
    host.close();
  });
});

Deno.test("LiteLLM's proxy is known by its list, and its own list tells what its models are", async () => {
  const answers: Record<string, Recording> = {
    "/v1/models": await litellm("models"),
    "/model/info": await litellm("model-info"),
    "/api/version": await litellm("no-ollama"),
  };
  const missing = await litellm("no-props");
  await withServer(
    (request) => answerWith(answers[new URL(request.url).pathname] ?? missing, "recorded"),
    async (url) => {
      assert.equal((await detectHost(url, never)).kind, "openai");
      const host = openaiHost(url);
      const survey = await host.survey(never);
      const not = ["dall-e-3", "text-embedding-3-small", "whisper-1", "own-embedder"];
      assert.deepEqual(survey.models.filter((one) => !canChat(one)).map(({ name }) => name), not);
      assert.equal(survey.residentUnknown, true);
      host.close();
    },
  );
});
