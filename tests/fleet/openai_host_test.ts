import assert from "node:assert/strict";
import { openaiHost } from "../../src/fleet/openai_host.ts";
import type { ChatPiece } from "../../src/ports/model_host.ts";
import {
  answerWith,
  bodyOf,
  chatRequest,
  type Expected,
  failureOf,
  readWire,
  type Recording,
  resultOf,
  withServer,
} from "./replay.ts";

const never = new AbortController().signal;
const expected = await readWire<Record<string, Expected>>("openai_replies.json");
const recording = (name: string) => readWire<Recording>(`llamacpp/${name}.json`);
const sse = { headers: { "content-type": "text/event-stream" } };
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const delta = (part: unknown, finish: string | null = null) =>
  event({ choices: [{ delta: part, finish_reason: finish }] });

for (const pieces of ["recorded", "bytes"] as const) {
  Deno.test(`every recorded answer of an OpenAI wire is read right (pieces: ${pieces})`, async (t) => {
    const recordings = new Map<string, Recording>();
    for (const folder of ["llamacpp", "ollama"]) {
      for await (const entry of Deno.readDir(new URL(`../wire/${folder}/`, import.meta.url))) {
        if (!entry.name.endsWith(".json")) continue;
        const read = await readWire<Recording>(`${folder}/${entry.name}`);
        if (read.request.path === "/v1/chat/completions") recordings.set(`${folder}/${read.name}`, read);
      }
    }
    assert.deepEqual([...recordings.keys()].sort(), Object.keys(expected).sort());
    let current: Recording | undefined;
    await withServer(() => answerWith(current!, pieces), async (url) => {
      const host = openaiHost(url);
      for (const [name, read] of recordings) {
        await t.step(name, async () => {
          current = read;
          const want = expected[name]!;
          const told: ChatPiece[] = [];
          assert.deepEqual(await resultOf(host.chat(chatRequest(), never, (piece) => told.push(piece))), want);
          const text = (want.reply as { text: string } | undefined)?.text ?? "";
          assert.equal(told.map((piece) => piece.text ?? "").join(""), text);
        });
      }
      host.close();
    });
  });
}

Deno.test("an OpenAI request bounds the answer, asks for usage, carries the key and joins calls to results", async () => {
  const seen: { path: string; key: string | null; body: unknown }[] = [];
  const hello = await recording("chat-stream");
  Deno.env.set("AUTONOMY_TEST_KEY", "s3cret");
  await withServer(async (request) => {
    const { pathname } = new URL(request.url);
    seen.push({ path: pathname, key: request.headers.get("authorization"), body: await request.json() });
    return answerWith(hello, "recorded");
  }, async (url) => {
    const host = openaiHost(`${url}/v1`, { keyVariable: "AUTONOMY_TEST_KEY" });
    const schema = { type: "object", properties: { x: { type: "string", format: "uri" } }, required: ["x"] };
    await host.chat(chatRequest({ schema, think: false, stop: ["END"] }), never);
    const call = (path: string) => ({ name: "read_file", arguments: { path } });
    await host.chat(
      chatRequest({
        messages: [
          { role: "assistant", content: "", calls: [call("a"), call("b")] },
          { role: "tool", content: "A", toolName: "read_file" },
          { role: "tool", content: "B", toolName: "read_file" },
        ],
      }),
      never,
    );
  });
  Deno.env.delete("AUTONOMY_TEST_KEY");
  const fixed = {
    model: "says-hello",
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: 200,
    temperature: 0,
    seed: 1,
  };
  const wireCall = (id: string, path: string) => ({
    id,
    type: "function",
    function: { name: "read_file", arguments: JSON.stringify({ path }) },
  });
  assert.deepEqual(seen, [{
    path: "/v1/chat/completions",
    key: "Bearer s3cret",
    body: {
      ...fixed,
      messages: [{ role: "user", content: "Please look at src/main.ts." }],
      chat_template_kwargs: { enable_thinking: false },
      response_format: {
        type: "json_schema",
        json_schema: {
          name: "reply",
          strict: true,
          schema: { type: "object", properties: { x: { type: "string" } }, required: ["x"] },
        },
      },
      stop: ["END"],
    },
  }, {
    path: "/v1/chat/completions",
    key: "Bearer s3cret",
    body: {
      ...fixed,
      messages: [
        { role: "assistant", content: "", tool_calls: [wireCall("call00001", "a"), wireCall("call00002", "b")] },
        { role: "tool", content: "A", tool_call_id: "call00001", name: "read_file" },
        { role: "tool", content: "B", tool_call_id: "call00002", name: "read_file" },
      ],
    },
  }]);
});

Deno.test("a stream without its end is cut off, and keeps what had arrived", async () => {
  const cases = [
    delta({ content: "so far" }),
    delta({ content: "so far" }) + 'data: {"choices":[{"del',
  ];
  for (const body of cases) {
    await withServer(() => new Response(body, sse), async (url) => {
      const failure = await failureOf(openaiHost(url).chat(chatRequest(), never));
      assert.deepEqual([failure.failure, failure.details.partial], ["cut_off", "so far"], body);
    });
  }
  const whole = delta({ content: "all" }) + delta({}, "stop") + "data: [DONE]";
  await withServer(() => new Response(whole, sse), async (url) => {
    assert.equal((await openaiHost(url).chat(chatRequest(), never)).text, "all");
  });
});

Deno.test("errors, garbage and silence inside a stream have their classes", async () => {
  const cases: readonly (readonly [string, string])[] = [
    [event({ error: { code: 500, message: "Failed to parse input at pos 12", type: "server_error" } }), "model_output"],
    [
      'error: {"code":500,"message":"The model produced output that does not match the expected format"}\n\n',
      "model_output",
    ],
    ["data: <html>\n\n", "protocol"],
    [event({ other: 1 }), "protocol"],
    [
      delta({}, "stop") + event({ choices: [], usage: { prompt_tokens: 4, completion_tokens: 9 } }) +
      "data: [DONE]\n\n",
      "silent",
    ],
  ];
  for (const [body, failure] of cases) {
    await withServer(() => new Response(body, sse), async (url) => {
      assert.equal((await failureOf(openaiHost(url).chat(chatRequest(), never))).failure, failure, body);
    });
  }
  await withServer(() => new Response("<html>", { headers: { "content-type": "text/html" } }), async (url) => {
    assert.equal((await failureOf(openaiHost(url).chat(chatRequest(), never))).failure, "protocol");
  });
});

Deno.test("refusals of the servers behind this wire have their classes and counts, and never show the key", async () => {
  const cases: readonly (readonly [number, unknown, string, (number | undefined)?, (number | undefined)?])[] = [
    [503, { error: { code: 503, message: "Loading model", type: "unavailable_error" } }, "busy"],
    [
      500,
      { error: { code: 500, message: "Failed to parse input at pos 3: <tool_call>", type: "server_error" } },
      "model_output",
    ],
    [401, { error: { message: "Incorrect API key provided: s3cret", code: "invalid_api_key" } }, "unauthorized"],
    [404, { error: { message: "The model `x` does not exist.", type: "NotFoundError", code: 404 } }, "model_missing"],
    [404, { error: { message: "File Not Found", type: "not_found_error", code: 404 } }, "protocol"],
    [
      400,
      {
        error: {
          message: "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens " +
            "(4900 in the messages, 100 in the completion).",
        },
      },
      "window_exceeded",
      4900,
      4096,
    ],
    [
      400,
      { error: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set' },
      "tools_unsupported",
    ],
    [400, { error: { message: "JSON schema conversion failed: unsupported pattern" } }, "schema_refused"],
    [400, { error: { message: "Expected 'messages' to be an array" } }, "bad_request"],
  ];
  for (const [status, body, failure, promptTokens, window] of cases) {
    await withServer(() => Response.json(body, { status }), async (url) => {
      const found = await failureOf(openaiHost(url, { key: "s3cret" }).chat(chatRequest(), never));
      assert.equal(found.failure, failure, JSON.stringify(body));
      assert.deepEqual([found.details.promptTokens, found.details.window], [promptTokens, window]);
      assert.ok(!found.message.includes("s3cret"));
    });
  }
});

Deno.test("calls are joined by index, by identifier or by order, and cut arguments stay text", async () => {
  const fragment = (part: unknown) => delta({ tool_calls: [part] });
  const body = delta({ role: "assistant", content: null }) +
    fragment({ index: 0, id: "a", function: { name: "one", arguments: '{"x"' } }) +
    fragment({ index: 0, function: { name: "one", arguments: ":1}" } }) +
    fragment({ id: "b", function: { name: "two", arguments: '{"y":' } }) +
    fragment({ function: { arguments: '"cu' } }) +
    delta({}, "length") + "data: [DONE]\n\n";
  await withServer(() => new Response(`: ping\n\n${body}`, sse), async (url) => {
    const reply = await openaiHost(url).chat(chatRequest(), never);
    assert.deepEqual(reply.calls, [{ name: "one", arguments: { x: 1 } }, { name: "two", arguments: '{"y":"cu' }]);
    assert.deepEqual([reply.endedBy, reply.forced], ["length", true]);
  });
});

/** llama.cpp's server as recorded, with 404 for the paths it does not have. */
async function llamacpp(request: Request): Promise<Response> {
  const names: Record<string, string> = {
    "/health": "health",
    "/v1/models": "models",
    "/props": "props",
    "/slots": "slots",
    "/tokenize": "tokenize",
    "/apply-template": "apply-template",
  };
  return answerWith(await recording(names[new URL(request.url).pathname] ?? "error-path"), "recorded");
}

Deno.test("llama.cpp's own endpoints give window, slots, counts and the rendered prompt", async () => {
  const template = await recording("apply-template");
  await withServer(llamacpp, async (url) => {
    const host = openaiHost(url);
    assert.deepEqual(await host.survey(never), {
      version: "b0-unknown",
      models: [{
        name: "native-says-hello",
        digest: "native-says-hello:58240:232960:all F32",
        bytes: 232960,
        size: "58.2K",
        chats: true,
        window: 1024,
      }],
      resident: [{ name: "native-says-hello", bytes: 232960, gpuBytes: null, window: 1024, expiresAt: null }],
      slots: 2,
      busySlots: 0,
      load: { running: 0, waiting: null, cache: null },
    });
    const abilities = { tools: true, thinking: false, trainedWindow: 32768, fixedWindow: 1024, parser: null };
    assert.deepEqual(await host.abilities("native-says-hello", never), abilities);
    assert.deepEqual(await host.abilities("any-other-name", never), abilities);
    assert.equal(await host.count("m", "Hello there", never), 11);
    assert.equal(await host.render(chatRequest(), never), JSON.parse(bodyOf(template)).prompt);
    assert.equal(host.pull, null);
  });
});

Deno.test("a server with the model list only is served without the rest", async () => {
  const models = { object: "list", data: [{ id: "m", object: "model", root: "org/m", max_model_len: 8192 }] };
  const handler = (request: Request) =>
    new URL(request.url).pathname === "/v1/models"
      ? Response.json(models)
      : Response.json({ detail: "Not Found" }, { status: 404 });
  await withServer(handler, async (url) => {
    const host = openaiHost(url);
    const survey = await host.survey(never);
    assert.deepEqual([survey.version, survey.slots, survey.busySlots], [null, null, null]);
    assert.equal(survey.models[0]?.digest, "org/m");
    assert.equal((await host.abilities("m", never)).fixedWindow, 8192);
    assert.equal((await failureOf(host.abilities("x", never))).failure, "model_missing");
    assert.equal(await host.count("m", "text", never), null);
    assert.equal(await host.render(chatRequest(), never), null);
  });
});

Deno.test("a server that still loads is busy, though it lists its model already", async () => {
  const loading = { error: { code: 503, message: "Loading model", type: "unavailable_error" } };
  const handler = (request: Request) =>
    new URL(request.url).pathname === "/health" ? Response.json(loading, { status: 503 }) : llamacpp(request);
  await withServer(handler, async (url) => {
    assert.equal((await failureOf(openaiHost(url).survey(never))).failure, "busy");
  });
});
