import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { withinBounds } from "../../src/fleet/bounded_fetch.ts";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import { openaiHost } from "../../src/fleet/openai_host.ts";
import { chatRequest, failureOf, withServer } from "./replay.ts";

const never = new AbortController().signal;
const encoder = new TextEncoder();

/** A server of plain sockets: it reads one request, plays its part, then says whether the client hung up. */
async function withSocket(
  play: (connection: Deno.TcpConn) => Promise<void>,
  use: (url: string, hungUp: Promise<void>) => Promise<void>,
): Promise<void> {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const hungUp = Promise.withResolvers<void>();
  const served = (async () => {
    const connection = await listener.accept();
    const buffer = new Uint8Array(65_536);
    await connection.read(buffer);
    await play(connection);
    // A client that goes away ends the read, by its end or by a reset.
    while (await connection.read(buffer).catch(() => null) !== null);
    hungUp.resolve();
    try {
      connection.close();
    } catch (error) {
      assert.ok(error instanceof Deno.errors.BadResource);
    }
  })();
  try {
    await use(`http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`, hungUp.promise);
    await served;
  } finally {
    listener.close();
  }
}

/** Writes the head of an answer whose body comes in chunks. */
const head = (type: string) => `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n`;

/** Writes a chunk of such a body. */
const chunk = (text: string | Uint8Array) => {
  const bytes = typeof text === "string" ? encoder.encode(text) : text;
  const size = encoder.encode(`${bytes.length.toString(16)}\r\n`);
  return new Uint8Array([...size, ...bytes, 13, 10]);
};

const KINDS = [
  {
    kind: "ollama",
    host: ollamaHost,
    type: "application/x-ndjson",
    piece: (text: string) => `${JSON.stringify({ message: { content: text }, done: false })}\n`,
    opening: null,
    end: `${JSON.stringify({ message: { content: "" }, done: true, done_reason: "stop" })}\n`,
  },
  {
    kind: "openai",
    host: openaiHost,
    type: "text/event-stream",
    piece: (text: string) => `data: ${JSON.stringify({ choices: [{ delta: { content: text } }] })}\n\n`,
    opening: `data: ${JSON.stringify({ choices: [{ delta: { role: "assistant", content: null } }] })}\n\n`,
    end: `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: "stop" }] })}\n\ndata: [DONE]\n\n`,
  },
] as const;

/** Collects garbage now: a Response that nothing holds is gone afterwards. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

for (const { kind, host, type, piece, opening, end } of KINDS) {
  Deno.test(`${kind}: cancelling before the headers is cancelled, and the server sees it`, async () => {
    const reached = Promise.withResolvers<void>();
    await withSocket(() => Promise.resolve(reached.resolve()), async (url, hungUp) => {
      const cancel = new AbortController();
      const chat = failureOf(host(url).chat(chatRequest(), cancel.signal));
      await reached.promise;
      cancel.abort();
      assert.equal((await chat).failure, "cancelled");
      await hungUp;
    });
  });

  Deno.test(`${kind}: cancelling in mid-stream is cancelled after a garbage collection too, keeps the text, and the server sees it`, async () => {
    await withSocket(async (connection) => {
      await connection.write(encoder.encode(head(type)));
      await connection.write(chunk(piece("so far")));
    }, async (url, hungUp) => {
      const cancel = new AbortController();
      const told = Promise.withResolvers<void>();
      const chat = failureOf(host(url).chat(chatRequest(), cancel.signal, () => told.resolve()));
      await told.promise;
      collectGarbage();
      cancel.abort();
      const failure = await chat;
      assert.deepEqual([failure.failure, failure.details.partial], ["cancelled", "so far"]);
      await hungUp;
    });
  });

  Deno.test(`${kind}: an answer that is read whole and never ends is given up before it fills the memory, and the server sees it`, async () => {
    await withSocket(async (connection) => {
      await connection.write(encoder.encode("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n"));
      const part = encoder.encode("a".repeat(1_000_000));
      // It goes on for ever: only the client's hanging up ends it.
      while (await connection.write(part).then(() => true, () => false));
    }, async (url, hungUp) => {
      const failure = await failureOf(host(url).survey(never));
      assert.equal(failure.failure, "protocol");
      assert.match(failure.message, /is longer than 16777216 characters/);
      await hungUp;
    });
  });

  Deno.test(`${kind}: a signal that is aborted already sends nothing`, async () => {
    let asked = 0;
    await withServer(() => new Response(String(asked++)), async (url) => {
      assert.equal((await failureOf(host(url).chat(chatRequest(), AbortSignal.abort()))).failure, "cancelled");
      assert.equal(asked, 0);
    });
  });

  Deno.test(`${kind}: closing the host cancels what is open`, async () => {
    const reached = Promise.withResolvers<void>();
    await withSocket(() => Promise.resolve(reached.resolve()), async (url, hungUp) => {
      const opened = host(url);
      const chat = failureOf(opened.chat(chatRequest(), never));
      await reached.promise;
      opened.close();
      assert.equal((await chat).failure, "cancelled");
      await hungUp;
    });
  });

  Deno.test(`${kind}: no first token in time is first_token_timeout, also when the message was opened`, async () => {
    await withSocket(async (connection) => {
      await connection.write(encoder.encode(head(type)));
      if (opening !== null) await connection.write(chunk(opening));
    }, async (url, hungUp) => {
      const bounds = { firstTokenMs: 60, idleMs: 10, totalMs: 20_000 };
      assert.equal((await failureOf(host(url).chat(chatRequest({ bounds }), never))).failure, "first_token_timeout");
      await hungUp;
    });
  });

  Deno.test(`${kind}: a stall after the first token is idle_timeout and keeps the text`, async () => {
    await withSocket(async (connection) => {
      await connection.write(encoder.encode(head(type)));
      await connection.write(chunk(piece("so far")));
    }, async (url, hungUp) => {
      const bounds = { firstTokenMs: 20_000, idleMs: 50, totalMs: 20_000 };
      const failure = await failureOf(host(url).chat(chatRequest({ bounds }), never));
      assert.deepEqual([failure.failure, failure.details.partial], ["idle_timeout", "so far"]);
      await hungUp;
    });
  });

  Deno.test(`${kind}: a reply that never ends is total_timeout`, async () => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const body = () =>
      new ReadableStream<Uint8Array>({
        start: (controller) => void (timer = setInterval(() => controller.enqueue(encoder.encode(piece("x"))), 5)),
        cancel: () => clearInterval(timer),
      });
    await withServer(() => new Response(body(), { headers: { "content-type": type } }), async (url) => {
      const bounds = { firstTokenMs: 20_000, idleMs: 20_000, totalMs: 80 };
      assert.equal((await failureOf(host(url).chat(chatRequest({ bounds }), never))).failure, "total_timeout");
    });
    clearInterval(timer);
  });

  Deno.test(`${kind}: a connection that drops in mid-stream is cut_off and keeps the text`, async () => {
    await withSocket(async (connection) => {
      await connection.write(encoder.encode(head(type)));
      await connection.write(chunk(piece("so far")));
      connection.close();
    }, async (url) => {
      const failure = await failureOf(host(url).chat(chatRequest(), never));
      assert.deepEqual([failure.failure, failure.details.partial], ["cut_off", "so far"]);
    });
  });

  Deno.test(`${kind}: a connection that drops before the answer, is refused, or has no address is unreachable`, async () => {
    await withSocket((connection) => Promise.resolve(connection.close()), async (url) => {
      assert.equal((await failureOf(host(url).chat(chatRequest(), never))).failure, "unreachable");
    });
    const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
    const { port } = listener.addr as Deno.NetAddr;
    listener.close();
    const refused = await failureOf(host(`http://127.0.0.1:${port}`).survey(never));
    assert.equal(refused.failure, "unreachable");
    assert.match(refused.message, /refused.*Start the server, or correct its address\.$/);
    assert.equal((await failureOf(host("http://nowhere.invalid").chat(chatRequest(), never))).failure, "unreachable");
  });

  Deno.test(`${kind}: characters that are cut between packets arrive whole`, async () => {
    const bytes = encoder.encode(piece("héllo – 日本 🙂") + end);
    await withSocket(async (connection) => {
      connection.setNoDelay(true);
      await connection.write(encoder.encode(head(type)));
      for (const byte of bytes) await connection.write(chunk(Uint8Array.of(byte)));
      await connection.write(encoder.encode("0\r\n\r\n"));
      connection.close();
    }, async (url) => {
      assert.equal((await host(url).chat(chatRequest(), never)).text, "héllo – 日本 🙂");
    });
  });

  Deno.test(`${kind}: a server that keeps the stream open after its last piece does not hold the reply back`, async () => {
    await withSocket(async (connection) => {
      await connection.write(encoder.encode(head(type)));
      await connection.write(chunk(piece("all") + end));
    }, async (url, hungUp) => {
      assert.equal((await host(url).chat(chatRequest(), never)).text, "all");
      await hungUp;
    });
  });

  Deno.test(`${kind}: an answer that is not JSON is a protocol failure of the survey`, async () => {
    await withServer(() => new Response("<html>hello</html>"), async (url) => {
      assert.equal((await failureOf(host(url).survey(never))).failure, "protocol");
    });
  });
}

Deno.test("a piece that is still worked on when its request was called off starts no bound anew", async () => {
  const stop = new AbortController();
  const late = Promise.withResolvers<void>();
  const ask = {
    what: "A chat",
    bounds: { firstTokenMs: 60_000, idleMs: 60_000, totalMs: 60_000 },
    signals: [stop.signal],
    credentials: null,
    client: null,
  };
  const worked = Promise.withResolvers<void>();
  const asked = withinBounds(ask, async ({ progress, settle }) => {
    await late.promise;
    progress();
    settle();
    worked.resolve();
  });
  stop.abort();
  await assert.rejects(asked, { failure: "cancelled" });
  late.resolve();
  // A timer that it starts would be left over: the test would fail by that.
  await worked.promise;
});
