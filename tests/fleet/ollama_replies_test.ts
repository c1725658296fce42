import assert from "node:assert/strict";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import { chatRequest, resultOf, withServer } from "./replay.ts";

const never = new AbortController().signal;
const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const text = (content: string | null) => line({ message: { role: "assistant", content }, done: false });
const done = line({ message: { role: "assistant", content: "" }, done: true, done_reason: "stop" });

/** What stands on Ollama's wire behind gateways: the text that is read, or the class of the failure. */
const ROWS: readonly (readonly [what: string, body: string, made: string, type?: string | null])[] = [
  ["an empty error beside the text", line({ error: "", message: { content: "hello" } }) + done, "hello"],
  ["an error that is null", line({ error: null, message: { content: "hello" }, done: false }) + done, "hello"],
  ["an empty object between the pieces", `${text("hel")}{}\n${text("lo")}${done}`, "hello"],
  ["blank lines and comments", `\n\n${text("hel")}\n: keep-alive\n${text("lo")}${done}`, "hello"],
  [
    "lines that a gateway made events of",
    (text("hello") + done).split("\n").map((one) => `data: ${one}\n\n`).join(""),
    "hello",
    "text/event-stream",
  ],
  [
    "a message that is null at the end",
    `${text("hello")}${line({ message: null, done: true, done_reason: null })}`,
    "hello",
  ],
  [
    "counts that are null at the end",
    text("hello") +
    line({ done: true, done_reason: "stop", prompt_eval_count: null, eval_count: null, load_duration: null }),
    "hello",
  ],
  ["content that is null", `${text(null)}${text("hello")}${done}`, "hello"],
  ["carriage returns alone", (text("hello") + done).replaceAll("\n", "\r"), "hello"],
  ["a byte order mark and no label", `\ufeff${text("hello")}${done}`, "hello", null],
  ["a label of another kind", text("hello") + done, "hello", "text/html"],
  ["an error with its text", text("hel") + line({ error: "llama runner process has terminated" }), "load_failed"],
  ["an error that is an object", line({ error: { message: "server overloaded" } }), "busy"],
  ["a stream that only ends", text("hello"), "cut_off"],
  ["a line of another wire", line({ choices: [] }), "protocol"],
];

Deno.test("what Ollama had of a prompt is told where the server counts it", async () => {
  const told: unknown[] = [];
  const counts = [{ prompt_eval_count: 1_200, prompt_eval_cached_count: 206 }, { prompt_eval_count: 1_200 }];
  for (const count of counts) {
    const body = text("hello") +
      line({ message: { role: "assistant", content: "" }, done: true, done_reason: "stop", ...count });
    const headers = { "content-type": "application/x-ndjson" };
    await withServer(() => new Response(body, { headers }), async (url) => {
      const host = ollamaHost(url);
      const { promptTokens, heldTokens } = await host.chat(chatRequest(), never);
      told.push([promptTokens, heldTokens]);
      host.close();
    });
  }
  assert.deepEqual(told, [[1_200, 206], [1_200, undefined]]);
});

Deno.test("Ollama's wire is read as leniently as gateways write it", async (t) => {
  let current = ROWS[0]!;
  const handler = () => {
    const [, body, , type = "application/x-ndjson"] = current;
    return new Response(new TextEncoder().encode(body), { headers: type === null ? {} : { "content-type": type } });
  };
  await withServer(handler, async (url) => {
    const host = ollamaHost(url);
    for (const row of ROWS) {
      await t.step(row[0], async () => {
        current = row;
        const { failure, reply } = await resultOf(host.chat(chatRequest(), never));
        assert.equal(failure ?? (reply as { text: string }).text, row[2]);
      });
    }
    host.close();
  });
});
