import assert from "node:assert/strict";
import type { Fault } from "../../src/rehearsal/faults.ts";
import { chatBody, lines, model, post, withServer } from "./given_server.ts";

/** What a client sees under a fault: the status, the lines that arrived, and whether the connection broke. */
async function under(fault: Fault, body = chatBody("one two three four five")): Promise<{
  status: number;
  text: string;
  broken: boolean;
  after: number;
}> {
  let seen = { status: 0, text: "", broken: false, after: 0 };
  await withServer({ faults: [fault] }, async (server) => {
    const response = await post(server, "/api/chat", body);
    let text = "";
    let broken = false;
    try {
      for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += piece;
    } catch {
      broken = true;
    }
    const again = await post(server, "/api/chat", body);
    await again.text();
    seen = { status: response.status, text, broken, after: again.status };
  });
  return seen;
}

Deno.test("a status fault answers so many requests with its status and text, then is gone", async () => {
  const seen = await under({ kind: "status", code: 500, text: "llama-server process has terminated", requests: 1 });
  assert.deepEqual(seen, {
    status: 500,
    text: '{"error":"llama-server process has terminated"}',
    broken: false,
    after: 200,
  });
});

Deno.test("a busy server answers in its own words", async () => {
  const seen = await under({ kind: "busy", requests: 1 });
  assert.equal(seen.status, 503);
  assert.equal(seen.text, '{"error":"server busy, please try again.  maximum pending requests exceeded"}');
});

Deno.test("a dropped connection breaks the body after its lines", async () => {
  const seen = await under({ kind: "drop", afterLines: 2, requests: 1 });
  assert.equal(seen.broken, true);
  assert.ok(!seen.text.includes('"done":true'));
  assert.equal(seen.after, 200);
});

Deno.test("a stream without its end ends properly but never says done", async () => {
  const seen = await under({ kind: "no_done", afterLines: 2, requests: 1 });
  assert.equal(seen.broken, false);
  assert.equal(seen.text.trim().split("\n").length, 2);
  assert.ok(!seen.text.includes('"done":true'));
});

Deno.test("an error line ends the stream, as when the runner was killed", async () => {
  const seen = await under({ kind: "error_line", afterLines: 2, requests: 1 });
  assert.equal(seen.status, 200);
  assert.deepEqual(JSON.parse(seen.text.trim().split("\n").at(-1) ?? ""), {
    error: "an error was encountered while running the model: unexpected EOF",
  });
});

Deno.test("a garbage line stands between good ones", async () => {
  const seen = await under({ kind: "garbage_line", afterLines: 1, text: "<html>", requests: 1 });
  const all = seen.text.trim().split("\n");
  assert.equal(all[1], "<html>");
  assert.ok(all.at(-1)?.includes('"done":true'));
});

Deno.test("a swallowed reply leaves nothing but its count", async () => {
  const seen = await under({ kind: "swallow", requests: 1 });
  const [only, ...more] = seen.text.trim().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(more, []);
  assert.equal((only?.message as { content: string }).content, "");
  assert.ok(Number(only?.eval_count) > 1);
});

Deno.test("a lying server reports another count of the prompt", async () => {
  const seen = await under({ kind: "lying_count", promptTokens: 7, requests: 1 });
  assert.equal((JSON.parse(seen.text.trim().split("\n").at(-1) ?? "") as Record<string, unknown>).prompt_eval_count, 7);
});

Deno.test("silent truncation cuts what the request forbids to cut, and says nothing", async () => {
  const long = chatBody("word ".repeat(4000), {
    truncate: false,
    shift: false,
    options: { num_ctx: 1024, num_predict: 5 },
  });
  const seen = await under({ kind: "silent_truncation", requests: 1 }, long);
  const last = JSON.parse(seen.text.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
  assert.equal(last.prompt_eval_count, 514);
  assert.equal(seen.after, 400);
});

Deno.test("a slow load is counted in load_duration", async () => {
  const seen = await under({ kind: "slow_load", ms: 20, requests: 1 });
  const last = JSON.parse(seen.text.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
  assert.ok(Number(last.load_duration) >= 19_000_000);
});

Deno.test("a model that thinks sends its thoughts first, and none where thinking is off", async () => {
  const thinker = { ...model("thinker", () => ({ text: "42", thinking: "Let me see." })), thinks: true };
  await withServer({ models: [thinker] }, async (server) => {
    const ask = async (think?: boolean) =>
      (await lines(await post(server, "/api/chat", chatBody("?", { model: "thinker", stream: false, think }))))[0]
        ?.message;
    assert.deepEqual(await ask(), { role: "assistant", content: "42", thinking: "Let me see." });
    assert.deepEqual(await ask(false), { role: "assistant", content: "42" });
  });
});
