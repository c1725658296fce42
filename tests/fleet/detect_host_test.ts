import assert from "node:assert/strict";
import { detectHost, openHost } from "../../src/fleet/detect_host.ts";
import { hostAddress } from "../../src/fleet/host_address.ts";
import { HostFailure } from "../../src/ports/model_host.ts";
import { answerWith, chatRequest, failureOf, readWire, type Recording, withServer } from "./replay.ts";

const never = new AbortController().signal;

/** Answers the named paths with recordings, others with 404. */
function replaying(names: Readonly<Record<string, string>>): (request: Request) => Promise<Response> {
  return async (request) => {
    const name = names[new URL(request.url).pathname];
    return name === undefined
      ? new Response("404 page not found", { status: 404 })
      : answerWith(await readWire<Recording>(`${name}.json`), "recorded");
  };
}

Deno.test("Ollama is found by its version, the others by their list of models", async () => {
  await withServer(replaying({ "/api/version": "ollama/version" }), async (url) => {
    assert.equal((await detectHost(url, never)).kind, "ollama");
    assert.equal((await openHost({ url }, never)).kind, "ollama");
  });
  await withServer(replaying({ "/v1/models": "llamacpp/models" }), async (url) => {
    assert.equal((await detectHost(`${url}/v1`, never)).kind, "openai");
    assert.equal((await openHost({ url: `${url}/v1` }, never)).kind, "openai");
  });
});

Deno.test("a server that answers any path with 200 is not taken for Ollama", async () => {
  await withServer(
    (request) =>
      Response.json(
        new URL(request.url).pathname === "/v1/models" ? { data: [{ id: "m" }] } : { error: "Unexpected endpoint" },
      ),
    async (url) => {
      assert.equal((await detectHost(url, never)).kind, "openai");
    },
  );
});

Deno.test("what is no host, needs a key, is gone or is cancelled says so", async () => {
  await withServer(() => new Response("<html>"), async (url) => {
    assert.equal((await failureOf(detectHost(url, never))).failure, "protocol");
    assert.equal((await failureOf(detectHost(url, AbortSignal.abort()))).failure, "cancelled");
  });
  const gate = (request: Request) =>
    request.headers.get("authorization") === "Bearer k" && new URL(request.url).pathname === "/v1/models"
      ? Response.json({ data: [{ id: "m" }] })
      : new Response("", { status: new URL(request.url).pathname === "/v1/models" ? 401 : 404 });
  await withServer(gate, async (url) => {
    assert.equal((await failureOf(detectHost(url, never))).failure, "unauthorized");
    assert.equal((await openHost({ url, key: "k" }, never)).kind, "openai");
  });
});

Deno.test("a server is found by the path that it has, whatever stands on the one of another kind", async () => {
  const others: readonly (() => Response)[] = [
    () => Response.json({ error: "Internal Server Error" }, { status: 500 }),
    () => Response.json({ error: { message: "model not found" } }, { status: 404 }),
    () => new Response(null, { status: 307, headers: { location: "/login" } }),
  ];
  for (const other of others) {
    let isOpen = true;
    const handler = (request: Request) =>
      isOpen && new URL(request.url).pathname === "/v1/models" ? Response.json({ data: [{ id: "m" }] }) : other();
    await withServer(handler, async (url) => {
      assert.equal((await detectHost(url, never)).kind, "openai");
      isOpen = false;
      assert.equal((await failureOf(detectHost(url, never))).details.status, other().status);
    });
  }
});

Deno.test("Open WebUI, which tells a version as Ollama does, is found by what its address names, and told how to name it", async () => {
  const asked: string[] = [];
  const page = () =>
    new Response("<!doctype html><title>Open WebUI</title>", { headers: { "content-type": "text/html" } });
  const handler = (request: Request) => {
    const { pathname } = new URL(request.url);
    asked.push(pathname);
    if (/^(\/ollama)?\/api\/version$/.test(pathname)) return Response.json({ version: "0.6.30" });
    if (pathname === "/ollama/api/ps") return Response.json({ models: [] });
    if (pathname === "/ollama/api/tags") return Response.json({ models: [{ name: "m" }] });
    if (pathname === "/api/models") return Response.json({ data: [{ id: "m", owned_by: "ollama" }] });
    if (pathname !== "/api/chat/completions") return page();
    return Response.json({ choices: [{ message: { content: "Done." }, finish_reason: "stop" }] });
  };
  await withServer(handler, async (url) => {
    const failure = await failureOf(detectHost(url, never));
    assert.equal(failure.failure, "protocol");
    assert.match(failure.message, /that of Open WebUI ends in \/ollama or \/api\/models/);
    const kinds = [["ollama", "/ollama"], ["openai", "/api/models"], ["openai", "/api/chat/completions"]] as const;
    for (const [kind, path] of kinds) {
      const host = await openHost({ url: `${url}${path}` }, never);
      assert.equal(host.kind, kind);
      assert.deepEqual((await host.survey(never)).models.map(({ name }) => name), ["m"]);
      if (kind === "openai") assert.equal((await host.chat(chatRequest({ model: "m" }), never)).text, "Done.");
      host.close();
    }
  });
  assert.deepEqual(asked.filter((path) => path === "/v1/chat/completions"), []);
});

Deno.test("a named kind is not asked for", async () => {
  assert.equal((await openHost({ url: "http://127.0.0.1:9", kind: "ollama" }, never)).kind, "ollama");
  assert.equal((await openHost({ url: "http://127.0.0.1:9", kind: "openai" }, never)).kind, "openai");
});

Deno.test("addresses have one form, and what is none is refused with the form wanted", () => {
  assert.equal(hostAddress("localhost:11434").url, "http://localhost:11434");
  assert.equal(hostAddress(" https://example.org/models/v1/ ").url, "https://example.org/models");
  assert.equal(hostAddress("http://127.0.0.1:8080/v1").url, "http://127.0.0.1:8080");
  for (const text of ["", "http://", "ftp://a", "http://a/?b=1"]) {
    assert.throws(
      () => hostAddress(text),
      (error) => error instanceof HostFailure && error.failure === "bad_request",
      text,
    );
  }
});

Deno.test("a key is taken out of the environment, so that no process that we start finds it, and stays known", () => {
  const key = { keyVariable: "AUTONOMY_TEST_TAKEN_KEY" };
  Deno.env.set(key.keyVariable, "s3cret");
  assert.equal(hostAddress("http://a", key).credentials?.header, "Bearer s3cret");
  assert.equal(Deno.env.get(key.keyVariable), undefined);
  assert.equal(hostAddress("http://a", key).credentials?.header, "Bearer s3cret");
});

Deno.test("a key variable that is not set is named", () => {
  assert.throws(
    () => hostAddress("http://a", { keyVariable: "AUTONOMY_TEST_NO_SUCH_KEY" }),
    (error) =>
      error instanceof HostFailure && error.failure === "unauthorized" &&
      /AUTONOMY_TEST_NO_SUCH_KEY/.test(error.message),
  );
});
