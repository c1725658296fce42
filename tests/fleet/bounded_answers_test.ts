import assert from "node:assert/strict";
import { detectHost } from "../../src/fleet/detect_host.ts";
import { openFleet } from "../../src/fleet/fleet.ts";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import { openaiHost } from "../../src/fleet/openai_host.ts";
import { chatRequest, failureOf, withServer } from "./replay.ts";

const never = new AbortController().signal;
const encoder = new TextEncoder();

/** A body that repeats a text for ever, and says how many characters of it were taken until the client hung up. */
function endless(text: string): { readonly body: ReadableStream<Uint8Array>; readonly ended: Promise<number> } {
  const ended = Promise.withResolvers<number>();
  const bytes = encoder.encode(text);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(bytes);
      sent += bytes.length;
    },
    cancel: () => ended.resolve(sent),
  });
  return { body, ended: ended.promise };
}

const KINDS = [
  {
    kind: "ollama",
    host: ollamaHost,
    type: "application/x-ndjson",
    piece: (message: Record<string, unknown>) => `${JSON.stringify({ message, done: false })}\n`,
  },
  {
    kind: "openai",
    host: openaiHost,
    type: "text/event-stream",
    piece: (delta: Record<string, unknown>) => `data: ${JSON.stringify({ choices: [{ delta }] })}\n\n`,
  },
] as const;

for (const { kind, host, type, piece } of KINDS) {
  const call = { function: { name: "read_file", arguments: {} } };
  const replies: Readonly<Record<string, string>> = {
    text: piece({ content: "word ".repeat(1_000) }),
    thinking: piece({ thinking: "hm ".repeat(1_000), reasoning: "hm ".repeat(1_000) }),
    calls: piece({ tool_calls: Array.from({ length: 100 }, (_, index) => ({ ...call, index })) }),
    "pieces without a word": piece({ content: "" }).repeat(100),
    "a line without an end": "x".repeat(10_000),
  };
  for (const [name, text] of Object.entries(replies)) {
    Deno.test(`${kind}: a reply of endless ${name} is ended where what was asked for would be long over`, async () => {
      const { body, ended } = endless(text);
      await withServer(() => new Response(body, { headers: { "content-type": type } }), async (url) => {
        const failure = await failureOf(host(url).chat(chatRequest({ answerLimit: 200 }), never));
        assert.equal(failure.failure, "protocol", failure.message);
        assert.match(failure.message, /at most 200 tokens were asked for|longer than \d+ characters/);
        assert.ok((failure.details.partial ?? "").length < 100_000);
        // What stands in the sockets' buffers was sent, too.
        assert.ok(await ended < 20_000_000);
      });
    });
  }

  Deno.test(`${kind}: a body that is small on the wire and endless when unpacked is given up`, async () => {
    const packed = await packedZeros(200_000_000);
    assert.ok(packed.length < 1_000_000);
    const headers = { "content-encoding": "gzip", "content-type": type };
    await withServer(() => new Response(packed, { headers }), async (url) => {
      assert.match((await failureOf(host(url).survey(never))).message, /is longer than 16777216 characters/);
      assert.match((await failureOf(host(url).chat(chatRequest(), never))).message, /is longer than \d+ characters/);
    });
  });

  Deno.test(`${kind}: of a long error only its beginning is kept, and an endless one is read no further`, async () => {
    for (const text of [`{"error":"${"no ".repeat(5_000)}"}`, `<html>${"no ".repeat(5_000)}`]) {
      await withServer(() => new Response(text, { status: 500 }), async (url) => {
        assert.ok((await failureOf(host(url).chat(chatRequest(), never))).message.length < 2_500);
      });
    }
    const { body, ended } = endless("no ".repeat(10_000));
    await withServer(() => new Response(body, { status: 500 }), async (url) => {
      assert.ok((await failureOf(host(url).chat(chatRequest(), never))).message.length < 2_500);
      assert.ok(await ended < 20_000_000);
    });
  });

  Deno.test(`${kind}: where a server sends us is said, and nothing is sent there`, async () => {
    let asked = 0;
    const elsewhere = (request: Request) => {
      asked++;
      return Response.json({ version: "0", data: [], authorization: request.headers.get("authorization") });
    };
    await withServer(elsewhere, async (other) => {
      const location = `${other.replace("://", "://me:password@")}/api/chat?token=abcdef`;
      for (const status of [301, 302, 303, 307, 308]) {
        await withServer(() => new Response(null, { status, headers: { location } }), async (url) => {
          const open = host(url, { key: "the-key" });
          for (const work of [open.chat(chatRequest(), never), open.survey(never), detectHost(url, never)]) {
            const failure = await failureOf(work);
            assert.equal(failure.failure, "protocol");
            assert.ok(failure.message.includes(`it sends us to ${other}/api/chat (${status})`), failure.message);
            assert.doesNotMatch(failure.message, /password|abcdef/);
          }
        });
      }
    });
    assert.equal(asked, 0);
  });
}

/** Zeros, packed by gzip. */
async function packedZeros(size: number): Promise<Uint8Array<ArrayBuffer>> {
  const piece = new Uint8Array(1_000_000);
  let left = size / piece.length;
  const zeros = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => left-- > 0 ? controller.enqueue(piece) : controller.close(),
  });
  return await new Response(zeros.pipeThrough(new CompressionStream("gzip"))).bytes();
}

Deno.test("of what a host says of itself no more is kept than any host has", async () => {
  const long = "n".repeat(300);
  const models = [
    { name: long },
    { name: "m", digest: long },
    ...Array.from({ length: 20_000 }, (_, i) => ({ name: `m${i}` })),
  ];
  const flood = (request: Request) =>
    Response.json(new URL(request.url).pathname === "/api/version" ? { version: "1".repeat(100_000) } : { models });
  await withServer(flood, async (url) => {
    const fleet = openFleet({ hosts: [{ name: "box", url }], now: () => 0 });
    try {
      await fleet.start(never);
      const [status] = fleet.status();
      assert.equal(status?.state, "up", status?.reason);
      assert.equal(status.version?.length, 200);
      assert.equal(status.models.length, 3_999);
      assert.equal(status.models[0]?.digest.length, 200);
      assert.equal(status.resident.length, 3_999);
    } finally {
      await fleet.close();
    }
  });
});

Deno.test("a download may be told of for a day, and not in a line without an end", async () => {
  const { body, ended } = endless("x".repeat(10_000));
  await withServer(() => new Response(body), async (url) => {
    const failure = await failureOf(ollamaHost(url).pull!("m", never, () => {}));
    assert.match(failure.message, /A line of the answer is longer than 16777216 characters/);
    await ended;
  });
});
