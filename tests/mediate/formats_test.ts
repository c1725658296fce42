import assert from "node:assert/strict";
import { formatNamed, FORMATS, formatsFor } from "../../src/mediate/formats.ts";
import { callsIn, TOOLS } from "./samples.ts";

const LINES = [{ name: "read_file", arguments: { path: "src/a b.ts", start_line: 3 } }];
const TWO = [...LINES, { name: "finish_task", arguments: { summary: "Done." } }];

/** The call of `read_file` (and of `finish_task` after it) as each family writes it. */
const WRITINGS: Readonly<Record<string, { readonly one: string; readonly two: string }>> = {
  hermes_json: {
    one: '<tool_call>\n{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}\n</tool_call>',
    two:
      '<tool_call>{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}</tool_call><tool_call>{"name": "finish_task", "arguments": {"summary": "Done."}}</tool_call>',
  },
  tools_tag: {
    one: '<tools>\n{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}\n</tools>',
    two:
      '<tools>\n{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}\n{"name": "finish_task", "arguments": {"summary": "Done."}}\n</tools>',
  },
  plain_json: {
    one: 'I read it.\n{"name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}',
    two:
      '{"name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}; {"name": "finish_task", "parameters": {"summary": "Done."}}',
  },
  qwen3_coder_xml: {
    one:
      "<tool_call>\n<function=read_file>\n<parameter=path>\nsrc/a b.ts\n</parameter>\n<parameter=start_line>\n3\n</parameter>\n</function>\n</tool_call>",
    two:
      "<function=read_file>\n<parameter=path>\nsrc/a b.ts\n</parameter>\n<parameter=start_line>\n3\n</parameter>\n</function>\n</tool_call>\n<tool_call>\n<function=finish_task>\n<parameter=summary>Done.</parameter>\n</function>\n</tool_call>",
  },
  invoke_xml: {
    one:
      '<minimax:tool_call>\n<invoke name="read_file">\n<parameter name="path">src/a b.ts</parameter>\n<parameter name="start_line">3</parameter>\n</invoke>\n</minimax:tool_call>',
    two:
      '<｜DSML｜function_calls>\n<｜DSML｜invoke name="read_file">\n<｜DSML｜parameter name="path" string="true">src/a b.ts</｜DSML｜parameter>\n<｜DSML｜parameter name="start_line" string="false">3</｜DSML｜parameter>\n</｜DSML｜invoke>\n<｜DSML｜invoke name="finish_task">\n<｜DSML｜parameter name="summary" string="true">Done.</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>',
  },
  minicpm_xml: {
    one:
      '<function name="read_file"><param name="path">src/a b.ts</param><param name="start_line">3</param></function>',
    two:
      '<function name="read_file"><param name="path"><![CDATA[src/a b.ts]]></param><param name="start_line">3</param></function>\n<function name="finish_task"><param name="summary">Done.</param></function>',
  },
  glm_xml: {
    one:
      "<tool_call>read_file\n<arg_key>path</arg_key>\n<arg_value>src/a b.ts</arg_value>\n<arg_key>start_line</arg_key>\n<arg_value>3</arg_value>\n</tool_call>",
    two:
      "<tool_calls>\n<tool_call>read_file<tool_sep>\n<arg_key>path</arg_key>\n<arg_value>src/a b.ts</arg_value>\n<arg_key>start_line</arg_key>\n<arg_value>3</arg_value>\n</tool_call>\n<tool_call>finish_task<tool_sep><arg_key>summary</arg_key><arg_value>Done.</arg_value></tool_call>\n</tool_calls>",
  },
  mistral_list: {
    one: '[TOOL_CALLS] [{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}]',
    two:
      '[TOOL_CALLS][{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}, {"name": "finish_task", "arguments": {"summary": "Done."}}]',
  },
  mistral_args: {
    one: '[TOOL_CALLS]read_file[ARGS]{"path": "src/a b.ts", "start_line": 3}',
    two:
      '[TOOL_CALLS]read_file[ARGS]{"path": "src/a b.ts", "start_line": 3}[TOOL_CALLS]finish_task[ARGS]{"summary": "Done."}',
  },
  deepseek: {
    one:
      '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>read_file\n```json\n{"path": "src/a b.ts", "start_line": 3}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
    two:
      '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>read_file<｜tool▁sep｜>{"path": "src/a b.ts", "start_line": 3}<｜tool▁call▁end｜><｜tool▁call▁begin｜>finish_task<｜tool▁sep｜>{"summary": "Done."}<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
  },
  kimi: {
    one:
      '<|tool_calls_section_begin|><|tool_call_begin|>functions.read_file:0<|tool_call_argument_begin|>{"path": "src/a b.ts", "start_line": 3}<|tool_call_end|><|tool_calls_section_end|>',
    two:
      '<|tool_calls_section_begin|><|tool_call_begin|>functions.read_file:0<|tool_call_argument_begin|>{"path": "src/a b.ts", "start_line": 3}<|tool_call_end|><|tool_call_begin|>functions.finish_task:1<|tool_call_argument_begin|>{"summary": "Done."}<|tool_call_end|><|tool_calls_section_end|>',
  },
  harmony: {
    one:
      '<|channel|>analysis<|message|>I read it.<|end|><|start|>assistant<|channel|>commentary to=functions.read_file <|constrain|>json<|message|>{"path": "src/a b.ts", "start_line": 3}<|call|>',
    two:
      '<|start|>assistant to=functions.read_file<|channel|>commentary json<|message|>{"path": "src/a b.ts", "start_line": 3}<|call|><|start|>assistant<|channel|>commentary to=functions.finish_task <|constrain|>json<|message|>{"summary": "Done."}<|call|>',
  },
  gemma_call: {
    one: "<start_function_call>call:read_file{path:<escape>src/a b.ts<escape>,start_line:3}<end_function_call>",
    two:
      '<|tool_call>call:read_file{path:<|"|>src/a b.ts<|"|>,start_line:3}<tool_call|><|tool_call>call:finish_task{summary:<|"|>Done.<|"|>}<tool_call|>',
  },
  jamba: {
    one: '<tool_calls>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}]</tool_calls>',
    two:
      '<tool_calls>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}, {"name": "finish_task", "arguments": {"summary": "Done."}}]</tool_calls>',
  },
  nemotron: {
    one: '<TOOLCALL>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}]</TOOLCALL>',
    two:
      '<TOOLCALL>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}, {"name": "finish_task", "arguments": {"summary": "Done."}}]</TOOLCALL>',
  },
  granite: {
    one: '<|tool_call|>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}]',
    two:
      '<|tool_call|>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}, {"name": "finish_task", "arguments": {"summary": "Done."}}]',
  },
  phi4_functools: {
    one: 'functools[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}]',
    two:
      'functools[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}, {"name": "finish_task", "arguments": {"summary": "Done."}}]',
  },
  internlm2: {
    one:
      '<|action_start|><|plugin|>\n{"name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}<|action_end|>',
    two:
      '<|action_start|><|plugin|>\n{"name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}<|action_end|>\n<|action_start|><|plugin|>\n{"name": "finish_task", "parameters": {"summary": "Done."}}<|action_end|>',
  },
  cohere: {
    one:
      '<|START_ACTION|>[{"tool_call_id": "0", "tool_name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}]<|END_ACTION|>',
    two:
      '<|START_ACTION|>[{"tool_call_id": "0", "tool_name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}, {"tool_call_id": "0", "tool_name": "finish_task", "parameters": {"summary": "Done."}}]<|END_ACTION|>',
  },
  apertus: {
    one: '<|tools_prefix|>[{"read_file": {"path": "src/a b.ts", "start_line": 3}}]<|tools_suffix|>',
    two:
      '<|tools_prefix|>[{"read_file": {"path": "src/a b.ts", "start_line": 3}}, {"finish_task": {"summary": "Done."}}]<|tools_suffix|>',
  },
  llama_json: {
    one: '<|python_tag|>{"name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}',
    two:
      '<|python_tag|>{"name": "read_file", "parameters": {"path": "src/a b.ts", "start_line": 3}}; {"name": "finish_task", "parameters": {"summary": "Done."}}',
  },
  gigachat: {
    one:
      '<|message_sep|>function call<|role_sep|>\n{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}',
    two:
      'function call<|role_sep|>\n{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}<|message_sep|>function call<|role_sep|>\n{"name": "finish_task", "arguments": {"summary": "Done."}}',
  },
  lfm2_json: {
    one:
      '<|tool_call_start|>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}]<|tool_call_end|>',
    two:
      '<|tool_call_start|>{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}, {"name": "finish_task", "arguments": {"summary": "Done."}}<|tool_call_end|>',
  },
  function_calls_json: {
    one:
      '<function_calls>[{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}]</function_calls>',
    two:
      '<function_calls>\n{"name": "read_file", "arguments": {"path": "src/a b.ts", "start_line": 3}}\n{"name": "finish_task", "arguments": {"summary": "Done."}}\n</function_calls>',
  },
  calling_tool: {
    one: '[Calling tool="read_file" path="src/a b.ts" start_line="3"]',
    two:
      '[Calling tool: read_file({"path": "src/a b.ts", "start_line": 3})][Calling tool: finish_task({"summary": "Done."})]',
  },
  python_tagged: {
    one: '<|tool_call_start|>[read_file(path="src/a b.ts", start_line=3)]<|tool_call_end|>',
    two: "```tool_code\nprint(read_file(path='src/a b.ts', start_line=3))\nfinish_task(summary='Done.')\n```",
  },
  python_bare: {
    one: "Reading: [read_file(path='src/a b.ts', start_line=3)]",
    two: 'read_file(path=\'src/a b.ts\', start_line=3)\nfinish_task(summary="""Done.""")',
  },
};

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
  assert.deepEqual(formatsFor("Just words.").map(({ name }) => name), ["plain_json", "python_bare"]);
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
