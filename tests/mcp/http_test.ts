import assert from "node:assert/strict";
import { startHttpServer } from "../fakes/mcp_http_server.ts";
import { withFake } from "./fixtures/fake_server.ts";

Deno.test("a server is reached by HTTP, with the headers whose values stand in the environment", async () => {
  const server = startHttpServer({ key: "Bearer s3cret" });
  try {
    await withFake(
      async ({ call }) => {
        assert.equal(await call("echo", { text: "hello" }), "hello");
        assert.equal(await call("change"), "changed", "an answer may come as a stream");
        assert.equal(await call("refuse"), "fault: The MCP server fake did not carry refuse out: not with me.");
        assert.deepEqual(new Set(server.keys), new Set(["Bearer s3cret"]));
      },
      { command: undefined, url: server.url, variables: [], headersFrom: { Authorization: "KEY" } },
      { environment: (name) => name === "KEY" ? "Bearer s3cret" : undefined },
    );
  } finally {
    await server.close();
  }
});

Deno.test("a server that wants a key says where to name it", async () => {
  const server = startHttpServer({ key: "Bearer s3cret" });
  try {
    await withFake(async ({ call }) => {
      assert.match(await call("echo", { text: "" }), /it wants authorization \(HTTP 401\).*headers_from/);
    }, { command: undefined, url: server.url });
  } finally {
    await server.close();
  }
});

Deno.test("a server that is gone costs the call, and is used again once it is back", async () => {
  let server = startHttpServer();
  const { url } = server;
  try {
    await withFake(async ({ call }) => {
      assert.equal(await call("echo", { text: "one" }), "one");
      await server.close();
      assert.match(
        await call("echo", { text: "two" }),
        /^fault: The MCP server fake did not carry echo out: .*refused/i,
      );
      server = startHttpServer({ port: Number(new URL(url).port) });
      assert.equal(await call("echo", { text: "three" }), "three");
    }, { command: undefined, url });
  } finally {
    await server.close();
  }
});

Deno.test("an answer by HTTP beyond the bound costs the call alone", async () => {
  const server = startHttpServer();
  try {
    await withFake(async ({ call }) => {
      assert.match(await call("much", { megabytes: 33 }), /^fault: .*answered with more than 32 MB/);
      assert.equal(await call("echo", { text: "on" }), "on");
    }, { command: undefined, url: server.url });
  } finally {
    await server.close();
  }
});
