import assert from "node:assert/strict";
import fc from "fast-check";
import type { Way } from "../../../src/kernel/call.ts";
import { constrainedSchema } from "../../../src/mediate/constrained.ts";
import { elides } from "../../../src/mediate/elides.ts";
import { effortFor, readLoose } from "../../../src/mediate/loose_value.ts";
import { readReply } from "../../../src/mediate/read_reply.ts";
import { readFencedText } from "../../../src/mediate/read_text.ts";
import { validate } from "../../../src/mediate/validate.ts";
import { fuzz } from "../../eval/fuzz.ts";
import { callsIn, read, TOOLS } from "../../mediate/samples.ts";

const NAMES = new Set(TOOLS.map(({ name }) => name));

/** Pieces of replies; their mixtures are what broken models write. */
const PIECES = [
  '{"name": "read_file", "arguments": {"path": "src/a.ts"}}',
  "<tool_call>",
  "</tool_call>",
  "```json\n",
  "\n```\n",
  "<think>",
  "</think>",
  "<function=read_file>",
  "<parameter=path>",
  "</parameter>",
  "</function>",
  "[read_file(path='a')]",
  "read_file(",
  "call:read_file{path:<escape>a<escape>}",
  "[TOOL_CALLS]",
  "<arg_key>path</arg_key>",
  "<arg_value>",
  '<invoke name="read_file">',
  "{{",
  "}}",
  '"',
  "'",
  "\\",
  "[",
  "]",
  ",",
  ": ",
  "\n",
  "I read it now. ",
  "\u0000\ud800é",
];

const reply = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 12, unit: "binary" })), {
  maxLength: 24,
}).map((parts) => parts.join(""));
const way = fc.constantFrom<Way>("constrained", "native", "prompted");

Deno.test("no reply makes the readers throw, and every call read fits its tool", () => {
  fc.assert(
    fc.property(reply, way, fc.constantFrom(undefined, "hermes_json", "glm_xml", "no such"), (text, how, family) => {
      const reading = readReply({ text, delivered: [], thinking: "", tools: TOOLS, way: how, forced: false, family });
      for (const call of reading.calls) {
        assert.ok(NAMES.has(call.name));
        const tool = TOOLS.find(({ name }) => name === call.name);
        const { required, ...open } = tool?.parameters ?? {};
        const needed = (Array.isArray(required) ? required : []).filter((key) => key !== tool?.asText);
        assert.ok("value" in validate({ ...open, required: needed }, call.arguments));
      }
      assert.equal(reading.fault === null, reading.attempted.length === 0 && reading.calls.length > 0);
      readFencedText(text, { path: "a.md", argument: "content" });
      readFencedText(text);
      elides(text);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("10,000 mutated replies make no reader throw, and each call that is read fits its tool", () => {
  const { count, withCalls, refused, failures } = fuzz(10_000, 1);
  assert.deepEqual(failures, []);
  assert.equal(withCalls + refused, count);
  assert.ok(withCalls > 1000 && refused > 1000, `${withCalls} with calls, ${refused} refused`);
});

Deno.test("any JSON value that is strict is read as JSON.parse reads it", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.array(fc.jsonValue({ maxDepth: 4 })), fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }))),
      fc.boolean(),
      (value, wide) => {
        const text = JSON.stringify(value, null, wide ? 2 : 0);
        const loose = readLoose(text, 0, effortFor(text));
        assert.deepEqual(loose, { value: JSON.parse(text) as unknown, end: text.length, mended: [], cut: false });
      },
    ),
    { numRuns: 500 },
  );
});

Deno.test("a call with any text in its arguments is read whole in every place where models put it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.constantFrom(0, 2), (summary, indent) => {
      const call = { name: "finish_task", arguments: { summary } };
      const json = JSON.stringify(call, null, indent);
      for (const text of [json, `<tool_call>${json}</tool_call>`, "Now:\n```json\n" + json + "\n```", `[${json}]`]) {
        assert.deepEqual(callsIn(text), [call]);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("a reply that ends inside an escape comes back", () => {
  for (const text of ['{{"\\', '{"a": "\\', "[f('\\", "𱑆read_file(󮃗", '{"name": "read_file\\']) {
    assert.deepEqual(read(text).calls, [], text);
  }
});

Deno.test("a reply cut anywhere yields the whole call or none", () => {
  const text =
    '<tool_call>\n{"name": "report_issue", "arguments": {"path": "src/a.ts", "severity": "low"}}\n</tool_call>';
  const whole = [{ name: "report_issue", arguments: { path: "src/a.ts", severity: "low" } }];
  for (let end = 0; end <= text.length; end++) {
    const calls = callsIn(text.slice(0, end));
    if ((calls as unknown[]).length > 0) assert.deepEqual(calls, whole, text.slice(0, end));
  }
});

Deno.test("prose about tools is never a call", () => {
  const word = fc.constantFrom(
    "read_file",
    "finish_task",
    "the",
    "tool",
    "call",
    "with",
    "path",
    "src/a.ts",
    "`read_file`",
    "(path)",
    "approve",
    "arguments:",
    "name",
    "→",
    "\n",
    "- ",
    "{path}",
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      assert.deepEqual(read(words.join(" ")).calls, []);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("the constrained schema holds exactly the calls that the reader takes", () => {
  const schema = constrainedSchema(TOOLS);
  const call = fc.record({
    reason: fc.string({ maxLength: 200 }),
    name: fc.constantFrom("read_file", "create_file"),
    arguments: fc.record({ path: fc.string({ maxLength: 30 }) }, { noNullPrototype: true }),
  }, { noNullPrototype: true });
  fc.assert(fc.property(call, (object) => {
    assert.ok("value" in validate(schema, object));
    const reading = read(JSON.stringify(object), { way: "constrained" });
    assert.deepEqual(reading.calls, [{ name: object.name, arguments: object.arguments, reason: object.reason }]);
    assert.equal(reading.step, "constrained");
  }));
});

Deno.test("hostile replies of 100,000 characters come back", () => {
  const seeds = [
    "{",
    "[",
    '{"',
    '{"a":',
    '{"a":[',
    "{'a ",
    "<tool_call>",
    '<tool_call>{"name":"read_file","arguments":{"path":"',
    "```\n",
    "```json\n{",
    "<function=f><parameter=a>",
    "f(",
    "[read_file(path='",
    "call:f{a:[",
    "<tool_call>f<arg_key>a</arg_key><arg_value>",
    "[Calling tool: f({",
    "[TOOL_CALLS]f{",
    "<｜tool▁call▁begin｜>f<｜tool▁sep｜>{",
    "<|channel|>commentary to=functions.f <|message|>",
    '<invoke name="f"><parameter name="a">',
    "/*",
    "\n",
    " ",
    "<think>",
    "</think>",
    "<escape>",
  ];
  for (const seed of seeds) {
    const text = seed.repeat(Math.ceil(100_000 / seed.length));
    assert.ok(read(text, { way: "constrained" }).calls.length <= 1, seed);
    readFencedText(text, { path: "a.ts", argument: "content" });
    assert.equal(elides(text), null);
  }
});
