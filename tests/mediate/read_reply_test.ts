import assert from "node:assert/strict";
import { callsIn, read, readAs } from "./samples.ts";

const READ = [{ name: "read_file", arguments: { path: "src/a.ts" } }];

Deno.test("every usual writing of one call is read as that call", () => {
  const writings = {
    tagged: '<tool_call>\n{"name": "read_file", "arguments": {"path": "src/a.ts"}}\n</tool_call>',
    "closing tag missing": '<tool_call>\n{"name": "read_file", "arguments": {"path": "src/a.ts"}}',
    "opening tag missing": '{"name": "read_file", "arguments": {"path": "src/a.ts"}}\n</tool_call>',
    "tools tag": '<tools>{"name": "read_file", "arguments": {"path": "src/a.ts"}}</tools>',
    "tools tag in a fence": '```xml\n<tools>\n{"name": "read_file", "arguments": {"path": "src/a.ts"}}\n</tools>\n```',
    bare: '{"name": "read_file", "arguments": {"path": "src/a.ts"}}',
    "json fence": '```json\n{"name": "read_file", "arguments": {"path": "src/a.ts"}}\n```',
    "odd label": '```call\n{"name": "read_file", "arguments": {"path": "src/a.ts"}}\n```',
    "open fence": 'I read it first.\n```json\n{"name": "read_file", "arguments": {"path": "src/a.ts"}}',
    list: '[{"name": "read_file", "arguments": {"path": "src/a.ts"}}]',
    "key parameters": '{"name": "read_file", "parameters": {"path": "src/a.ts"}}',
    "key args": '{"tool": "read_file", "args": {"path": "src/a.ts"}}',
    "key input": '{"name": "read_file", "input": {"path": "src/a.ts"}}',
    wrapper: '{"type": "function", "function": {"name": "read_file", "arguments": {"path": "src/a.ts"}}}',
    "string arguments": '{"name": "read_file", "arguments": "{\\"path\\": \\"src/a.ts\\"}"}',
    "name as key": '{"read_file": {"path": "src/a.ts"}}',
    "flat arguments": '{"name": "read_file", "path": "src/a.ts"}',
    "single quotes": "{'name': 'read_file', 'arguments': {'path': 'src/a.ts'}}",
    "trailing comma": '{"name": "read_file", "arguments": {"path": "src/a.ts",},}',
    comments: '{\n  // look first\n  "name": "read_file", /* tool */\n  "arguments": {"path": "src/a.ts"}\n}',
    "bare keys": '{name: "read_file", arguments: {path: "src/a.ts"}}',
    "doubled braces": '{{"name": "read_file", "arguments": {"path": "src/a.ts"}}}',
    "one brace too many": '{"name": "read_file", "arguments": {"path": "src/a.ts"}}}',
    "one brace too few": '{"name": "read_file", "arguments": {"path": "src/a.ts"}',
    "brace too few in a tag": '<tool_call>{"name": "read_file", "arguments": {"path": "src/a.ts"}</tool_call>',
    "case of the name": '{"name": "Read_File", "arguments": {"path": "src/a.ts"}}',
    "camel case": '{"name": "readFile", "arguments": {"path": "src/a.ts"}}',
    "a prefix": '{"name": "functions.read_file", "arguments": {"path": "src/a.ts"}}',
    "a slip in the name": '{"name": "read_flie", "arguments": {"path": "src/a.ts"}}',
    "an alias of the argument": '{"name": "read_file", "arguments": {"filePath": "src/a.ts"}}',
    "wrapped arguments": '{"name": "read_file", "arguments": {"arguments": {"path": "src/a.ts"}}}',
    "after thinking":
      '<think>Shall I call {"name": "finish_task"}? No.</think>{"name": "read_file", "arguments": {"path": "src/a.ts"}}',
    "thinking never closed": '<think>I read it.\n{"name": "read_file", "arguments": {"path": "src/a.ts"}}',
    "python": 'read_file(path="src/a.ts")',
    "python list": "[read_file(path='src/a.ts')]",
    "null for an optional one": '{"name": "read_file", "arguments": {"path": "src/a.ts", "start_line": null}}',
  };
  for (const [writing, text] of Object.entries(writings)) {
    assert.deepEqual(callsIn(text), READ, writing);
  }
});

Deno.test("what had to be mended is said, and what was right is not", () => {
  assert.equal(read('{"name": "read_file", "arguments": {"path": "a"}}').step, "any format");
  assert.equal(
    read('<tool_call>{"name": "read_file", "arguments": {"path": "a"}}</tool_call>', { family: "hermes_json" }).step,
    "known format",
  );
  const mended = read("{'name': 'readFile', 'arguments': {'file': 'a', 'start_line': '3'}}");
  assert.equal(mended.step, "repair");
  assert.deepEqual(mended.repairs, [
    'Name "readFile" read as read_file.',
    "The writing of the call of read_file was mended: quotes.",
    'read_file: argument "file" read as "path".',
    'read_file: "start_line": "3" read as integer.',
  ]);
});

Deno.test("types convert only where nothing is lost", () => {
  const given = (argument: string, value: string) =>
    read(`{"name": "read_file", "arguments": {"path": "a", "${argument}": ${value}}}`);
  assert.deepEqual(given("start_line", '"12"').calls[0]?.arguments, { path: "a", start_line: 12 });
  for (const wrong of ['"twelve"', "1.5", '"012"', "true", "[1]", '{"type": "integer"}']) {
    const reading = given("start_line", wrong);
    assert.deepEqual(reading.calls, [], wrong);
    assert.match(reading.fault ?? "", /"start_line" must be a whole number, but is /, wrong);
  }
  assert.deepEqual(callsIn('{"name": "search_code", "arguments": {"text": 404, "whole_words": "True"}}'), [
    { name: "search_code", arguments: { text: "404", whole_words: true } },
  ]);
  assert.deepEqual(callsIn('{"name": "report_issue", "arguments": {"path": "a", "severity": "High"}}'), [
    { name: "report_issue", arguments: { path: "a", severity: "high" } },
  ]);
});

Deno.test("what stands inside an argument is content", () => {
  const content =
    'a </tool_call> b\n```json\n{"name": "finish_task", "arguments": {"summary": "x"}}\n```\n<think>no</think> }} ]';
  const call = { name: "create_file", arguments: { path: "a.md", content } };
  for (
    const text of [
      JSON.stringify(call),
      `<tool_call>${JSON.stringify(call)}</tool_call>`,
      "```json\n" + JSON.stringify(call) + "\n```",
    ]
  ) {
    assert.deepEqual(callsIn(text), [call]);
  }
  const raw = '{"name": "create_file", "arguments": {"path": "a.py", "content": "print("hi")\nprint(\'it\'s\')\n"}}';
  assert.deepEqual(callsIn(raw), [{
    name: "create_file",
    arguments: { path: "a.py", content: "print(\"hi\")\nprint('it's')\n" },
  }]);
});

Deno.test("text around calls and thinking is kept apart from them", () => {
  const reading = read(
    '<think>Which file?</think>I look at it.\n```json\n{"name": "read_file", "arguments": {"path": "a"}}\n```\nThen I go on.',
  );
  assert.equal(reading.prose.replace(/\s+/g, " "), "I look at it. Then I go on.");
  assert.equal(reading.thinking, "Which file?");
});

Deno.test("a call in thoughts of which only the end is marked is not made, though a bracket stays open in them", () => {
  const [draft, meant] = [
    '{"name": "finish_task", "arguments": {"summary": "x"}}',
    '{"name": "read_file", "arguments": {"path": "a"}}',
  ];
  for (const open of ["Hmm :( let me see.", "`f(` is wrong.", "It begins with {.", "All is closed."]) {
    for (const end of ["</think>", "</think>\r", "  [/THINK]  "]) {
      const text = `${open}\n${draft}\nNo, too early.\n${end}\n${meant}`;
      assert.deepEqual(callsIn(text), [{ name: "read_file", arguments: { path: "a" } }], text);
    }
  }
  const content = "MARKS = [\n</think>\n]";
  for (
    const text of [
      `<tool_call>\n<function=create_file>\n<parameter=path>\na\n</parameter>\n<parameter=content>\n${content}\n</parameter>\n</function>\n</tool_call>`,
      JSON.stringify({ name: "create_file", arguments: { path: "a", content } }, null, 2),
    ]
  ) assert.deepEqual(callsIn(text), [{ name: "create_file", arguments: { path: "a", content } }], text);
});

Deno.test("delivered calls come first; their arguments may be a JSON string", () => {
  const reading = readAs("native", "I read it.", [{ name: "read_file", arguments: '{"path": "a"}' }]);
  assert.deepEqual(reading, {
    calls: [{ name: "read_file", arguments: { path: "a" } }],
    attempted: [],
    fault: null,
    step: "native",
    repairs: [],
    prose: "I read it.",
    thinking: "",
  });
});

Deno.test("a nameless delivered call is a fault, and a call in the text beside it is read", () => {
  const nameless = [{ name: "", arguments: { path: "a" } }];
  const refused = readAs("native", "", nameless);
  assert.deepEqual([refused.calls.length, refused.step], [0, "native"]);
  assert.match(refused.fault ?? "", /^The call names no tool\./);
  assert.equal(readAs("native", '{"name": "read_file", "arguments": {"path": "a"}}', nameless).calls.length, 1);
});

Deno.test("the constrained object gives the call with its reason, the text argument left for later", () => {
  const reading = readAs(
    "constrained",
    '{"reason": "It is missing.", "name": "create_file", "arguments": {"path": "a.ts"}}',
  );
  assert.equal(reading.step, "constrained");
  assert.deepEqual(reading.calls, [{ name: "create_file", arguments: { path: "a.ts" }, reason: "It is missing." }]);
});

Deno.test("calls of a reply that a grammar shaped are marked so", () => {
  const reading = read('{"name": "read_file", "arguments": {"path": "a"}}', { forced: true });
  assert.equal(reading.calls[0]?.forced, true);
});

Deno.test("a near name is mended only where one tool is meant", () => {
  const tool = (name: string) => ({
    name,
    describes: "",
    parameters: { type: "object", required: ["a"], properties: { a: { type: "integer" } } },
  });
  const named = (name: string, ...tools: string[]) =>
    read(`{"name": "${name}", "arguments": {"a": 1}}`, { tools: tools.map(tool) }).calls[0]?.name;
  assert.equal(named("aprove_message", "refuse_message", "approve_message"), undefined);
  assert.equal(named("archve_message", "refuse_message", "archive_message"), "archive_message");
  assert.equal(named("find", "catalogue.find", "catalogue.list"), "catalogue.find");
  assert.equal(named("find", "catalogue.find", "people.find"), undefined);
  assert.equal(named("unlock_door", "lock_door"), undefined);
  assert.equal(named("increase_speed", "decrease_speed"), undefined);
  assert.equal(named("read_fil", "read_file", "read_fill"), undefined);
  assert.equal(named("create_files", "create_file"), "create_file");
  assert.equal(named("run_tests", "run_command"), undefined);
});

Deno.test("calls in several formats stand side by side in the order of the text, inner ones are content", () => {
  const inner = '<tool_call>{"name": "read_file", "arguments": {"path": "b"}}</tool_call>';
  const mixed = `<function=read_file><parameter=path>a</parameter></function>\n${inner}`;
  assert.deepEqual(callsIn(mixed), [
    { name: "read_file", arguments: { path: "a" } },
    { name: "read_file", arguments: { path: "b" } },
  ]);
  const holding = JSON.stringify({ name: "create_file", arguments: { path: "a.md", content: `Write ${inner}.` } });
  for (const text of [holding, `\`\`\`json\n${holding}\n\`\`\``]) {
    assert.deepEqual(callsIn(text), [{ name: "create_file", arguments: { path: "a.md", content: `Write ${inner}.` } }]);
  }
  assert.deepEqual(callsIn(`Here is a.md:\n\`\`\`md\nUse it:\n${inner}\n\`\`\``), []);
});

Deno.test("thinking after a call is kept apart like any other", () => {
  const call = '{"name": "read_file", "arguments": {"path": "a"}}';
  const reading = read(`${call}\n<think>Or ${call.replace('"a"', '"b"')}</think>`);
  assert.deepEqual(reading.calls.map(({ arguments: given }) => given), [{ path: "a" }]);
  assert.match(reading.thinking, /^Or/);
});

Deno.test("each thing that was mended of the writing is named", () => {
  const writings: Readonly<Record<string, string>> = {
    "{'name': 'read_file', 'arguments': {'path': 'a'}}": "quotes",
    '{"name": "read_file", "arguments": {"path": "a",}}': "a trailing comma",
    '{"name": "read_file", /* why */ "arguments": {"path": "a"}}': "comments",
    '{{"name": "read_file", "arguments": {"path": "a"}}}': "doubled braces",
    '{"name": "read_file", "arguments": {path: "a"}}': "a key without quotes",
    '<tool_call>{"name": "read_file", "arguments": {"path": "a"}}': "a call that is not closed",
    '{"name": "read_file", "arguments": {"path": "a"}}</tool_call>': "a call that is not opened",
    '{"name": "read_file", "arguments": {"path": "a"}': "a bracket that is not closed",
    '<tool_call>{"name": "read_file", "arguments": {"path": "a</tool_call>': "a text that is not closed",
    "<function=read_file><parameter=path>a\n</function>": "an argument that is not closed",
  };
  for (const [text, what] of Object.entries(writings)) {
    const reading = read(text);
    assert.deepEqual(reading.calls, [{ name: "read_file", arguments: { path: "a" } }], text);
    assert.ok(reading.repairs.some((repair) => repair.includes(what)), `${text}: ${reading.repairs.join(" ")}`);
  }
});

Deno.test("a fence that only closes does not make a call twice", () => {
  assert.equal((callsIn('{"name": "read_file", "arguments": {"path": "a"}}\n\`\`\`') as unknown[]).length, 1);
});
