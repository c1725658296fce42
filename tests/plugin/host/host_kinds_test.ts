import assert from "node:assert/strict";
import { offeredKind } from "../../../src/fleet/offered_kind.ts";
import type { HostKey } from "../../../src/ports/host_kind.ts";
import { type ChatPiece, type ChatReply, type ChatRequest, HostFailure } from "../../../src/ports/model_host.ts";
import type { Offer } from "../../../src/plugin/offer.ts";
import { ManualClock } from "../../fakes/manual_clock.ts";
import { type Hosted, withHosted } from "./hosted.ts";

/** How often it is looked whether a process answers, ms. */
const LOOK_MS = 5_000;
/** How long a call goes on after its signal, ms. */
const GRACE_MS = 2_000;

/** A plugin with kinds of hosts, each by its name and the body of its `chat`; their surveys reach the server. */
const kinds = (chats: Readonly<Record<string, string>>, more = "") =>
  `import { definePlugin, HostFailure } from "autonomy";
const until = (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
export default definePlugin({ name: "kinds", hosts: [${
    Object.entries(chats).map(([kind, body]) =>
      `{
    kind: "${kind}",
    async survey({ url, headers }, signal) { return await (await fetch(url + "/survey", { headers, signal })).json(); },
    async chat(server, request, { signal, tell }) { ${body} },
    ${more}
  }`
    ).join(",")
  }] });
`;

/** A chat that is well. */
const GOOD = {
  good: 'tell({ text: "He" }); tell({ thinking: "so" }); return { text: "Hello", promptTokens: 7, heldTokens: 4 };',
};

const request = (words: string, bounds: Partial<ChatRequest["bounds"]> = {}, answerLimit = 100): ChatRequest => ({
  model: "m",
  messages: [{ role: "user", content: words }],
  window: 4096,
  answerLimit,
  temperature: 0,
  seed: 1,
  bounds: { firstTokenMs: 60_000, idleMs: 60_000, totalMs: 60_000, ...bounds },
});

/** Opens a server as a host of a kind. */
function hostOf(offer: Offer, kind: string, url = "http://127.0.0.1:1", key: HostKey = {}) {
  const offered = offer.hosts.find((one) => one.kind === kind);
  return offeredKind(offered!).open(url, key);
}

/** How a chat with a host of a kind fails. */
async function failureOf(offer: Offer, kind: string, asked = request("")): Promise<HostFailure> {
  const host = hostOf(offer, kind);
  const failed = await host.chat(asked, new AbortController().signal).then(() => null, (error: unknown) => error);
  host.close();
  assert.ok(failed instanceof HostFailure, `${kind}: ${failed}`);
  return failed;
}

/** Opens bad kinds of hosts beside a good one, and makes sure that the good one works before and after. */
function beside(
  chats: Readonly<Record<string, string>>,
  test: (offer: Offer, hosted: Hosted) => Promise<void>,
  clock?: ManualClock,
): Promise<void> {
  return withHosted({ "plugins/kinds.ts": kinds({ ...GOOD, ...chats }) }, async (hosted) => {
    const offer = await hosted.open("kinds.ts");
    const good = async () =>
      assert.equal((await hostOf(offer, "good").chat(request(""), new AbortController().signal)).text, "Hello");
    await good();
    await test(offer, hosted);
    await good();
  }, { timer: clock?.timer });
}

/** Serves a test on loopback. */
async function serving(
  handler: (request: Request) => Response | Promise<Response>,
  test: (url: string) => Promise<void>,
): Promise<void> {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handler);
  try {
    await test(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    await server.shutdown();
  }
}

Deno.test("a kind of host is asked in its process: pieces come as they are told, what it leaves out is not known", () =>
  withHosted({
    "plugins/kinds.ts": kinds(GOOD, "count: async (_server, _model, text) => text.length,"),
  }, async (hosted) => {
    const offer = await hosted.open("kinds.ts");
    const told = { models: [{ name: "m", size: "7B" }], version: "3" };
    await serving(() => Response.json(told), async (url) => {
      const host = hostOf(offer, "good", `${url}/deep/`);
      const { signal } = new AbortController();
      assert.equal(host.url, `${url}/deep`);
      const survey = await host.survey(signal);
      assert.deepEqual(survey.models, [{ name: "m", digest: "", bytes: null, size: "7B" }]);
      assert.deepEqual([survey.version, survey.residentUnknown, survey.slots], ["3", true, null]);
      const pieces: ChatPiece[] = [];
      const reply: ChatReply = await host.chat(request("Hello?"), signal, (piece) => pieces.push(piece));
      assert.deepEqual(pieces, [{ text: "He" }, { thinking: "so" }]);
      assert.deepEqual([reply.text, reply.endedBy, reply.answerTokens], ["Hello", "stop", null]);
      assert.deepEqual([reply.promptTokens, reply.heldTokens], [7, 4]);
      assert.deepEqual(reply.calls, []);
      assert.equal((await host.abilities("m", signal)).tools, false);
      assert.equal(await host.count("m", "seven", signal), 5);
      assert.equal(await host.render(request(""), signal), null);
      host.close();
    });
  }));

Deno.test("a kind of host that throws, ends its process or gives what is no answer fails the one ask, by its class", () =>
  beside({
    throws: 'throw new TypeError("no such thing");',
    refuses: 'throw new HostFailure("busy", "Come later.", { retryAfterMs: 3000 });',
    pretends: 'throw new HostFailure("cancelled", "It was you.");',
    exits: "Deno.exit(3);",
    shape: "return { words: 3 };",
    number: 'return { text: "x", promptTokens: "many" };',
    piece: 'tell({ text: 7 }); return { text: "" };',
  }, async (offer) => {
    const throws = await failureOf(offer, "throws");
    assert.equal(throws.failure, "protocol");
    assert.equal(throws.message, "The chat with m on http://127.0.0.1:1: its plugin failed: no such thing");
    const refuses = await failureOf(offer, "refuses");
    assert.deepEqual([refuses.failure, refuses.details.retryAfterMs], ["busy", 3000]);
    assert.match(refuses.message, /: Come later\./);
    assert.equal((await failureOf(offer, "pretends")).failure, "protocol");
    const exits = await failureOf(offer, "exits");
    assert.equal(exits.failure, "crashed");
    assert.match(
      exits.message,
      /The plugin kinds ended with code 3\. .*Its process is started again for the next ask\.$/,
    );
    for (const [kind, place] of [["shape", "text: "], ["number", "promptTokens: "]] as const) {
      const { failure, message } = await failureOf(offer, kind);
      assert.equal(failure, "protocol");
      assert.ok(message.includes(`its kind "${kind}" gave what is no answer to that (${place}`), message);
    }
    assert.match((await failureOf(offer, "piece")).message, /A piece of a reply must be \{ text \} or \{ thinking \}/);
  }));

Deno.test("a kind of host that never answers, or stops in the middle, is given up by the bounds of its ask", () =>
  beside({
    waits: "await new Promise(() => {});",
    stops: 'tell({ text: "Once" }); await new Promise(() => {});',
  }, async (offer) => {
    assert.equal((await failureOf(offer, "waits", request("", { firstTokenMs: 20 }))).failure, "first_token_timeout");
    const stopped = await failureOf(offer, "stops", request("", { idleMs: 20 }));
    assert.deepEqual([stopped.failure, stopped.details.partial], ["idle_timeout", "Once"]);
  }));

Deno.test("a kind of host in a loop without end is ended with its process", () => {
  const clock = new ManualClock();
  return beside(
    { spins: 'tell({ text: "" }); await new Promise((go) => setTimeout(go, 0)); for (;;);' },
    async (offer) => {
      const { promise: begun, resolve } = Promise.withResolvers<void>();
      const host = hostOf(offer, "spins");
      const spinning = host.chat(request(""), new AbortController().signal, () => resolve());
      const over = assert.rejects(spinning, { failure: "crashed", message: /answered nothing for 15 s/ });
      await begun;
      for (let looks = 0; looks < 3; looks++) clock.pass(LOOK_MS);
      await over;
      host.close();
    },
    clock,
  );
});

Deno.test("a reply that is larger than was asked for is ended, whole or in pieces, and one that goes on ends its process", () =>
  beside({
    whole: 'return { text: "x".repeat(1 << 20) };',
    pieces: 'for (let count = 0; count < 1000; count++) tell({ text: "x".repeat(1 << 12) }); await until(signal);',
    large: 'return { text: "x".repeat(40 << 20) };',
    waits: "await until(signal);",
    floods: 'for (;;) { tell({ text: "x" }); await new Promise((go) => setTimeout(go, 0)); }',
  }, async (offer, hosted) => {
    for (const kind of ["whole", "pieces"]) {
      const { failure, message } = await failureOf(offer, kind);
      assert.equal(failure, "protocol");
      assert.match(message, /at most 100 tokens were asked for, and the reply went on beyond \d+ characters/);
    }
    assert.match((await failureOf(offer, "large")).message, /gave more than 32 MB at once/);
    const waiting = failureOf(offer, "waits");
    const off = new AbortController();
    const flooding = hostOf(offer, "floods").chat(request(""), off.signal, () => off.abort());
    await assert.rejects(flooding, { failure: "cancelled" });
    const { failure, message } = await waiting;
    assert.equal(failure, "crashed", "what is open beside it is told");
    assert.match(message, /went on with a reply that was called off/);
    assert.deepEqual(await hosted.left(), [], "its process does not stay");
  }));

Deno.test("what is called off is called off in the plugin, which lets its server know", () => {
  const begun = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  return serving(async ({ signal }) => {
    signal.addEventListener("abort", () => gone.resolve());
    begun.resolve();
    await gone.promise;
    return new Response();
  }, (url) =>
    withHosted({
      "plugins/kinds.ts": kinds({ asks: "return { text: await (await fetch(server.url, { signal })).text() };" }),
    }, async (hosted) => {
      const host = hostOf(await hosted.open("kinds.ts"), "asks", url);
      const off = new AbortController();
      const over = assert.rejects(host.chat(request(""), off.signal), { failure: "cancelled" });
      await begun.promise;
      off.abort();
      await over;
      await gone.promise;
      host.close();
    }));
});

Deno.test("what comes late of chats that were called off ends nothing, however many there were", () => {
  const clock = new ManualClock();
  return beside({
    late: `tell({ text: "x" }); await new Promise((go) => (globalThis.late ??= []).push(go));
      for (let count = 0; count < 600; count++) tell({ text: "x" }); return { text: "" };`,
    goes: 'for (const go of globalThis.late) go(); await 0; return { text: "gone" };',
  }, async (offer, hosted) => {
    const process = await hosted.processes();
    for (let chats = 0; chats < 2; chats++) {
      const off = new AbortController();
      await assert.rejects(hostOf(offer, "late").chat(request(""), off.signal, () => off.abort()), {
        failure: "cancelled",
      });
    }
    clock.pass(GRACE_MS);
    assert.equal((await hostOf(offer, "goes").chat(request(""), new AbortController().signal)).text, "gone");
    assert.deepEqual(await hosted.processes(), process, "the same");
  }, clock);
});

Deno.test("a kind of host reaches the addresses of its hosts while they are open, with their keys, and nothing else", () => {
  const seen: (string | null)[] = [];
  const handler = ({ headers }: Request) => {
    seen.push(headers.get("authorization"));
    return Response.json({ models: [] });
  };
  const fetches = "return { text: await (await fetch(request.messages[0].content, { signal })).text() };";
  return withHosted(
    { "plugins/kinds.ts": kinds({ asks: fetches }) },
    (hosted) =>
      serving(handler, (first) =>
        serving(handler, async (second) => {
          const offer = await hosted.open("kinds.ts");
          const { signal } = new AbortController();
          const one = hostOf(offer, "asks", first, { key: "s3cret" });
          await one.survey(signal);
          assert.deepEqual(seen, ["Bearer s3cret"]);
          const closed = {
            failure: "bad_request",
            message:
              /The kind of host asks may not connect to "?127\.0\.0\.1:\d+"?: its plugin kinds does not ask for it/,
          };
          await assert.rejects(one.chat(request(second), signal), closed);
          const other = hostOf(offer, "asks", second);
          assert.equal((await other.chat(request(second), signal)).text, '{"models":[]}');
          assert.equal((await other.chat(request(first), signal)).text, '{"models":[]}');
          one.close();
          await assert.rejects(other.chat(request(first), signal), closed);
          other.close();
        })),
  );
});

Deno.test("a server that is not there is told as such, and a key stands in no message", () =>
  beside({ leaks: "throw new Error(JSON.stringify(server.headers));" }, async (offer) => {
    const { signal } = new AbortController();
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    listener.close();
    const away = hostOf(offer, "good", `http://127.0.0.1:${listener.addr.port}`);
    await assert.rejects(away.survey(signal), { failure: "unreachable", message: /connection refused/ });
    away.close();
    const leaks = hostOf(offer, "leaks", "http://127.0.0.1:1", { key: "s3cret" });
    const failed: unknown = await leaks.chat(request(""), signal).catch((error: unknown) => error);
    assert.ok(failed instanceof HostFailure && failed.message.includes("authorization"));
    assert.ok(!failed.message.includes("s3cret"), failed.message);
    leaks.close();
  }));

Deno.test("a project's plugin brings no kinds of hosts, and nobody one that comes with Autonomy", () =>
  withHosted({ "plugins/kinds.ts": kinds({ openai: "" }) }, async (hosted) => {
    await assert.rejects(
      hosted.open("kinds.ts"),
      /hosts: the kind "openai" comes with Autonomy; give yours another name/,
    );
    await Deno.mkdir(`${hosted.project}/plugins`);
    await Deno.writeTextFile(`${hosted.project}/plugins/kinds.ts`, kinds(GOOD));
    await assert.rejects(
      hosted.open("kinds.ts", { origin: "project" }),
      /hosts: a project's plugins bring none, since all that is said to a model goes through its host/,
    );
  }));
