import assert from "node:assert/strict";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import type { ChatPiece, PullProgress } from "../../src/ports/model_host.ts";
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
const expected = await readWire<Record<string, Expected>>("ollama_replies.json");
const recording = (name: string) => readWire<Recording>(`ollama/${name}.json`);

for (const pieces of ["recorded", "bytes"] as const) {
  Deno.test(`every recorded answer of Ollama's chat is read right (pieces: ${pieces})`, async (t) => {
    const recordings = new Map<string, Recording>();
    for await (const entry of Deno.readDir(new URL("../wire/ollama/", import.meta.url))) {
      if (!entry.name.endsWith(".json")) continue;
      const read = await recording(entry.name.slice(0, -5));
      if (read.request.path === "/api/chat" || read.request.path === "/api/nothing") recordings.set(read.name, read);
    }
    assert.deepEqual([...recordings.keys()].sort(), Object.keys(expected).sort());
    let current: Recording | undefined;
    await withServer(() => answerWith(current!, pieces), async (url) => {
      const host = ollamaHost(url);
      for (const [name, read] of recordings) {
        await t.step(name, async () => {
          current = read;
          const want = expected[name]!;
          if (want.rendered !== undefined) {
            assert.equal(await host.render(chatRequest(), never), want.rendered);
            return;
          }
          const told: ChatPiece[] = [];
          const result = await resultOf(host.chat(chatRequest(), never, (piece) => told.push(piece)));
          assert.deepEqual(result, want);
          const text = (want.reply as { text: string } | undefined)?.text ?? want.partial ?? "";
          assert.equal(told.map((piece) => piece.text ?? "").join(""), text);
        });
      }
      host.close();
    });
  });
}

Deno.test("a chat request fixes window, bounds and truncation, and sends history in the shapes that templates print", async () => {
  const bodies: unknown[] = [];
  const hello = await recording("chat-stream");
  await withServer(async (request) => {
    bodies.push(await request.json());
    return answerWith(hello, "recorded");
  }, async (url) => {
    const host = ollamaHost(`${url}/v1/`);
    const schema = {
      type: "object",
      properties: { x: { type: "string", pattern: "a", minLength: 2, maxLength: 200 } },
      required: ["x"],
    };
    await host.chat(chatRequest({ schema, think: false, stop: ["END"] }), never);
    await host.chat(
      chatRequest({
        messages: [
          { role: "assistant", content: "", calls: [{ name: "read_file", arguments: { path: "a.ts" } }] },
          { role: "tool", content: "export {};", toolName: "read_file" },
        ],
        tools: [{
          name: "read_file",
          describes: "Reads a file.",
          parameters: {
            type: "object",
            properties: { path: { type: "string", description: "Path.", minLength: 1 } },
            required: ["path"],
          },
        }],
      }),
      never,
    );
    host.close();
  });
  const fixed = { stream: true, truncate: false, shift: false, keep_alive: "30m", model: "says-hello" };
  const options = { num_ctx: 4096, num_predict: 200, seed: 1, temperature: 0 };
  assert.deepEqual(bodies, [{
    ...fixed,
    messages: [{ role: "user", content: "Please look at src/main.ts." }],
    think: false,
    format: { type: "object", properties: { x: { type: "string", maxLength: 200 } }, required: ["x"] },
    options: { ...options, stop: ["END"] },
  }, {
    ...fixed,
    messages: [
      {
        role: "assistant",
        content: "",
        tool_calls: [{ function: { name: "read_file", arguments: { path: "a.ts" } } }],
      },
      { role: "tool", content: "export {};", tool_name: "read_file" },
    ],
    tools: [{
      type: "function",
      function: {
        name: "read_file",
        description: "Reads a file.",
        parameters: {
          type: "object",
          properties: { path: { type: "string", description: "Path. Not empty." } },
          required: ["path"],
        },
      },
    }],
    options,
  }]);
});

Deno.test("tools together with a schema are refused before anything is sent", async () => {
  const tools = [{
    name: "a",
    describes: "A.",
    parameters: { type: "object", properties: { b: { type: "string" } }, required: ["b"] },
  }];
  const host = ollamaHost("http://127.0.0.1:9");
  assert.equal((await failureOf(host.chat(chatRequest({ tools, schema: {} }), never))).failure, "bad_request");
});

Deno.test("a refused window names the counts, what failed and what to do", async () => {
  const refused = await recording("window-refused");
  await withServer(() => answerWith(refused, "recorded"), async (url) => {
    const failure = await failureOf(ollamaHost(url).chat(chatRequest(), never));
    assert.equal(
      failure.message,
      `The chat with says-hello on ${url}: the server answered 400: request (6619 tokens) exceeds the available context ` +
        "size (2048 tokens), try increasing it. Send a shorter prompt, or use a larger window.",
    );
  });
});

Deno.test("the stream's edges are read: carriage returns, no last line end, lines over 1 MB, blank lines", async () => {
  const long = "x".repeat(1_500_000);
  const lines = [
    JSON.stringify({ message: { content: "a" }, done: false }) + "\r\n\r\n",
    JSON.stringify({ message: { content: long }, done: false }) + "\n",
    JSON.stringify({ message: { content: "" }, done: true, done_reason: "stop" }),
  ];
  await withServer(() => new Response(lines.join("")), async (url) => {
    const reply = await ollamaHost(url).chat(chatRequest({ answerLimit: 100_000 }), never);
    assert.equal(reply.text, `a${long}`);
    assert.equal(reply.answerTokens, null);
  });
});

Deno.test("garbage in the stream is a protocol failure that keeps what had arrived", async () => {
  for (const garbage of ["<html>", "17", '{"other":1}', '{"message":{"content":5},"done":false}', '{"message":']) {
    const body = `${JSON.stringify({ message: { content: "so far" }, done: false })}\n${garbage}\n`;
    await withServer(() => new Response(body), async (url) => {
      const failure = await failureOf(ollamaHost(url).chat(chatRequest(), never));
      assert.equal(failure.failure, "protocol", garbage);
      assert.equal(failure.details.partial, "so far");
    });
  }
});

Deno.test("error lines and statuses that servers give under load and faults have their classes", async () => {
  const cases: readonly (readonly [number, string, string])[] = [
    [503, '{"error":"server busy, please try again.  maximum pending requests exceeded"}', "busy"],
    [200, '{"error":"an error was encountered while running the model: unexpected EOF"}', "crashed"],
    [500, '{"error":"model runner has unexpectedly stopped, this may be due to resource limitations"}', "crashed"],
    [500, '{"error":"llama-server reported out-of-memory during startup: x"}', "out_of_memory"],
    [500, '{"error":"cudaMalloc failed: out of memory"}', "out_of_memory"],
    [500, '{"error":"llama-server process has terminated: exit status 1"}', "load_failed"],
    [500, '{"error":"timed out waiting for llama-server to start - x"}', "load_failed"],
    [500, '{"error":"tools param requires --jinja flag"}', "tools_unsupported"],
    [
      400,
      JSON.stringify({
        error: JSON.stringify({
          error: { code: 400, message: "Failed to initialize samplers: failed to parse grammar" },
        }),
      }),
      "schema_refused",
    ],
    [401, '{"error":"unauthorized"}', "unauthorized"],
    [403, '{"error":"cloud is disabled"}', "unauthorized"],
    [429, '{"error":"too many"}', "rate_limited"],
    [404, '{"error":"model \\"x\\" not found, try pulling it first"}', "model_missing"],
    [404, "404 page not found", "protocol"],
    [502, "<html>Bad gateway</html>", "unreachable"],
  ];
  for (const [status, body, failure] of cases) {
    await withServer(() => new Response(body, { status }), async (url) => {
      assert.equal((await failureOf(ollamaHost(url).chat(chatRequest(), never))).failure, failure, body);
    });
  }
});

Deno.test("the survey joins version, models and what is loaded", async () => {
  const names: Record<string, string> = { "/api/version": "version", "/api/tags": "tags", "/api/ps": "ps-one" };
  await withServer(
    async (request) => answerWith(await recording(names[new URL(request.url).pathname]!), "recorded"),
    async (url) => {
      const survey = await ollamaHost(url).survey(never);
      assert.equal(survey.version, "0.33.0");
      assert.deepEqual(survey.models[0], {
        name: "json-tools:latest",
        digest: "f5c8941c19d94d53a280b3ddc873e357958e8abac08dfa62f24c137012a3b360",
        bytes: 248405,
        size: "60K",
      });
      assert.deepEqual(survey.resident[0], {
        name: "says-hello:latest",
        bytes: 6270483,
        gpuBytes: 0,
        window: 4096,
        expiresAt: "2319-03-05T16:10:16.249221528Z",
      });
      assert.deepEqual([survey.slots, survey.busySlots], [null, null]);
    },
  );
});

Deno.test("abilities come from the show answer, the parser from the Modelfile where it stands only there", async () => {
  for (
    const [name, want] of [
      ["show-tools", { tools: true, thinking: false, trainedWindow: 32768, fixedWindow: null, parser: null }],
      ["show-renderer", {
        tools: true,
        thinking: false,
        trainedWindow: 32768,
        fixedWindow: null,
        parser: "functiongemma",
      }],
    ] as const
  ) {
    const read = await recording(name);
    await withServer(() => answerWith(read, "recorded"), async (url) => {
      assert.deepEqual(await ollamaHost(url).abilities("m", never), want);
    });
  }
  const missing = await recording("show-missing");
  await withServer(() => answerWith(missing, "recorded"), async (url) => {
    assert.equal((await failureOf(ollamaHost(url).abilities("m", never))).failure, "model_missing");
  });
});

Deno.test("rendering asks for the prompt only and is null where the server does not know how", async () => {
  const bodies: Record<string, unknown>[] = [];
  const rendered = await recording("debug-render-native");
  const answers = [
    () => answerWith(rendered, "recorded"),
    () => Response.json({ message: { content: "x" }, done: true }),
  ];
  await withServer(async (request) => {
    bodies.push(await request.json());
    return answers[bodies.length - 1]!();
  }, async (url) => {
    const host = ollamaHost(url);
    assert.equal(await host.render(chatRequest(), never), JSON.parse(bodyOf(rendered))._debug_info.rendered_template);
    assert.equal(await host.render(chatRequest(), never), null);
    assert.equal(await host.count("m", "text", never), null);
  });
  assert.equal(bodies[0]!._debug_render_only, true);
  assert.deepEqual(bodies[0]!.options, { num_ctx: 4096, num_predict: 1, seed: 1, temperature: 0 });
});

Deno.test("a download tells its progress, an unknown model and a broken stream are named", async () => {
  const good =
    '{"status":"pulling manifest"}\n{"status":"pulling 0123","total":10,"completed":5}\n{"status":"success"}\n';
  await withServer(() => new Response(good), async (url) => {
    const told: PullProgress[] = [];
    await ollamaHost(url).pull!("m", never, (progress) => told.push(progress));
    assert.deepEqual(told, [
      { status: "pulling manifest", completed: null, total: null },
      { status: "pulling 0123", completed: 5, total: 10 },
      { status: "success", completed: null, total: null },
    ]);
  });
  for (
    const [body, failure] of [
      ['{"status":"pulling manifest"}\n{"error":"pull model manifest: file does not exist"}\n', "model_missing"],
      ['{"status":"pulling manifest"}\n', "cut_off"],
    ] as const
  ) {
    await withServer(() => new Response(body), async (url) => {
      assert.equal((await failureOf(ollamaHost(url).pull!("m", never, () => {}))).failure, failure);
    });
  }
});

Deno.test("a load sends no message, and all that a load depends on as an ask does; a server that cannot is told by its class", async () => {
  const bodies: Record<string, unknown>[] = [];
  const answers = [
    () => Response.json({ model: "m", created_at: "", message: { role: "assistant", content: "" }, done: true }),
    () => Response.json({ error: "model 'm' not found" }, { status: 404 }),
  ];
  await withServer(async (request) => {
    bodies.push(await request.json());
    return answers[bodies.length - 1]!();
  }, async (url) => {
    const host = ollamaHost(url);
    await host.load!("m", 4096, never);
    const sent = { model: "m", messages: [], stream: false, truncate: false, shift: false, keep_alive: "30m" };
    assert.deepEqual(bodies, [{ ...sent, options: { num_ctx: 4096 } }]);
    assert.equal((await failureOf(host.load!("m", 4096, never))).failure, "model_missing");
    host.close();
  });
});
