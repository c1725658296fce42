import assert from "node:assert/strict";
import { readFencedText, type WantedText } from "../../src/mediate/read_text.ts";
import { THINKING_MARKS } from "../../src/mediate/split_thinking.ts";
import { WRITERS } from "./write_call.ts";

const PATH = "calc.js";
const CODE = "exports.add=(a,b)=>a+b;\n";
const LONGER =
  "exports.add = (a, b) => {\n\tconst sum = a + b; // { [ (\n\treturn `${sum}`;\n};\n\nexports.id = (a) => a;\n";
const WANTED: WantedText = { path: PATH, argument: "content" };
const strings = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { type: "string" }]));
const TOOLS = [
  { name: "rewrite_file", describes: "", parameters: { type: "object", properties: strings("path", "content") } },
  { name: "read_file", describes: "", parameters: { type: "object", properties: strings("path", "note") } },
];
/** Writings that are calls only where the tools are known. */
const UNMARKED = /^(?:python_bare|name_above|plain_json, pairs|named_tags)$/;

function textOf(reply: string, wanted: WantedText = WANTED): string {
  const reading = readFencedText(reply, wanted);
  assert.ok("text" in reading, `${JSON.stringify(reading)}\n${reply}`);
  return reading.text;
}

function faultOf(reply: string, wanted: WantedText = WANTED): string {
  const reading = readFencedText(reply, wanted);
  assert.ok("fault" in reading, `${JSON.stringify(reading)}\n${reply}`);
  return reading.fault;
}

Deno.test("a text that was asked for is read out of the call made once more, in the writing of every family", () => {
  for (const [writer, write] of Object.entries(WRITERS)) {
    for (const content of [CODE, LONGER]) {
      const call = write([{ name: "rewrite_file", arguments: { path: PATH, content } }]);
      for (
        const reply of [
          call,
          `<think>\nI write it.\n</think>\n\n${call}`,
          `I write the file now.\n${call}`,
          ...(call.startsWith("```") ? [] : [`\`\`\`\n${call}\n\`\`\``]),
        ]
      ) {
        assert.equal(textOf(reply, { ...WANTED, tools: TOOLS }), content, writer);
        if (!UNMARKED.test(writer)) assert.equal(textOf(reply), content, writer);
      }
    }
  }
});

Deno.test("a call of another tool, or for another file, is refused in the writing of every family", () => {
  for (const [writer, write] of Object.entries(WRITERS)) {
    const wanted = UNMARKED.test(writer) ? { ...WANTED, tools: TOOLS } : WANTED;
    const read = write([{ name: "read_file", arguments: { path: PATH, note: "first" } }]);
    assert.match(faultOf(read, wanted), /^The reply (?:is a call of read_file|begins like a call)/, writer);
    const other = write([{ name: "rewrite_file", arguments: { path: "other.js", content: CODE } }]);
    assert.match(faultOf(other, wanted), /^The reply (?:is a call of rewrite_file|begins like a call)/, writer);
  }
});

Deno.test("a call that cannot be read is refused, never taken for the text", () => {
  for (
    const reply of [
      "<tool_call>\n<function=rewrite_file>\n<parameter=path>\ncalc.js\n</parameter>\n<parameter=content>\nexports.add=(a,b)=>a+b;",
      "[TOOL_CALLS]rewrite_file",
      '<tool_call>{"name": "rewrite_file", "arguments": {"path": "calc.js", "content": "exports.add',
      "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>rewrite_file",
      "<start_function_call>call:rewrite_file{path:<escape>calc.js<escape>,content:<escape>exports",
      "<|channel|>commentary to=functions.rewrite_file",
    ]
  ) assert.match(faultOf(reply), /^The reply (?:begins like a call|is a call)/, reply);
});

Deno.test("a text about calls is the text of a file that may hold such", () => {
  const manual =
    '# Calls\n\nA call is written so:\n\n<tool_call>\n{"name": "f", "arguments": {"path": "a"}}\n</tool_call>\n\nThat is all there is to it.\n';
  assert.equal(textOf(manual, { path: "calls.md", argument: "content" }), manual);
  const xml = '<tools>\n  <tool name="saw" />\n</tools>\n';
  assert.equal(textOf(xml, { path: "tools.xml", argument: "content" }), xml);
  const json = '{\n  "name": "rewrite_file",\n  "arguments": {\n    "path": "x"\n  }\n}\n';
  assert.equal(textOf(json, { path: "call.json", argument: "content" }), json);
  const python = 'read_file(path="a.py")\n';
  assert.equal(textOf(python, { path: "run.py", argument: "content" }), python);
  const code = 'const MARK = "<tool_call>";\nexport const marks = [MARK, "</tool_call>"];\n';
  assert.equal(textOf(code, { path: "marks.ts", argument: "content" }), code);
  const thinking = 'export const THINK = ["<think>", "</think>"];\n';
  assert.equal(textOf(thinking, { path: "marks.ts", argument: "content" }), thinking);
});

Deno.test("an argument under another name, in a fence or as an edit is understood", () => {
  const call = (given: Record<string, string>) =>
    `<tool_call>\n${JSON.stringify({ name: "rewrite_file", arguments: { path: PATH, ...given } })}\n</tool_call>`;
  assert.equal(textOf(call({ code: CODE })), CODE);
  assert.equal(textOf(call({ text: CODE })), CODE);
  assert.equal(textOf(call({ content: "```js\n" + CODE + "```" })), CODE);
  assert.equal(textOf(call({ content: "1| exports.a = 1;\n2| exports.b = 2;\n" })), "exports.a = 1;\nexports.b = 2;\n");
  const edit = call({ old_string: "a-b", new_string: "a+b" });
  const original = "exports.add=(a,b)=>a-b;\nexports.id=a=>a;\n";
  assert.match(faultOf(edit), /^The reply is an edit, not the text of calc\.js; it cannot be applied here\./);
  const lines = call({ old_string: "exports.add=(a,b)=>a-b;", new_string: "exports.add=(a,b)=>a+b;" });
  assert.equal(textOf(lines, { ...WANTED, original }), `${CODE}exports.id=a=>a;\n`);
});

Deno.test("a text that looks like a value stays text", () => {
  for (const content of ['{"a": 1}\n', "42\n", "true\n", "[1, 2]\n", "null\n", '"quoted"\n']) {
    for (const name of ["qwen3_coder_xml", "glm_xml", "invoke_xml, MiniMax", "hermes_json", "gemma_call, Gemma 4"]) {
      const reply = WRITERS[name]!([{ name: "rewrite_file", arguments: { path: "a.json", content } }]);
      for (const tools of [undefined, TOOLS]) {
        const said = textOf(reply, { path: "a.json", argument: "content", tools });
        assert.equal(said, content === '"quoted"\n' && name.includes("xml") ? "quoted\n" : content, name);
      }
    }
  }
});

Deno.test("a call that the server delivered in place of the text gives it", () => {
  const delivered = (given: unknown, name = "rewrite_file") => [{ name, arguments: given }];
  const reading = (given: unknown, name?: string) =>
    readFencedText("", { ...WANTED, delivered: delivered(given, name) });
  assert.deepEqual(reading({ path: PATH, content: CODE }), { text: CODE, closed: true });
  assert.deepEqual(reading(JSON.stringify({ path: `./${PATH}`, content: CODE })), { text: CODE, closed: true });
  assert.deepEqual(reading(`[${JSON.stringify({ content: CODE })}]`), { text: CODE, closed: true });
  assert.match(JSON.stringify(reading({ path: PATH }, "read_file")), /is a call of read_file/);
  assert.match(JSON.stringify(reading({ path: "b.js", content: CODE })), /is a call of rewrite_file/);
  assert.match(JSON.stringify(readFencedText("", WANTED)), /The reply is empty/);
});

Deno.test("the thoughts of every family before a text are no part of it", () => {
  for (const [open, close] of THINKING_MARKS) {
    for (
      const reply of [
        `${open}\nThe sign is wrong:\n\`\`\`js\nlet old = 1;\n\`\`\`\n${close}\`\`\`js\n${CODE}\`\`\``,
        `${open}The sign is wrong.${close}\n${CODE}`,
        `The sign is wrong, I change it.\n${close}\n\n\`\`\`js\n${CODE}\`\`\``,
        `${open}one${close}\n${open}two${close}\n\`\`\`\n${CODE}\`\`\`<|im_end|>`,
      ]
    ) assert.equal(textOf(reply), CODE, reply);
    assert.match(faultOf(`${open}\nThe sign is wrong, so I have to`), /^The reply ends inside its thoughts\./, open);
  }
});

Deno.test("marks of a template around a text are no part of it", () => {
  const fenced = `\`\`\`js\n${CODE}\`\`\``;
  for (
    const reply of [
      `<|channel|>analysis<|message|>The sign.<|end|><|start|>assistant<|channel|>final<|message|>${fenced}<|return|>`,
      `<|start|>assistant<|channel|>final<|message|>${fenced}`,
      `<|channel|>final <|constrain|>js<|message|>${CODE}<|return|>`,
      `<|channel|>commentary<|message|>${fenced}<|end|>`,
      `<|channel|>analysis<|message|>The sign is wrong.<|start|>assistant<|channel|>final<|message|>${CODE}`,
      `analysisThe sign is wrong.assistantfinal${fenced}`,
      `assistantfinal${fenced}`,
      `<|START_THINKING|>It.<|END_THINKING|><|START_RESPONSE|>${fenced}<|END_RESPONSE|>`,
      `Here are my reasoning steps: it is the sign.\n[BEGIN FINAL RESPONSE]\n${fenced}`.replace(/^[^[]*/, ""),
      `<think>It.</think>\n<answer>\n${fenced}\n</answer>`,
      `<answer>\n${CODE}</answer>`,
      `<|message_model|><|content_text|>${fenced}<|end_message|><|content_model_end_sampling|>`,
      `<|open|>think<|sep|>It.<|close|>think<|sep|><|open|>response<|sep|>${fenced}<|close|>response<|sep|>`,
      `<|im_start|>assistant\n${fenced}<|im_end|>\n<|endoftext|>`,
      `${fenced}<｜end▁of▁sentence｜>`,
      `${CODE}</s>`,
      `${fenced}<turn|>`,
    ]
  ) assert.equal(textOf(reply), CODE, reply);
  assert.match(faultOf("<|channel|>analysis<|message|>The sign is wrong, so"), /ends inside its thoughts/);
});
