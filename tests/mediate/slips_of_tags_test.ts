import assert from "node:assert/strict";
import type { ToolDeclaration } from "../../src/kernel/call.ts";
import { readCalls } from "../../src/mediate/read_calls.ts";
import { callsIn, read, TOOLS } from "./samples.ts";

const ONE = [{ name: "read_file", arguments: { path: "src/a b.ts", start_line: 3 } }];
const GIVEN = '{"path": "src/a b.ts", "start_line": 3}';
const JSON_CALL = `{"name": "read_file", "arguments": ${GIVEN}}`;

/** Asserts what each text is read as. */
function assertRead(texts: readonly string[], calls: unknown): void {
  for (const text of texts) assert.deepEqual(callsIn(text), calls, text);
}

Deno.test("tags of keys and values that are missing, doubled or another's are mended, and that is said", () => {
  const right =
    "<tool_call>read_file<arg_key>path</arg_key><arg_value>src/a b.ts</arg_value><arg_key>start_line</arg_key><arg_value>3</arg_value></tool_call>";
  const slips = [
    right.replace("<arg_value>src", "src"),
    right.replaceAll("<arg_value>", ""),
    right.replace("<arg_key>", ""),
    right.replace("<arg_key>", "<tool_call>"),
    right.replace("</arg_key>", "</arg_key></arg_key>"),
    right.replace("</arg_key>", "</arg_key>\n</arg_key>\n</arg_key>"),
  ];
  assertRead([right, ...slips, ...slips.map((text) => `I look.\n${text}`)], ONE);
  for (const slip of slips) {
    const { calls } = readCalls(slip, TOOLS);
    assert.ok(calls[0]?.mended?.includes("tags that are missing or doubled"), slip);
    assert.deepEqual(calls[0]?.span, [0, slip.length], slip);
    assert.equal(read(`I look.\n${slip}\nDone.`).prose, "I look.\n\nDone.", slip);
  }
  const both = `${right}\n${slips[2]}`;
  assertRead([both], [...ONE, ...ONE]);
  // A value about such tags is content.
  const text = "<arg_key>k</arg_key> is a tag";
  assertRead([`<tool_call>finish_task<arg_key>summary</arg_key><arg_value>${text}</arg_value></tool_call>`], [{
    name: "finish_task",
    arguments: { summary: text },
  }]);
  // A name and a key that part in more than one way, or in none, are no call.
  const tool = (name: string, key: string): ToolDeclaration => ({
    name,
    describes: "",
    parameters: { type: "object", properties: { [key]: { type: "string" } } },
  });
  const joined = "<tool_call>read_pathname</arg_key><arg_value>a</arg_value></tool_call>";
  assert.equal(readCalls(joined, [tool("read_path", "name")]).calls.length, 1);
  assert.deepEqual(readCalls(joined, [tool("read_path", "name"), tool("read_", "pathname")]).calls, []);
  assert.deepEqual(readCalls(joined, [tool("read", "name")]).calls, []);
});

Deno.test("a value of one line below an indented tag is read without the blanks of the layout, more lines keep theirs", () => {
  const call = (path: string, indent: string) =>
    `<tool_call>\n${indent}<function=read_file>\n${indent}${indent}<parameter=path>\n${path}\n${indent}${indent}</parameter>\n${indent}</function>\n</tool_call>`;
  assertRead([call("      a.ts", "  "), call("\t\t\ta.ts", "\t"), call("a.ts", "  "), call("a.ts", "")], [{
    name: "read_file",
    arguments: { path: "a.ts" },
  }]);
  for (const path of ["      a\n        b", "    a"]) {
    assertRead([call(path, "  ")], [{ name: "read_file", arguments: { path } }]);
  }
  assertRead([call("  a", "")], [{ name: "read_file", arguments: { path: "  a" } }]);
});

Deno.test("closing tags that carry the name, doubled bars and an object in the tag of Kimi K3 are read", () => {
  assertRead([
    "<function=read_file>\n<parameter=path>\nsrc/a b.ts\n</parameter=path>\n<parameter=start_line>\n3\n</parameter=start_line>\n</function=read_file>",
    '<｜｜DSML｜｜tool_calls>\n<｜｜DSML｜｜invoke name="read_file">\n<｜｜DSML｜｜parameter name="path" string="true">src/a b.ts</｜｜DSML｜｜parameter>\n<｜｜DSML｜｜parameter name="start_line" string="false">3</｜｜DSML｜｜parameter>\n</｜｜DSML｜｜invoke>\n</｜｜DSML｜｜tool_calls>',
    `<|open|>tools<|sep|><|open|>call tool="read_file" index="1"<|sep|><|open|>json type="object"<|sep|>${GIVEN}<|close|>json<|sep|><|close|>call<|sep|><|close|>tools<|sep|>`,
    `<|open|>call tool="read_file" index="1"<|sep|><|open|>json<|sep|>${GIVEN}`,
    "<|tool_call>call:read_file{path='src/a b.ts',start_line=3}<tool_call|>",
    '<|tool_call>call:read_file{path=<|"|>src/a b.ts<|"|>,start_line:3}<tool_call|>',
  ], ONE);
});

Deno.test("line ends that are written as signs outside of texts are blanks, inside they are the text's", () => {
  assertRead([
    '<tool_call>\n{"name": "read_file", "arguments": \\n{"path": "src/a b.ts", \\n\\n"start_line": 3\\n}\\n}\n</tool_call>',
    '{\\n  "name": "read_file",\\n  "arguments": {"path": "src/a b.ts", "start_line": 3}\\n}',
  ], ONE);
  assertRead(['<tool_call>{"name": "finish_task", "arguments": {"summary": "a\\nb"}\\n}</tool_call>'], [{
    name: "finish_task",
    arguments: { summary: "a\nb" },
  }]);
});

Deno.test("a call whose signs are those of a page, or that is a string as a whole, is read, and that is said", () => {
  const page = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const texts = [
    page(`<tool_call>\n${JSON_CALL}\n</tool_call>`),
    `<tool_call>\n${page(JSON_CALL)}\n</tool_call>`,
    `I look.\n${page(JSON_CALL)}`,
    page(
      "<function=read_file>\n<parameter=path>\nsrc/a b.ts\n</parameter>\n<parameter=start_line>\n3\n</parameter>\n</function>",
    ),
    `<tool_call>\n${JSON.stringify(JSON_CALL)}\n</tool_call>`,
    JSON.stringify(JSON_CALL),
    JSON_CALL.replaceAll('"', '\\"'),
  ];
  assertRead(texts, ONE);
  for (const text of texts) assert.notEqual(read(text).repairs.length, 0, text);
  assert.equal(read(`I look.\n${texts[1]}\nThat & this.`).prose, "I look.\n\nThat & this.");
  // Where a call stands as it should, such signs are its values' own.
  assertRead([`<tool_call>{"name": "finish_task", "arguments": {"summary": "&lt;b&gt;"}}</tool_call>`], [{
    name: "finish_task",
    arguments: { summary: "&lt;b&gt;" },
  }]);
  assertRead([
    `const text = ${JSON.stringify(JSON_CALL)};`,
    `The page shows ${page(JSON_CALL)} there.`,
  ], []);
});
