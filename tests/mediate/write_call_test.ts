import assert from "node:assert/strict";
import fc from "fast-check";
import type { ToolDeclaration } from "../../src/kernel/call.ts";
import { formatNamed } from "../../src/mediate/formats.ts";
import { readCalls } from "../../src/mediate/read_calls.ts";
import { readReply } from "../../src/mediate/read_reply.ts";
import { WRITERS, type Written } from "./write_call.ts";

const TOOLS: readonly ToolDeclaration[] = [
  {
    name: "write_note",
    describes: "Writes a note.",
    parameters: {
      type: "object",
      required: ["title", "body"],
      properties: {
        title: { type: "string" },
        body: { type: "string" },
        copies: { type: "integer" },
        share: { type: "number" },
        pinned: { type: "boolean" },
        labels: { type: "array", items: { type: "string" } },
        place: { type: "object", properties: { folder: { type: "string" }, depth: { type: "integer" } } },
      },
    },
  },
  { name: "list_notes", describes: "Lists notes.", parameters: { type: "object", properties: {} } },
];

/** Texts as they stand in files, the marks of formats and quotes among them. */
const piece = fc.constantFrom(
  "a",
  "Straße",
  "天气",
  " ",
  "  ",
  "\n",
  "{",
  "}",
  "[x]",
  "(y)",
  ",",
  ": ",
  "'",
  '"',
  "<b>",
  "</b>",
  "// c",
  "# d",
  "5",
  "1.5",
  "f(a=1)",
  "\\n",
  "=>",
  "$",
);
/** Marks of the formats themselves, which a file about them holds. */
const mark = fc.constantFrom(
  "<tool_call>",
  "</tool_call>",
  "</parameter>",
  "<function=list_notes>",
  "</function>",
  "<think>",
  "</think>",
  "```",
  "\n```\n",
  "[TOOL_CALLS]",
  "[/TOOL_CALLS]",
  "<|call|>",
  "</arg_value>",
  '<tool_call>{"name": "list_notes", "arguments": {}}</tool_call>',
  "[list_notes()]",
  "list_notes()",
  "call:list_notes{}",
);
const marked = fc.array(fc.oneof(piece, mark), { minLength: 1, maxLength: 6 }).map((pieces) => `x${pieces.join("")}x`);
const word = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => `x${pieces.join("")}x`);
const note: fc.Arbitrary<Written> = fc.record({
  name: fc.constant("write_note"),
  arguments: fc.record(
    {
      title: word,
      body: fc.oneof(word, marked),
      copies: fc.integer({ min: -5, max: 5000 }),
      share: fc.constantFrom(0.5, -1.25, 3),
      pinned: fc.boolean(),
      labels: fc.array(fc.constantFrom("red", "low priority", "ü"), { maxLength: 3 }),
      place: fc.record({ folder: fc.constantFrom("a/b", "c d"), depth: fc.nat(9) }, { noNullPrototype: true }),
    },
    { requiredKeys: ["title", "body"], noNullPrototype: true },
  ),
}, { noNullPrototype: true });
const listing: fc.Arbitrary<Written> = fc.constant({ name: "list_notes", arguments: {} });
const calls = fc.array(fc.oneof({ arbitrary: note, weight: 3 }, { arbitrary: listing, weight: 1 }), {
  minLength: 1,
  maxLength: 3,
});

const bare = (list: readonly { readonly name: string; readonly arguments: unknown }[]) =>
  list.map(({ name, arguments: given }) => ({ name, arguments: given }));

const TAGGED = /_xml$|^named_tags$/;
const OWN_TAGS = /<\/?(?:parameter|function|tool_call|arg_value)\b/;

for (const [writer, write] of Object.entries(WRITERS)) {
  const family = writer.split(",")[0] ?? "";
  Deno.test(`any calls are read as they were written, with and without knowing the model: ${writer}`, () => {
    assert.notEqual(formatNamed(family), undefined);
    const around = fc.constantFrom(
      ["", ""],
      ["I write it now.\n", ""],
      ["Let me see (again): ", ""],
      ['<think>Which one? Not {"name": "list_notes"}.</think>\n', "\n"],
      ["First this.\n\n", "\n\nThen I look at the result."],
    );
    fc.assert(
      fc.property(calls, around, fc.constantFrom(undefined, family), (wanted, [before, after], known) => {
        // A value that closes its own tags cannot be told from the end of the call.
        fc.pre(!TAGGED.test(family) || !OWN_TAGS.test(JSON.stringify(wanted)));
        const text = before + write(wanted) + after;
        assert.deepEqual(bare(readCalls(text, TOOLS, known).calls), wanted);
        const reading = readReply({
          text,
          delivered: [],
          thinking: "",
          tools: TOOLS,
          way: "prompted",
          forced: false,
          family: known,
        });
        assert.deepEqual(bare(reading.calls), wanted);
        assert.equal(reading.fault, null);
      }),
      { numRuns: 120 },
    );
  });
}
