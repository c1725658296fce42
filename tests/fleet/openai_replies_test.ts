import assert from "node:assert/strict";
import { openaiHost } from "../../src/fleet/openai_host.ts";
import { HostFailure } from "../../src/ports/model_host.ts";
import { chatRequest, withServer } from "./replay.ts";

const never = new AbortController().signal;
const sse = "text/event-stream";
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const choice = (value: Record<string, unknown>) => event({ id: "c", choices: [{ index: 0, ...value }] });
const text = (content: unknown, finish: unknown = null) => choice({ delta: { content }, finish_reason: finish });
const part = (delta: Record<string, unknown>) => choice({ delta, finish_reason: null });
const end = choice({ delta: {}, finish_reason: "stop" });
const done = "data: [DONE]\n\n";
const counted = (more: Record<string, unknown> = { choices: [] }) =>
  event({ ...more, usage: { prompt_tokens: 3, completion_tokens: 1 } });
const hello = text("hello") + end + done;
const calls = (...tool_calls: readonly unknown[]) => part({ tool_calls });
const fragment = (index: number | null, id: string | null, name: string | null, given?: unknown) => ({
  ...(index === null ? {} : { index }),
  ...(id === null ? {} : { id, type: "function" }),
  function: { ...(name === null ? {} : { name }), ...(given === undefined ? {} : { arguments: given }) },
});
const ended = choice({ delta: {}, finish_reason: "tool_calls" }) + done;

/** What is made of a body: a text, `thinking | text`, calls, or the class of a failure and what its message holds. */
type Made = string | readonly (readonly [string, unknown])[] | { readonly failure: string; readonly says?: RegExp };
type Row = readonly [what: string, body: string, made: Made, type?: string | null];

const WHOLE: readonly Row[] = [
  ["a finish reason and the counts, without [DONE]", text("hello") + end + counted(), "hello"],
  ["a finish reason alone", text("hello") + end, "hello"],
  ["a finish reason in the event of the last piece", text("hello", "stop"), "hello"],
  ["an empty finish reason with each piece, and [DONE]", text("he", "") + text("llo", "") + done, "hello"],
  ["the finish reason `null` as a word with each piece", text("he", "null") + text("llo", "null") + done, "hello"],
  ["[DONE] alone", text("hello") + done, "hello"],
  ["[DONE] without a line end", text("hello") + "data: [DONE]", "hello"],
  ["[DONE] in quotes, in small letters", text("hello") + 'data: "[done]"\n\n', "hello"],
  ["`done` as another wire says it", text("hello") + event({ done: true }), "hello"],
  ["the counts alone at the end", text("hello") + counted(), "hello"],
  ["a reason of a gateway's own", text("hello", "eos_token"), "hello"],
  [
    "the whole message behind its parts",
    text("hel") + text("lo") + choice({ message: { content: "hello" } }) + done,
    "hello",
  ],
  ["nothing of all that", text("hello"), { failure: "cut_off", says: /without a finish reason, \[DONE\] or a count/ }],
  ["an empty finish reason and nothing more", text("hello", ""), { failure: "cut_off" }],
  ["counts with a piece, which goes on", counted({ choices: [{ delta: { content: "he" } }] }), { failure: "cut_off" }],
  ["counts before the first piece", counted() + text("hello"), { failure: "cut_off" }],
  ["a reason that means the server gave up", text("hel", "error"), { failure: "cut_off", says: /gave the reply up/ }],
  ["[DONE] and nothing else", done, { failure: "cut_off" }],
  ["an event that is cut in the middle", text("hello") + 'data: {"choices":[{"del', { failure: "cut_off" }],
];

const ODD: readonly Row[] = [
  ["empty data", `data:\n\ndata: \n\n${hello}`, "hello"],
  ["an empty object", `data: {}\n\n${hello}`, "hello"],
  ["a ping with a name", `event: ping\ndata: {"type":"ping"}\n\n${hello}`, "hello"],
  ["a ping without a name", event({ type: "ping" }) + hello, "hello"],
  ["a ping that is a word", `data: ping\n\ndata: keep-alive\n\n: comment\n\n:\n\n${hello}`, "hello"],
  [
    "a named heartbeat between the pieces",
    `${text("hel")}event: heartbeat\ndata: {"at":1}\n\n${text("lo")}${end}${done}`,
    "hello",
  ],
  ["an empty error", event({ error: "", choices: [] }) + hello, "hello"],
  [
    "an error without a word",
    event({ error: { message: "", code: null } }) + event({ error: null }) + event({ error: {} }) + hello,
    "hello",
  ],
  ["choices that are null beside the counts", text("hello") + end + counted({ choices: null }) + done, "hello"],
  [
    "counts that are null, and of another form",
    `${text("hello")}${event({ choices: [], usage: null })}${
      event({ choices: [], usage: { prompt_tokens: "3" } })
    }${end}${done}`,
    "hello",
  ],
  ["a choice without a delta, and with null", choice({}) + choice({ delta: null }) + hello, "hello"],
  ["a byte order mark", `\ufeff${hello}`, "hello"],
  ["single line ends", hello.replaceAll("\n\n", "\n"), "hello"],
  ["carriage returns and line feeds", hello.replaceAll("\n", "\r\n"), "hello"],
  ["carriage returns alone", hello.replaceAll("\n", "\r"), "hello"],
  ["no blank behind the colon, and blanks before it", hello.replaceAll("data: ", "  data:"), "hello"],
  ["a doubled field name", hello.replaceAll("data: ", "data: data: "), "hello"],
  ["data over several lines", `data: {"choices":\ndata: [{"delta":{"content":"hello"}}]}\n\n${end}${done}`, "hello"],
  ["numbers and names of events", `id: 1\nretry: 5\nevent: message\n${hello}`, "hello"],
  ["an error with its text", text("he") + event({ error: { message: "the worker died", code: 500 } }), {
    failure: "crashed",
    says: /the worker died/,
  }],
  ["an error as a text", text("he") + event({ error: "server overloaded" }), { failure: "busy", says: /overloaded/ }],
  ["an error that is an event of that name", `${text("he")}event: error\ndata: {"message":"upstream is gone"}\n\n`, {
    failure: "crashed",
    says: /upstream is gone/,
  }],
  ["an error in words under that name", `${text("he")}event: error\ndata: upstream is gone\n\n`, {
    failure: "crashed",
    says: /upstream is gone/,
  }],
  ["an error of a choice", choice({ delta: { content: "" }, error: { code: 502, message: "no provider" } }), {
    failure: "unreachable",
    says: /no provider/,
  }],
  ["an error with a status of its own", event({ error: { code: 429, message: "slow down" } }), {
    failure: "rate_limited",
    says: /slow down/,
  }],
  ["an object that is an error", event({ object: "error", message: "engine died", code: 500 }), {
    failure: "crashed",
    says: /engine died/,
  }],
  ["a detail of a framework", event({ detail: "engine died" }), { failure: "crashed", says: /engine died/ }],
  ["an error as a bare line", `${text("he")}{"error":{"message":"engine died"}}\n\n`, {
    failure: "crashed",
    says: /engine died/,
  }],
  ["nothing but what is of no use", event({ other: 1 }), { failure: "protocol", says: /other/ }],
  ["markup in the stream", "data: <html>\n\n", { failure: "protocol" }],
];

const PARTS: readonly Row[] = [
  [
    "thinking and text as parts",
    part({ content: [{ type: "thinking", thinking: [{ type: "text", text: "hmm" }] }] }) +
    text([{ type: "text", text: "hello" }]) + text(" there") + end + done,
    "hmm | hello there",
  ],
  [
    "thinking as a text of its part",
    part({ content: [{ type: "thinking", thinking: "hmm" }, { type: "text", text: "hello" }] }) + end,
    "hmm | hello",
  ],
  ["parts that are texts", text(["hel", "lo"]) + end, "hello"],
  ["one part without a list", text({ type: "text", text: "hello" }) + end, "hello"],
  [
    "a part of a kind that is not known",
    text([{ type: "image_url", image_url: {} }, { type: "output_text", text: "hello" }]) + end,
    "hello",
  ],
  ["an empty list, and null", text([]) + text(null) + hello, "hello"],
  [
    "reasoning under its two names at once",
    part({ reasoning: "hmm", reasoning_content: "hmm" }) + hello,
    "hmm | hello",
  ],
  ["reasoning as parts", part({ reasoning_content: [{ type: "text", text: "hmm" }] }) + hello, "hmm | hello"],
  ["thinking under a third name", part({ thinking: "hmm" }) + hello, "hmm | hello"],
  ["a refusal", part({ refusal: "I will not", content: null }) + end, "I will not"],
  ["the text of a server that knows no messages", choice({ text: "hello" }) + end, "hello"],
];

const answer = { choices: [{ message: { role: "assistant", content: "hello" }, finish_reason: "stop" }] };
const LABELS: readonly Row[] = [
  ...[null, "text/plain", "application/json", "application/octet-stream", "text/html"].map((
    type,
  ): Row => [`a stream that is labelled ${type}`, hello, "hello", type]),
  ["a whole answer that is labelled a stream", JSON.stringify(answer), "hello"],
  ["a whole answer over several lines", JSON.stringify(answer, null, 2), "hello", "application/json"],
  [
    "a whole answer without a label or a finish reason",
    JSON.stringify({ choices: [{ message: { content: "hello" } }] }),
    "hello",
    null,
  ],
  ["lines of JSON", hello.replaceAll("data: ", "").replaceAll("\n\n", "\n"), "hello", "application/x-ndjson"],
  ["blank lines before the first event", `\n\n \n${hello}`, "hello", null],
  [
    "a list of events",
    JSON.stringify([{ choices: [{ delta: { content: "hello" }, finish_reason: "stop" }] }]),
    "hello",
    "application/json",
  ],
  ["an error that is labelled right", JSON.stringify({ error: { message: "engine died" } }), {
    failure: "crashed",
    says: /engine died/,
  }, "application/json"],
  ["a page", "<html><title>Sign in</title></html>", { failure: "protocol", says: /Sign in/ }, "text/html"],
  ["a sentence", "it works!", { failure: "cut_off" }, "text/plain"],
  ["nothing", "", { failure: "cut_off" }, null],
];

const read = (path: string) => ["read_file", { path }] as const;
const FRAGMENTS: readonly Row[] = [
  [
    "one index for two identifiers",
    calls(fragment(0, "a", "read_file", '{"path":"a.txt"}')) +
    calls(fragment(0, "b", "read_file", '{"path":"b.txt"}')) + ended,
    [read("a.txt"), read("b.txt")],
  ],
  [
    "one index for two names",
    calls(fragment(0, null, "read_file", '{"path":"a"}')) + calls(fragment(0, null, "list_directory", '{"path":')) +
    calls(fragment(0, null, null, '"b"}')) + ended,
    [read("a"), ["list_directory", { path: "b" }]],
  ],
  [
    "an index that grows with each piece",
    calls(fragment(0, "a", "read_file", "")) + calls(fragment(1, null, null, '{"path"')) +
    calls(fragment(2, null, null, ':"a"}')) + ended,
    [read("a")],
  ],
  [
    "an identifier that is new with each piece",
    calls(fragment(0, "a", "read_file", '{"path"')) + calls(fragment(0, "b", null, ':"a')) +
    calls(fragment(0, "c", "read_file", '"}')) + ended,
    [read("a")],
  ],
  [
    "an identifier for all calls, told apart by index",
    calls(fragment(0, "x", "read_file", '{"path":"a"}'), fragment(1, "x", "read_file", '{"path":"b"}')) + ended,
    [read("a"), read("b")],
  ],
  [
    "a whole call repeated",
    calls(fragment(0, "a", "read_file", '{"path":"a"}')) + calls(fragment(0, "a", "read_file", '{"path":"a"}')) + ended,
    [read("a")],
  ],
  [
    "a whole call repeated without any number",
    calls(fragment(null, null, "read_file", '{"path":"a"}')) +
    calls(fragment(null, null, "read_file", '{"path":"a"}')) + ended,
    [read("a")],
  ],
  [
    "the head of a call repeated at its end",
    calls(fragment(0, "a", "read_file", '{"path":"a"}')) + calls(fragment(0, "a", "read_file", "")) + ended,
    [read("a")],
  ],
  [
    "ever more of the arguments",
    calls(fragment(0, "a", "read_file", '{"pa')) + calls(fragment(0, "a", "read_file", '{"path":')) +
    calls(fragment(0, "a", "read_file", '{"path":"a"}')) + ended,
    [read("a")],
  ],
  [
    "an empty object before the arguments",
    calls(fragment(0, "a", "read_file", "{}")) + calls(fragment(0, null, null, '{"path"')) +
    calls(fragment(0, null, null, ':"a"}')) + ended,
    [read("a")],
  ],
  [
    "neither index nor identifier",
    calls(fragment(null, null, "read_file", '{"path":"a"}')) +
    calls(fragment(null, null, "list_directory", '{"path"')) + calls(fragment(null, null, null, ':"b"}')) + ended,
    [read("a"), ["list_directory", { path: "b" }]],
  ],
  [
    "identifiers alone, by turns",
    calls(fragment(null, "a", "read_file", '{"path"')) + calls(fragment(null, "b", "read_file", '{"path"')) +
    calls(fragment(null, "a", null, ':"a"}')) + calls(fragment(null, "b", null, ':"b"}')) + ended,
    [read("a"), read("b")],
  ],
  [
    "indexes alone, by turns",
    calls(fragment(0, null, "read_file", '{"path"'), fragment(1, null, "read_file", '{"path"')) +
    calls(fragment(1, null, null, ':"b"}'), fragment(0, null, null, ':"a"}')) + ended,
    [read("a"), read("b")],
  ],
  [
    "an index that is a text",
    calls({ ...fragment(null, null, "read_file", '{"path"'), index: "0" }) +
    calls({ ...fragment(null, null, null, ':"a"}'), index: "0" }) + ended,
    [read("a")],
  ],
  [
    "a name in pieces",
    calls(fragment(0, "a", "read_")) + calls(fragment(0, null, "file")) +
    calls(fragment(0, null, null, '{"path":"a"}')) + ended,
    [read("a")],
  ],
  [
    "ever more of a name",
    calls(fragment(0, "a", "read")) + calls(fragment(0, "a", "read_file")) +
    calls(fragment(0, "a", "read_file", '{"path":"a"}')) + ended,
    [read("a")],
  ],
  [
    "the name with each piece",
    calls(fragment(0, "a", "read_file", '{"path"')) + calls(fragment(0, "a", "read_file", ':"a"}')) + ended,
    [read("a")],
  ],
  [
    "the name behind the arguments' beginning",
    calls(fragment(0, "a", null, "")) + calls(fragment(0, "a", "read_file")) +
    calls(fragment(0, "a", null, '{"path":"a"}')) + ended,
    [read("a")],
  ],
  ["arguments that are a value", calls(fragment(0, "a", "read_file", { path: "a" })) + ended, [read("a")]],
  [
    "one call in place of a list, without a function around it",
    part({ tool_calls: { name: "read_file", arguments: '{"path":"a"}' } }) + ended,
    [read("a")],
  ],
  [
    "the old form of a call",
    part({ function_call: { name: "read_file", arguments: "" } }) +
    part({ function_call: { arguments: '{"path":"a"}' } }) + ended,
    [read("a")],
  ],
  [
    "an object in an object that begins alike",
    calls(fragment(0, "a", "read_file", '{"a":')) + calls(fragment(0, "a", null, '{"a":1}}')) + ended,
    [["read_file", { a: { a: 1 } }]],
  ],
  ["no name at all", calls(fragment(0, "a", null, '{"path":"a"}')) + ended, [["", { path: "a" }]]],
  ["arguments that are cut", calls(fragment(0, "a", "read_file", '{"path":"a')) + ended, [["read_file", '{"path":"a']]],
];

const TABLES = {
  "the end of a reply": WHOLE,
  "odd events": ODD,
  "content in parts": PARTS,
  "labels of a body": LABELS,
  "pieces of calls": FRAGMENTS,
};

for (const [about, rows] of Object.entries(TABLES)) {
  Deno.test(`${about}: an OpenAI wire is read as leniently as servers write it`, async (t) => {
    let current: Row = rows[0]!;
    const handler = () => {
      const [, body, , type = sse] = current;
      return new Response(new TextEncoder().encode(body), { headers: type === null ? {} : { "content-type": type } });
    };
    await withServer(handler, async (url) => {
      const host = openaiHost(url);
      for (const row of rows) {
        await t.step(row[0], async () => {
          current = row;
          const made = await madeOf(host.chat(chatRequest(), never));
          const wanted = row[2];
          if (typeof wanted === "string" || !("failure" in wanted)) return assert.deepEqual(made, wanted);
          assert.ok(made instanceof HostFailure, `${JSON.stringify(made)} is no failure`);
          assert.equal(made.failure, wanted.failure, made.message);
          if (wanted.says !== undefined) assert.match(made.message, wanted.says);
        });
      }
      host.close();
    });
  });
}

async function madeOf(chat: ReturnType<ReturnType<typeof openaiHost>["chat"]>): Promise<Made | HostFailure> {
  try {
    const { text, thinking, calls } = await chat;
    if (calls.length > 0) return calls.map(({ name, arguments: given }) => [name, given] as const);
    return thinking === "" ? text : `${thinking} | ${text}`;
  } catch (error) {
    if (error instanceof HostFailure) return error;
    throw error;
  }
}

Deno.test("a connection that breaks takes nothing from a reply that had ended, and keeps what had arrived of another", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const bodies = [text("hello") + end, text("hello") + done, text("hello") + counted(), text("hello")];
  const serving = (async () => {
    for (const body of bodies) {
      const connection = await listener.accept();
      await connection.read(new Uint8Array(65_536));
      const head = `HTTP/1.1 200 OK\r\ncontent-type: ${sse}\r\ncontent-length: ${body.length + 10}\r\n\r\n`;
      await connection.write(new TextEncoder().encode(head + body));
      connection.close();
    }
  })();
  const host = openaiHost(`http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`);
  for (const body of bodies.slice(0, -1)) assert.equal(await madeOf(host.chat(chatRequest(), never)), "hello", body);
  const cut = await madeOf(host.chat(chatRequest(), never));
  assert.ok(cut instanceof HostFailure);
  assert.deepEqual([cut.failure, cut.details.partial], ["cut_off", "hello"]);
  await serving;
  host.close();
  listener.close();
});
