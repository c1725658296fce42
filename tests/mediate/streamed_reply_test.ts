import assert from "node:assert/strict";
import fc from "fast-check";
import type { Way } from "../../src/kernel/call.ts";
import { readablePieces, StreamedReply } from "../../src/mediate/streamed_reply.ts";
import { TOOLS } from "./samples.ts";

const CALL = '{"name": "read_file", "arguments": {"path": "src/a.ts"}}';

/** Feeds a text in pieces and joins what came of it. */
function stream(pieces: readonly string[]) {
  const reply = new StreamedReply(TOOLS);
  const parts = [...pieces.map((piece) => reply.feed(piece)), reply.end()];
  return {
    text: parts.map(({ text }) => text).join(""),
    thinking: parts.map(({ thinking }) => thinking).join(""),
    calls: parts.flatMap(({ calls }) => calls.map(({ name, arguments: given }) => ({ name, arguments: given }))),
    parts,
  };
}

/** Replies, with the text that may be shown and the thinking. */
const REPLIES: readonly (readonly [string, string, string])[] = [
  [`I read it.\n<tool_call>\n${CALL}\n</tool_call>\nThen I go on.`, "I read it.\n\nThen I go on.", ""],
  [`<think>Which file?</think>\n${CALL}`, "\n", "Which file?"],
  [`Here:\n\`\`\`json\n${CALL}\n\`\`\``, "Here:\n", ""],
  [`[TOOL_CALLS] [${CALL}]`, "", ""],
  ['[TOOL_CALLS]read_file[ARGS]{"path": "src/a.ts"}', "", ""],
  ["Now <function=read_file>\n<parameter=path>\nsrc/a.ts\n</parameter>\n</function>", "Now ", ""],
  [
    '<|channel|>analysis<|message|>Read.<|end|><|start|>assistant<|channel|>commentary to=functions.read_file <|constrain|>json<|message|>{"path": "src/a.ts"}<|call|>',
    "",
    "Read.",
  ],
  ["<start_function_call>call:read_file{path:<escape>src/a.ts<escape>}<end_function_call>", "", ""],
  [`functools[${CALL}]`, "", ""],
];

Deno.test("a reply is shown while it is written without marks and bodies of calls, however it is cut into pieces", () => {
  for (const [reply, text, thinking] of REPLIES) {
    for (const size of [1, 2, 3, 7, 1000]) {
      const pieces = reply.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
      const seen = stream(pieces);
      assert.equal(seen.text, text, `${size}: ${reply}`);
      assert.equal(seen.thinking, thinking, reply);
      assert.deepEqual(seen.calls, [{ name: "read_file", arguments: { path: "src/a.ts" } }], `${size}: ${reply}`);
    }
  }
});

Deno.test("a call is said as soon as it is whole", () => {
  const reply = new StreamedReply(TOOLS);
  assert.deepEqual(reply.feed(`<tool_call>${CALL}</tool_cal`), { text: "", thinking: "", calls: [] });
  const { text, calls } = reply.feed("l> and");
  assert.deepEqual([text, calls.map(({ name }) => name)], [" and", ["read_file"]]);
  assert.deepEqual(reply.feed(`\n[TOOL_CALLS]read_file[ARGS]{"path": "src/a.ts"`).calls, []);
  assert.equal(reply.feed("}").calls.length, 1);
});

Deno.test("a closing mark inside a value does not end the call", () => {
  const content = "a </function> b </tool_call> c";
  const xml =
    `<tool_call><function=create_file><parameter=path>a</parameter><parameter=content>${content}</parameter></function></tool_call>`;
  const json = `<tool_call>${JSON.stringify({ name: "create_file", arguments: { path: "a", content } })}</tool_call>`;
  for (const text of [xml, json]) {
    const seen = stream([...text]);
    assert.deepEqual(seen.calls, [{ name: "create_file", arguments: { path: "a", content } }], text);
    assert.equal(seen.text, "");
  }
});

Deno.test("data and code are text and come whole", () => {
  for (
    const text of [
      'The package:\n```json\n{"name": "app", "version": "1.0.0"}\n```\nThat is it.',
      "if (a < b) { return list[0]; }\n```ts\nconst f = [1];\n```",
      '{\n  "a": 1\n}',
      "for all < and [ and ` and {",
      'A line\n{"nam',
    ]
  ) {
    const seen = stream([...text]);
    assert.equal(seen.text, text);
    assert.deepEqual(seen.calls, []);
  }
});

Deno.test("prose is shown unchanged, whatever the pieces", () => {
  const word = fc.constantFrom(
    "<",
    "[",
    "`",
    "{",
    "tool",
    "_call",
    ">",
    "think",
    " ",
    "\n",
    "read_file",
    "a",
    "</",
    "|",
    '"',
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(word, { maxLength: 5 }).map((words) => words.join("")), { maxLength: 12 }),
      (pieces) => {
        const whole = stream([pieces.join("")]);
        const cut = stream(pieces);
        assert.deepEqual({ text: cut.text, thinking: cut.thinking }, { text: whole.text, thinking: whole.thinking });
        assert.deepEqual(cut.calls, whole.calls);
      },
    ),
  );
});

/** Streams a text for showing and joins what came of it. */
function readable(way: Way | null, pieces: readonly string[]): string {
  const shown = readablePieces(way, TOOLS);
  return pieces.map((text) => shown({ text }).text).join("");
}

Deno.test("thinking in the text moves to its own field, thinking of the server stays", () => {
  const shown = readablePieces("prompted", TOOLS);
  assert.deepEqual(shown({ thinking: "Hm." }), { thinking: "Hm." });
  assert.deepEqual(shown({ text: "<think>Which?</think>This one." }), { text: "This one.", thinking: "Which?" });
  assert.deepEqual(shown({ text: "<tool_" }), { text: "" });
});

Deno.test("a constrained reply is shown as its reason and the name of its call while it is written, however it is cut", () => {
  const replies: readonly (readonly [string, string])[] = [
    [
      '{"reason":"See the \\"tokens\\" first.\\u0021 \\ud83d\\ude00","name":"read_file","arguments":{"path":"a","name":"b"}}',
      'See the "tokens" first.! 😀\n→ read_file',
    ],
    [' \n { "reason" : "One\\ntwo" , "name" : "edit', "One\ntwo\n→ edit"],
    ['{"name":"finish","arguments":{"reason":"no"},"reason":"Done."}', "→ finish\nDone."],
    ['{"reason":"","name":"finish"}', "→ finish"],
    ['{"reason":"Cut in an esc\\', "Cut in an esc"],
    ['{"arguments":["reason",{"name":"x"}]}', ""],
    ["  No object {at all", "  No object {at all"],
  ];
  for (const [reply, text] of replies) {
    for (const size of [1, 2, 3, 7, 1000]) {
      assert.equal(readable("constrained", reply.match(new RegExp(`[^]{1,${size}}`, "g")) ?? []), text, reply);
    }
  }
});

Deno.test("content that was asked for as text is shown as it stands, also where it is a call", () => {
  assert.equal(readable(null, [CALL.slice(0, 9), CALL.slice(9)]), CALL);
});
