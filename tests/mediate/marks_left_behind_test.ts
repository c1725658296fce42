import assert from "node:assert/strict";
import type { ToolDeclaration } from "../../src/kernel/call.ts";
import { callsIn, read, TOOLS } from "./samples.ts";

const READ = [{ name: "read_file", arguments: { path: "a" } }];

/** What a native reply with one delivered call says. */
function delivered(name: string, given: unknown, tools: readonly ToolDeclaration[] = TOOLS) {
  return read("", { way: "native", delivered: [{ name, arguments: given }], tools });
}

Deno.test("the name of a delivered call is read although a template left marks at it", () => {
  for (
    const name of [
      "read_file<|channel|>commentary",
      "read_file<|channel|>json",
      "read_file <|constrain|>json",
      "read_file<|message|>",
      "read_file<tool_sep>",
      "read_file</function>",
      "read_file\n",
      "read_file json",
      "read_file:0",
      "functions.read_file:12",
      "read_file[ARGS]",
      "read_file(path)",
      'read_file"',
      "read\\_file",
      "commentary to=functions.read_file",
      "assistantcommentary to=read_file json",
    ]
  ) {
    const reading = delivered(name, { path: "a" });
    assert.deepEqual(reading.calls, READ, name);
    assert.match(reading.repairs[0] ?? "", /read as read_file\.$/, name);
  }
});

Deno.test("what is more than marks behind a name is another name", () => {
  for (
    const name of [
      "read_file and write_file",
      "read_files_of",
      "my read_file",
      "read_file/now",
      "",
      "<|channel|>",
      "::",
    ]
  ) {
    assert.deepEqual(delivered(name, { path: "a" }).calls, [], name);
  }
  const verdicts: readonly ToolDeclaration[] = [{
    name: "approve_code",
    describes: "",
    parameters: { type: "object" },
  }];
  assert.equal(delivered("approve_code<|channel|>json", {}, verdicts).calls.length, 1);
  assert.equal(
    delivered("aprove_code<|channel|>json", {}, verdicts).calls.length,
    0,
    "a verdict is never meant by a slip",
  );
});

Deno.test("delivered arguments are read in a list, with marks, words and brackets around them", () => {
  for (
    const given of [
      '[{"path":"a"}]',
      '{"path":"a"}]',
      '{"path":"a"}}',
      '{"path":"a"}<|call|>',
      '{"path":"a"}<|im_end|>\n',
      '{"path":"a"}</tool_call>',
      '{"path":"a"}</s>',
      'json{"path":"a"}',
      'json\n{"path":"a"}',
      '```json\n{"path":"a"}\n```',
      'null{"path":"a"}',
      '{}{"path":"a"}',
      '{} {"path":"a"}<|call|>',
      '<|message|>{"path":"a"}',
      '[ARGS]{"path":"a"}',
      '{"path":"a"}{"path":"a"}',
      '[{"path":"a"}]<|im_end|>',
      [{ path: "a" }],
      '"{\\"path\\":\\"a\\"}"',
    ]
  ) assert.deepEqual(delivered("read_file", given).calls, READ, String(given));
});

Deno.test("delivered arguments that say two things, or nothing, are refused", () => {
  for (
    const given of [
      '{"path":"a"}{"path":"b"}',
      '[{"path":"a"},{"path":"b"}]',
      '{"path":"a"} and then the next',
      'the file {"path":"a"}',
      '{"path":"a',
      "json",
      "[]",
      '["a"]',
    ]
  ) {
    const reading = delivered("read_file", given);
    assert.deepEqual(reading.calls, [], given);
    assert.notEqual(reading.fault, null, given);
  }
});

Deno.test("harmony is read although the server took its marks", () => {
  for (
    const text of [
      'analysisI need the file.assistantcommentary to=functions.read_file json{"path":"a"}',
      'commentary to=functions.read_file {"path":"a"}',
      'commentary to=functions.read_file json {"path":"a"}',
      'assistantcommentary to=functions.read_file code{"path":"a"}',
      'to=functions.read_file<|channel|>commentary json{"path":"a"}',
      '<|channel|>commentary to=functions.read_file <|channel|>commentary<|constrain|>json<|message|>{"path":"a"}',
      'analysisFirst.assistantcommentary to=functions.read_file json\n```json\n{"path":"a"}\n```',
    ]
  ) assert.deepEqual(callsIn(text), READ, text);
  for (const text of ["I would go to=functions.read_file.", 'see to=functions.nothing {"path":"a"}']) {
    assert.deepEqual(callsIn(text), [], text);
  }
});

Deno.test("DSML is read with blanks in its tags, with plain bars, with a bar lost", () => {
  const dsml = (open: (tag: string) => string, close: (tag: string) => string) =>
    `<${open("tool_calls")}>\n<${open('invoke name="read_file"')}>\n<${
      open('parameter name="path" string="true"')
    }>a</${close("parameter")}>\n</${close("invoke")}>\n</${close("tool_calls")}>`;
  for (
    const text of [
      dsml((tag) => `｜DSML｜${tag}`, (tag) => `｜DSML｜${tag}`),
      dsml((tag) => ` | DSML | ${tag}`, (tag) => ` | DSML | ${tag}`),
      dsml((tag) => `｜DSML｜ ${tag}`, (tag) => `｜DSML｜ ${tag}`),
      dsml((tag) => ` ｜DSML｜${tag}`, (tag) => ` ｜DSML｜${tag}`),
      dsml((tag) => `|DSML|${tag}`, (tag) => `|DSML|${tag}`),
      dsml((tag) => `DSML｜${tag}`, (tag) => `DSML｜${tag}`),
      dsml((tag) => ` | DSML | ${tag}`, (tag) => `｜DSML｜${tag}`),
      dsml((tag) => `｜DSML｜${tag}`, (tag) => `｜DSML｜${tag}`).replace(/<\/｜DSML｜invoke>\n/, ""),
    ]
  ) assert.deepEqual(callsIn(text), READ, text);
});

Deno.test("GLM's calls are read without keys and with tags that are wrong, or the fault says that a name is missing", () => {
  for (
    const inner of [
      "<arg_value>a</arg_value>",
      "<arg_key>path</arg_key>\n<arg_value>a</arg_value>",
      "<arg_key>path\n<arg_value>a</arg_value>",
      "<arg_key>path</arg_key>\n<arg_key>a</arg_value>",
      "<arg_key>path</arg_key><arg_value>a",
    ]
  ) assert.deepEqual(callsIn(`<tool_call>read_file\n${inner}\n</tool_call>`), READ, inner);
  assert.deepEqual(
    callsIn("<tool_call>finish_task\n<arg_value>All of it works.</arg_value>\n</tool_call>"),
    [{ name: "finish_task", arguments: { summary: "All of it works." } }],
  );
  for (const tool of ["report_issue", "create_file"]) {
    const reading = read(`<tool_call>${tool}\n<arg_value>a</arg_value>\n</tool_call>`);
    if (reading.calls.length > 0) assert.fail(JSON.stringify(reading.calls));
    assert.match(
      reading.fault ?? "",
      /^An argument of \w+ has no name\. Write each with its name; the names are "path"/,
    );
  }
});

Deno.test("Gemma's calls are read without their marks", () => {
  for (
    const text of [
      "call:read_file{path:<escape>a<escape>}",
      'call:read_file{path:<|"|>a<|"|>}<tool_call|>',
      "call:read_file{path:<escape>a<escape>}<end_function_call>",
      "I read it.\ncall:read_file{path:<escape>a<escape>}",
      'read_file{path:<|"|>a<|"|>}',
      "read_file{path:<escape>a<escape>}<end_function_call>",
      '<|tool_call>read_file{path:<|"|>a<|"|>}<tool_call|>',
    ]
  ) assert.deepEqual(callsIn(text), READ, text);
});

Deno.test("a value that nothing closes ends where the next argument of the tool begins", () => {
  const both = [{ name: "read_file", arguments: { path: "a", start_line: 3 } }];
  for (
    const text of [
      "<tool_call>\n<function=read_file>\n<parameter=path>\na\n<parameter=start_line>\n3\n</parameter>\n</function>\n</tool_call>",
      "<function=read_file>\n<parameter=path>\na\n<parameter=start_line>\n3\n</function>",
      '<invoke name="read_file">\n<parameter name="path">a\n<parameter name="start_line">3</parameter>\n</invoke>',
      '<function name="read_file">\n<param name="path">a\n<param name="start_line">3</param>\n</function>',
    ]
  ) assert.deepEqual(callsIn(text), both, text);
  const about = "Write <parameter=path>\nor\n<parameter=start_line>\n3\n</parameter> there.";
  assert.deepEqual(
    callsIn(`<function=finish_task>\n<parameter=summary>\n${about}\n</parameter>\n</function>`),
    [{ name: "finish_task", arguments: { summary: about } }],
    "an argument that the tool does not have is content",
  );
});

const DESCRIBED: readonly ToolDeclaration[] = [{
  name: "consult_coding_specialist",
  describes: "Asks the coding specialist.",
  parameters: {
    type: "object",
    required: ["query"],
    properties: {
      query: { type: "string", description: "What the specialist shall find out or do." },
      context: { type: "string", description: "What it must know. Files, for example." },
      mode: { type: "string", enum: ["What it must know"], description: "How." },
    },
  },
}, {
  name: "answer",
  describes: "Answers.",
  asText: "text",
  parameters: {
    type: "object",
    required: ["text", "to"],
    properties: { text: { type: "string", description: "The whole answer." }, to: { type: "string" } },
  },
}];

Deno.test("what a schema says of an argument, copied in its place, is no argument", () => {
  for (
    const query of [
      "What the specialist shall find out or do.",
      "what the specialist shall find out or do",
      "<What the specialist shall find out or do.>",
      "What  it must know.",
      "What it must know. Files, for example.",
      "Files, for example",
      "<query>",
      "{{query}}",
      "[your query]",
    ]
  ) {
    const reading = delivered("consult_coding_specialist", { query }, DESCRIBED);
    assert.deepEqual(reading.calls, [], query);
    assert.match(reading.fault ?? "", /repeats what the schema says of "query"\. Give the value itself\.$/, query);
  }
  for (
    const query of ["What shall I do?", "The whole answer of it", "query", "How.", "<b>", "Which files must it know?"]
  ) {
    assert.equal(delivered("consult_coding_specialist", { query }, DESCRIBED).calls.length, 1, query);
  }
  const allowed = delivered("consult_coding_specialist", { query: "Go.", mode: "What it must know" }, DESCRIBED);
  assert.equal(allowed.calls.length, 1, "a value that the schema names");
});

Deno.test("a text that only repeats the schema is asked for by itself", () => {
  const reading = delivered("answer", { to: "qa", text: "The whole answer." }, DESCRIBED);
  assert.deepEqual(reading.calls, [{ name: "answer", arguments: { to: "qa" } }]);
  assert.match(reading.repairs.join(), /"text" holds what the schema says of it, so it is asked for\./);
});
