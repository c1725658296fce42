import { NOT_ASKED } from "../../src/features/arbiter/slice.ts";
import { EMPTY } from "../../src/features/features.ts";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import assert from "node:assert/strict";
import type { Prompt } from "../../src/prompt/prompt.ts";
import type { ToolDeclaration } from "../../src/kernel/call.ts";
import { type State } from "../../src/features/state.ts";
import type { ChatReply } from "../../src/ports/model_host.ts";
import { readAnswer } from "../../src/effects/ask/read_answer.ts";
import { memoryBlobs } from "../fakes/plain_workspace.ts";
import { crew } from "../laws/crew.ts";

const READ: ToolDeclaration = {
  name: "read_file",
  describes: "Reads.",
  parameters: { type: "object", properties: { path: { type: "string" } }, required: ["path"] },
};
const REWRITE: ToolDeclaration = {
  name: "rewrite_file",
  describes: "Rewrites.",
  parameters: {
    type: "object",
    properties: { path: { type: "string" }, content: { type: "string" } },
    required: ["path", "content"],
  },
  asText: "content",
};

const ASK: AskEffect = {
  kind: "ask",
  key: "t1.ask1",
  role: "coding",
  turn: "t1",
  purpose: "work",
  legal: ["read_file", "rewrite_file"],
  temperature: 0,
  seed: 1,
  answerLimit: 100,
  reserved: 100,
};

function read(
  text: string,
  some: { readonly ask?: Partial<AskEffect>; readonly reply?: Partial<ChatReply>; readonly state?: State } = {},
) {
  const reply: ChatReply = {
    text,
    thinking: "",
    calls: [],
    endedBy: "stop",
    forced: false,
    promptTokens: null,
    answerTokens: null,
    loadMs: null,
    promptMs: null,
    answerMs: null,
    ...some.reply,
  };
  const tools = [READ, REWRITE];
  const prompt = {
    messages: [],
    declared: tools,
    legal: tools,
    estimate: 1,
    leftOut: [],
    overflow: false,
  } as unknown as Prompt;
  return readAnswer({
    ask: { ...ASK, ...some.ask },
    reply,
    state: some.state ?? EMPTY,
    turn: null,
    prompt,
    way: "prompted",
    family: undefined,
    registry: crew(),
    blobs: memoryBlobs(),
  });
}

Deno.test("a broken call is kept with its structure, and the corrective ask quotes its fault and its tool's schema", () => {
  const { calls, fault, attempted, meant } = read('{"name": "read_file", "arguments": {"folder_name": 3}}');
  assert.deepEqual(calls, []);
  assert.deepEqual(attempted?.map(({ name, arguments: given }) => [name, given]), [["read_file", '{"folder_name":3}']]);
  assert.match(fault ?? "", /"path" is missing/);
  assert.match(
    fault ?? "",
    /The arguments of read_file: \{"properties":\{"path":\{"type":"string"\}\},"required":\["path"\]\}/,
  );
  assert.deepEqual(meant?.tools, ["read_file"]);
});

Deno.test("a mended call says what was mended, and leaves nothing to interpret", () => {
  const { calls, fault, repairs, step, meant } = read("{'name': 'read_file', 'arguments': {'path': 'a.ts'}}");
  assert.deepEqual([calls.length, fault, step, meant], [1, null, "repair", undefined]);
  assert.ok((repairs?.length ?? 0) > 0);
});

for (
  const [what, some] of [
    ["was cut by its bound", { reply: { endedBy: "length" } }],
    ["is the interpreter's own", { ask: { role: "interpreter" } }],
    ["is a review", { ask: { purpose: "review" } }],
  ] as const
) {
  Deno.test(`a reply that ${what} is not for the interpreter`, () => {
    assert.equal(read("I will read_file a.ts", some).meant, undefined);
    assert.notEqual(read("I will read_file a.ts").meant, undefined);
  });
}

/** The state in which the interpreter was asked about a reply of the arbiter's kind of turn. */
function waiting(excerpt: string): State {
  const unread = {
    ask: "t1.ask1",
    model: "m",
    legal: ["read_file", "rewrite_file"],
    fault: "",
    meant: { tools: ["read_file"], excerpt, why: "" },
  };
  return { ...EMPTY, arbiter: { ...NOT_ASKED, unread } };
}

const INTERPRET = { role: "interpreter", turn: null, purpose: "interpret", interprets: "t1.ask1" } as const;
const gemma = (args: string) => `<start_function_call>call:read_file{${args}}<end_function_call>`;

Deno.test("the interpreter's call counts with values that the reply holds, and what it invents after it is not read", () => {
  const state = waiting("Let me read_file src/a.ts");
  const { calls, step } = read(
    `${gemma("path:<escape>src/a.ts<escape>")}<start_function_response>${gemma("path:<escape>src/b.ts<escape>")}`,
    { ask: INTERPRET, state },
  );
  assert.deepEqual(calls.map(({ name, arguments: args }) => [name, args]), [["read_file", { path: "src/a.ts" }]]);
  assert.equal(step, "interpreter");
  const invented = read(gemma("path:<escape>src/b.ts<escape>"), { ask: INTERPRET, state });
  assert.deepEqual(invented.calls, []);
  assert.match(invented.fault ?? "", /does not hold "src\/b\.ts"/);
  const misnamed = read(gemma("file_number:<escape>src/a.ts<escape>"), { ask: INTERPRET, state });
  assert.deepEqual(misnamed.calls, []);
  assert.match(misnamed.fault ?? "", /"path" is missing/);
});

Deno.test("an interpretation for which nobody waits any more gives nothing", () => {
  const { calls, fault } = read(gemma("path:<escape>src/a.ts<escape>"), { ask: INTERPRET });
  assert.deepEqual(calls, []);
  assert.match(fault ?? "", /not waited for/);
});

const SUMMARISE: Partial<AskEffect> = { role: "analysis", purpose: "summarise", summarises: 4, legal: [] };

for (
  const [what, text, summary] of [
    ["plain lines", "- a.ts was read\n- line 4 throws", "- a.ts was read\n- line 4 throws"],
    ["thinking before it", "<think>Hm.</think>\n- a.ts was read", "- a.ts was read"],
    ["a fence around it", "```text\n- a.ts was read\n```", "- a.ts was read"],
    [
      "a call",
      '{"name": "read_file", "arguments": {"path": "a.ts"}}',
      '{"name": "read_file", "arguments": {"path": "a.ts"}}',
    ],
    ["no text", " <think>Hm.</think>\n ", undefined],
    ["an empty fence", "```\n```", undefined],
  ] as const
) {
  Deno.test(`a summary with ${what} is read as plain text, and never as a call`, () => {
    const { calls, meant, fault, content, summary: found } = read(text, { ask: SUMMARISE });
    assert.deepEqual([calls, meant, content, found?.text], [[], undefined, null, summary]);
    assert.equal(fault, summary === undefined ? "The summary holds no text." : null);
  });
}

Deno.test("of a summary that was cut by its bound the last line goes, and a long one is bounded", () => {
  const cut = (text: string) => read(text, { ask: SUMMARISE, reply: { endedBy: "length" } }).summary?.text;
  assert.equal(cut("- a.ts was read\n- line 4 thr"), "- a.ts was read");
  assert.equal(cut("- a.ts was re"), "- a.ts was re");
  assert.ok(read("word ".repeat(2_000), { ask: SUMMARISE }).summary!.chars <= 1_500);
});

Deno.test("a call that a server reads out of a summary is not taken", () => {
  const delivered = { name: "read_file", arguments: { path: "a.ts" } };
  const { calls, summary } = read("- a.ts was read", { ask: SUMMARISE, reply: { calls: [delivered] } });
  assert.deepEqual([calls, summary?.text], [[], "- a.ts was read"]);
});
