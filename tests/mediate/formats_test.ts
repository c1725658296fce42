import assert from "node:assert/strict";
import { formatNamed, FORMATS, formatsFor } from "../../src/mediate/formats.ts";
import { callsIn, TOOLS } from "./samples.ts";
import { WRITINGS } from "./writings.ts";

const LINES = [{ name: "read_file", arguments: { path: "src/a b.ts", start_line: 3 } }];
const TWO = [...LINES, { name: "finish_task", arguments: { summary: "Done." } }];

Deno.test("every format of the registry reads its own writing, with and without being named", () => {
  assert.deepEqual(Object.keys(WRITINGS).sort(), FORMATS.map(({ name }) => name).sort());
  for (const [name, { one, two }] of Object.entries(WRITINGS)) {
    const format = formatNamed(name);
    assert.ok(format !== undefined);
    assert.equal(format.read(one, TOOLS).length, 1, name);
    assert.equal(format.read(two, TOOLS).length, 2, name);
    for (const family of [undefined, name]) {
      assert.deepEqual(callsIn(one, { family }), LINES, name);
      assert.deepEqual(callsIn(two, { family }), TWO, name);
    }
  }
});

Deno.test("the spans of the calls lie in the text, in order", () => {
  for (const [name, { two }] of Object.entries(WRITINGS)) {
    const text = `Before. ${name === "python_bare" ? "\n" : ""}${two} After.`;
    let end = 0;
    for (const { span } of formatNamed(name)?.read(text, TOOLS) ?? []) {
      assert.ok(span[0] >= Math.min(end, span[0]) && span[0] < span[1] && span[1] <= text.length, name);
      end = span[1];
    }
  }
});

Deno.test("a format with marks is tried only where one of them stands, the known family first", () => {
  assert.deepEqual(formatsFor("Just words.").map(({ name }) => name), ["plain_json", "python_bare", "name_above"]);
  assert.equal(formatsFor("<tool_call>x")[0]?.name, "glm_xml");
  assert.equal(formatsFor("<tool_call>x", "hermes_json")[0]?.name, "hermes_json");
  assert.equal(formatNamed("no such"), undefined);
});

Deno.test("marks inside a value are content in every format that has marks", () => {
  const calls = [{
    name: "finish_task",
    arguments: { summary: "has <parameter=q> and </parameter>, </tool_call> and ``` in it" },
  }];
  const { summary } = calls[0]?.arguments ?? { summary: "" };
  for (
    const text of [
      `<tool_call>${JSON.stringify(calls[0])}</tool_call>`,
      `[TOOL_CALLS]finish_task[ARGS]{"summary": ${JSON.stringify(summary)}}`,
      `<tool_call>\n<function=finish_task>\n<parameter=summary>\n${summary}\n</parameter>\n</function>\n</tool_call>`,
      `<invoke name="finish_task"><parameter name="summary">${summary}</parameter></invoke>`,
      `<start_function_call>call:finish_task{summary:<escape>${summary}<escape>}<end_function_call>`,
      `[finish_task(summary=${JSON.stringify(summary)})]`,
    ]
  ) assert.deepEqual(callsIn(text), calls, text);
});

Deno.test("a value that is tagged is typed by the tool's schema", () => {
  const text =
    "<function=search_code>\n<parameter=text>\n404\n</parameter>\n<parameter=whole_words>\nTrue\n</parameter>\n</function>";
  assert.deepEqual(callsIn(text), [{ name: "search_code", arguments: { text: "404", whole_words: true } }]);
});

Deno.test("FunctionGemma's invented results are not read", () => {
  const text =
    "<start_function_call>call:read_file{path:<escape>a<escape>}<end_function_call><start_function_response>response:read_file{value:<escape>x<escape>}<end_function_response><start_function_call>call:finish_task{summary:<escape>done<escape>}<end_function_call>";
  assert.deepEqual(callsIn(text), [{ name: "read_file", arguments: { path: "a" } }]);
});
