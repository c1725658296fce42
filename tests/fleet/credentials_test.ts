import assert from "node:assert/strict";
import { detectHost, openHost } from "../../src/fleet/detect_host.ts";
import { hostAddress, shownAddress } from "../../src/fleet/host_address.ts";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import { openaiHost } from "../../src/fleet/openai_host.ts";
import { HostFailure } from "../../src/ports/model_host.ts";
import { chatRequest, failureOf, withServer } from "./replay.ts";

const never = new AbortController().signal;

/** `me@home` and `pä:ss wörd`, as they stand in an address and in the header. */
const IN_ADDRESS = "me%40home:p%C3%A4:ss%20w%C3%B6rd";
const IN_HEADER = `Basic ${new TextEncoder().encode("me@home:pä:ss wörd").toBase64()}`;
const SECRET = /p%C3|pä:ss|wörd|bWVAaG9tZ/;

const withCredentials = (url: string) => url.replace("://", `://${IN_ADDRESS}@`);

Deno.test("a name and a password in an address are sent as Basic authorization, and stand in no message", async () => {
  const gate = (request: Request) => {
    const given = request.headers.get("authorization");
    if (given !== IN_HEADER) return new Response("who are you?", { status: 401 });
    if (new URL(request.url).pathname === "/api/version") return Response.json({ version: "1" });
    // A server that tells what it was sent.
    return Response.json({ error: `no, ${given}, ${IN_ADDRESS}, pä:ss wörd` }, { status: 500 });
  };
  await withServer(gate, async (plain) => {
    const url = withCredentials(plain);
    assert.equal((await detectHost(url, never)).kind, "ollama");
    assert.equal((await failureOf(detectHost(plain, never))).failure, "unauthorized");
    for (const host of [await openHost({ url }, never), ollamaHost(url), openaiHost(`${url}/v1`)]) {
      assert.equal(host.url, plain);
      const failure = await failureOf(host.chat(chatRequest(), never));
      assert.equal(failure.failure, "crashed");
      assert.match(failure.message, /no, Basic …, …, …/);
      assert.doesNotMatch(failure.message, SECRET);
    }
  });
});

Deno.test("what is wrong with an address is said without its password", async () => {
  const refused = [
    () => hostAddress(`http://${IN_ADDRESS}@`),
    () => hostAddress(`ftp://${IN_ADDRESS}@box`),
    () => hostAddress(`http://${IN_ADDRESS}/@box:x`),
    () => hostAddress(`http://${IN_ADDRESS}@box/?a=b`),
    () => hostAddress(`http://${IN_ADDRESS}@box`, { key: "k" }),
    () => hostAddress(`http://${IN_ADDRESS}@box`, { keyVariable: "HOME" }),
  ];
  for (const refuse of refused) {
    assert.throws(refuse, (error) => {
      assert.ok(error instanceof HostFailure);
      assert.equal(error.failure, "bad_request");
      assert.doesNotMatch(Deno.inspect(error), SECRET);
      return true;
    });
  }
  const unknown = await failureOf(openHost({ url: `http://${IN_ADDRESS}@box`, kind: "other" }, never));
  assert.doesNotMatch(unknown.message, SECRET);
});

Deno.test("an address is shown without what stands before its last @", () => {
  assert.equal(shownAddress("http://a:b@c@box:1/v1"), "http://…@box:1/v1");
  assert.equal(shownAddress("a:b@box"), "…@box");
  assert.equal(shownAddress("http://box:1/v1"), "http://box:1/v1");
});
