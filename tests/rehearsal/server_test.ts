import assert from "node:assert/strict";
import type { Fault } from "../../src/rehearsal/faults.ts";
import type { PlayRequest } from "../../src/rehearsal/play.ts";
import { chatBody, GIGABYTE, lines, loaded, model, post, until, withServer } from "./given_server.ts";

const SLOW = { tokenMs: 1_000_000, promptTokenMs: 0, loadMs: () => 0 };

Deno.test("a player sees the rendered prompt, the messages, the tools, the schema, the options and the call's number", async () => {
  const seen: PlayRequest[] = [];
  const watching = model("watching", (request) => {
    seen.push(request);
    return "yes";
  });
  await withServer({ models: [watching] }, async (server) => {
    const tool = { name: "read_file", description: "Reads.", parameters: { type: "object", properties: {} } };
    const body = chatBody("Look.", { model: "watching", stream: false, tools: [{ type: "function", function: tool }] });
    for (let time = 0; time < 2; time++) await (await post(server, "/api/chat", body)).text();
  });
  assert.deepEqual(seen.map((request) => request.call), [1, 2]);
  const [first] = seen;
  assert.equal(first?.host, "fast");
  assert.equal(first?.tools[0]?.name, "read_file");
  assert.equal(first?.messages[0]?.content, "Look.");
  assert.deepEqual(first?.options, { num_ctx: 4096 });
  assert.match(first?.prompt ?? "", /read_file Reads\.[\s\S]*Look\./);
});

Deno.test("requests to one model are answered one after the other, in the order in which they came", async () => {
  const order: string[] = [];
  const noting = model("echo:1b", (request) => {
    const content = request.messages.at(-1)?.content ?? "";
    order.push(content);
    return content;
  });
  const faults: Fault[] = [{ kind: "stall_before_headers", requests: 1 }];
  await withServer({ models: [noting], faults }, async (server) => {
    const client = new AbortController();
    const stalled = post(server, "/api/chat", chatBody("stalled"), client.signal);
    await until(() => server.requests.length === 1);
    const waiting: Promise<string>[] = [];
    for (const content of ["first", "second", "third"]) {
      waiting.push(post(server, "/api/chat", chatBody(content)).then((response) => response.text()));
      await until(() => server.waiting === waiting.length);
    }
    assert.deepEqual(order, []);
    client.abort();
    await assert.rejects(stalled, { name: "AbortError" });
    await Promise.all(waiting);
  });
  assert.deepEqual(order, ["first", "second", "third"]);
});

Deno.test("a client that leaves in mid-stream frees the slot at once", async () => {
  const faults: Fault[] = [{ kind: "stall", afterLines: 1, requests: 1 }];
  await withServer({ faults }, async (server) => {
    const client = new AbortController();
    const response = await post(server, "/api/chat", chatBody("a long answer that stalls"), client.signal);
    const reader = response.body?.getReader();
    await reader?.read();
    const next = post(server, "/api/chat", chatBody("next"));
    await until(() => server.waiting === 1);
    client.abort();
    const answered = await lines(await next);
    assert.equal(answered.map((line) => (line.message as { content: string }).content).join(""), "next");
  });
});

Deno.test("closing the server resets what is under way", async () => {
  await withServer({ pace: SLOW }, async (server) => {
    const asked = assert.rejects(post(server, "/api/chat", chatBody("never")));
    await until(() => server.requests.length === 1);
    await server.close();
    await asked;
    await assert.rejects(fetch(`${server.url}/api/version`), /error|refused|fetch failed/i);
  });
});

Deno.test("a server can be started again on its port", async () => {
  await withServer({}, async (first) => {
    await first.close();
    const port = Number(new URL(first.url).port);
    await withServer({ port }, async (second) => {
      assert.equal(second.url, first.url);
      assert.deepEqual(await (await fetch(`${second.url}/api/version`)).json(), { version: "0.33.0" });
    });
  });
});

Deno.test("models that do not fit together push each other out, models that fit stay", async () => {
  const models = [
    model("large:14b", () => "a", 9 * GIGABYTE),
    model("small:1b", () => "b", GIGABYTE),
    model("other:7b", () => "c", 5 * GIGABYTE),
  ];
  await withServer({ models }, async (server) => {
    const load = async (name: string) => {
      await (await post(server, "/api/chat", { model: name, messages: [], options: { num_ctx: 4096 } })).text();
    };
    await load("large:14b");
    await load("small:1b");
    assert.deepEqual((await loaded(server)).sort(), ["large:14b", "small:1b"]);
    await load("other:7b");
    assert.deepEqual((await loaded(server)).sort(), ["other:7b", "small:1b"]);
  });
});

Deno.test("another window waits for the running request of its model, and other models go on", async () => {
  const models = [model("large:14b", () => "a", 9 * GIGABYTE), model("small:1b", () => "b", GIGABYTE)];
  const faults: Fault[] = [{ kind: "stall_before_headers", model: "large:14b", requests: 1 }];
  await withServer({ models, faults }, async (server) => {
    const client = new AbortController();
    const running = post(server, "/api/chat", chatBody("x", { model: "large:14b" }), client.signal);
    await until(() => server.faults.length === 0);
    const other = chatBody("x", { model: "large:14b", stream: false, options: { num_ctx: 2048 } });
    const waiting = post(server, "/api/chat", other);
    await until(() => server.requests.length === 2 && server.waiting === 1);
    const served = await lines(await post(server, "/api/chat", chatBody("x", { model: "small:1b", stream: false })));
    assert.equal(served[0]?.done, true);
    assert.equal(server.waiting, 1);
    client.abort();
    await assert.rejects(running);
    assert.equal((await lines(await waiting))[0]?.done, true);
  });
});

Deno.test("a request for the loaded window does not overtake an earlier one for another window", async () => {
  const windows: unknown[] = [];
  const noting = model("echo:1b", (request) => {
    windows.push(request.options.num_ctx);
    return "ok";
  });
  const faults: Fault[] = [{ kind: "stall_before_headers", requests: 1 }];
  await withServer({ models: [noting], faults }, async (server) => {
    const client = new AbortController();
    const running = post(server, "/api/chat", chatBody("x"), client.signal);
    await until(() => server.faults.length === 0);
    const waiting: Promise<string>[] = [];
    for (const num_ctx of [2048, 4096]) {
      waiting.push(post(server, "/api/chat", chatBody("x", { options: { num_ctx } })).then((each) => each.text()));
      await until(() => server.requests.length === waiting.length + 1 && server.waiting === waiting.length);
    }
    client.abort();
    await assert.rejects(running);
    await Promise.all(waiting);
  });
  assert.deepEqual(windows, [2048, 4096]);
});

Deno.test("a load that finds no room waits until a running request ends", async () => {
  const models = [model("large:14b", () => "a", 9 * GIGABYTE), model("other:7b", () => "c", 5 * GIGABYTE)];
  const faults: Fault[] = [{ kind: "stall_before_headers", model: "large:14b", requests: 1 }];
  await withServer({ models, faults }, async (server) => {
    const client = new AbortController();
    const running = post(server, "/api/chat", chatBody("x", { model: "large:14b" }), client.signal);
    await until(() => server.faults.length === 0);
    const waiting = post(server, "/api/chat", chatBody("x", { model: "other:7b", stream: false }));
    await until(() => server.requests.length === 2 && server.waiting === 1);
    assert.deepEqual(await loaded(server), ["large:14b"]);
    client.abort();
    await assert.rejects(running);
    assert.equal((await lines(await waiting))[0]?.done, true);
    assert.deepEqual(await loaded(server), ["other:7b"]);
  });
});

Deno.test("pull tells its progress and installs the model; an unknown one is an error line", async () => {
  await withServer({ models: [], pullable: [model("echo:1b", () => "hi")] }, async (server) => {
    const missing = await lines(await post(server, "/api/pull", { model: "nowhere" }));
    assert.deepEqual(missing.at(-1), { error: "pull model manifest: file does not exist" });
    const steps = await lines(await post(server, "/api/pull", { model: "echo:1b" }));
    assert.deepEqual([steps[0], steps.at(-1)], [{ status: "pulling manifest" }, { status: "success" }]);
    const layer = steps.filter((step) => step.digest !== undefined);
    assert.equal(layer.at(-1)?.completed, layer.at(-1)?.total);
    const answered = await lines(await post(server, "/api/chat", chatBody("x")));
    assert.equal(answered.at(-1)?.done, true);
  });
});

Deno.test("the log of requests is bounded and holds what was sent", async () => {
  await withServer({}, async (server) => {
    await (await post(server, "/api/show", { model: "echo:1b" })).text();
    await (await fetch(`${server.url}/api/tags`)).text();
    assert.deepEqual(server.requests, [
      { method: "POST", path: "/api/show", body: { model: "echo:1b" } },
      { method: "GET", path: "/api/tags", body: null },
    ]);
  });
});
