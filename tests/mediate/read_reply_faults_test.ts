import assert from "node:assert/strict";
import { read, TOOLS } from "./samples.ts";
import { readReply } from "../../src/mediate/read_reply.ts";

Deno.test("a faulty call is told so that a model can act on it", () => {
  const faults: readonly (readonly [string, string])[] = [
    [
      '{"name": "read_file", "arguments": {}}',
      'The call of read_file is wrong: "path" is missing (string: File, relative to the project).',
    ],
    [
      '{"name": "report_issue", "arguments": {"path": "a", "severity": "grave"}}',
      'The call of report_issue is wrong: "severity" must be one of "low", "medium", "high", but is "grave".',
    ],
    [
      '{"name": "deploy", "arguments": {"to": "server"}}',
      'There is no tool "deploy". The tools are read_file, create_file, search_code, report_issue, finish_task.',
    ],
    [
      '{"arguments": {"path": "a"}}',
      'The call names no tool. "name" must be one of read_file, create_file, search_code, report_issue, finish_task.',
    ],
    [
      '{"name": "read_file", "arguments": {"path": "a", "encoding": "utf-8"}}',
      'The call of read_file is wrong: "encoding" is not known; known are "path", "start_line", "end_line".',
    ],
    [
      '{"name": "read_file", "arguments": "src/a.ts"}',
      'The arguments of read_file must be a JSON object ("path", "start_line", "end_line"), but are the text "src/a.ts".',
    ],
  ];
  for (const [text, fault] of faults) {
    const reading = read(text);
    assert.deepEqual(reading.calls, []);
    assert.equal(reading.fault, fault);
    assert.equal(reading.attempted.length, 1);
  }
});

Deno.test("a tool that is shown but not legal now is refused by name", () => {
  const reading = read('{"name": "finish_task", "arguments": {"summary": "done"}}', {
    tools: TOOLS.slice(0, 2),
    allTools: TOOLS,
  });
  assert.deepEqual(reading.calls, []);
  assert.equal(reading.fault, "finish_task cannot be called now. The tools that can are read_file, create_file.");
});

Deno.test("prose, data and code are no calls", () => {
  const texts = [
    "I would use read_file to look at src/a.ts.",
    "You can call `read_file(path)` for that.",
    'Use `read_file(path="src/a.ts")` when in doubt.',
    "The read_file tool takes a path: read_file(path).",
    '{"debug": true, "level": "info"}',
    '{"name": "Ada", "age": 36}',
    '```json\n{"name": "my-app", "version": "1.0.0", "scripts": {"test": "x"}}\n```',
    '```ts\nconst call = \'{"name": "read_file", "arguments": {"path": "a"}}\';\nsend(call);\n```',
    '```python\nimport agent\nread_file(path="src/a.ts")\nprint("x")\n```',
    '{"name": "read_file", "description": "Reads a text file.", "parameters": {"type": "object", "properties": {"path": {"type": "string"}}}}',
    "Approved. The code looks good to me.",
    "",
  ];
  for (const text of texts) {
    const reading = read(text);
    assert.deepEqual(reading.calls, [], text);
    assert.notEqual(reading.fault, null, text);
  }
  assert.match(read(texts[4] ?? "").fault ?? "", /names no tool/);
  assert.match(read("").fault ?? "", /^The reply is empty/);
});

Deno.test("a reply that was cut in its thinking is told so, in whichever place the server puts that", () => {
  const reading = (text: string, thinking: string, endedBy: "stop" | "length") =>
    readReply({ text, thinking, endedBy, delivered: [], tools: TOOLS, way: "constrained", forced: false }).fault ?? "";
  const cut = /^The reply ended in the midst of its thinking/;
  assert.match(reading("", "Let me see.", "length"), cut);
  assert.match(reading("<think>Let me see.", "", "length"), cut);
  assert.match(reading("", "Let me see.", "stop"), /^The reply is empty/);
  assert.match(reading("", "", "length"), /^The reply is empty/);
});

Deno.test("several calls keep their order, and none is made after one that is wrong", () => {
  const first = '{"name": "read_file", "arguments": {"path": "a"}}';
  const wrong = '{"name": "report_issue", "arguments": {"path": "a"}}';
  const last = '{"name": "finish_task", "arguments": {"summary": "done"}}';
  for (
    const text of [
      `${first}\n${last}`,
      `${first}, ${last}`,
      `[${first}, ${last}]`,
      `<tool_call>${first}</tool_call>\n<tool_call>${last}</tool_call>`,
    ]
  ) {
    assert.deepEqual(read(text).calls.map(({ name }) => name), ["read_file", "finish_task"], text);
  }
  const reading = read(`${first}\n${wrong}\n${last}`);
  assert.deepEqual(reading.calls.map(({ name }) => name), ["read_file"]);
  assert.deepEqual(reading.attempted.map(({ fault }) => fault), [
    'The call of report_issue is wrong: "severity" is missing (one of "low", "medium", "high").',
    "The call of finish_task was not made, since the one before it is wrong.",
  ]);
});

Deno.test("a call that was cut is refused, one that merely was not closed is read", () => {
  for (
    const cut of [
      '{"name": "finish_task", "arguments": {"summary": "half a sen',
      '{"name": "read_file", "arguments": {"path": "a", "start_line": 12',
    ]
  ) {
    const reading = read(cut);
    assert.deepEqual(reading.calls, [], cut);
    assert.match(reading.fault ?? "", /^The reply ended inside the call of /, cut);
  }
  const open = '{"name": "read_file", "arguments": {"path": "a"';
  assert.equal(read(open).calls.length, 1);
  assert.equal(read(open, { endedBy: "length" }).calls.length, 0, "more may have been to come");
});

Deno.test("a verdict is read only where it is said: not out of a slip, an example, a sentence or a thought", () => {
  const call = '{"name": "finish_task", "arguments": {"summary": "All done."}}';
  const refused: Readonly<Record<string, string>> = {
    slip: call.replace("finish_task", "finsh_task"),
    example: `It ends like this:\n\`\`\`python\nfinish_task(summary="All done.")\n\`\`\`\nbut the test is red.`,
    sentence: `Later I write <tool_call>${call}</tool_call> and stop.`,
    "thought, kept apart": `(Soon.) <think>${call}</think> The test is red.`,
  };
  for (const [what, text] of Object.entries(refused)) {
    const reading = read(text);
    assert.deepEqual(reading.calls, [], what);
    assert.notEqual(reading.fault, null, what);
  }
  assert.match(read("", { thinking: call }).fault ?? "", /stood in the thinking only/);
  assert.equal(
    read("", { thinking: call.replace("finish_task", "search_code").replace("summary", "text") }).calls.length,
    1,
  );
  for (const text of [call, `The tests pass.\n${call}`, `<tool_call>${call}</tool_call>\nThat is all.`]) {
    assert.deepEqual(read(text).calls.map(({ name }) => name), ["finish_task"], text);
  }
});

Deno.test("of a list that the end has cut the whole calls run, and the last is told", () => {
  const reading = read(
    '[{"name": "read_file", "arguments": {"path": "a"}}, {"name": "create_file", "arguments": {"path": "b", "content": "half',
  );
  assert.deepEqual(reading.calls, [{ name: "read_file", arguments: { path: "a" } }]);
  assert.deepEqual(reading.attempted.map(({ name, arguments: given }) => ({ name, arguments: given })), [
    { name: "create_file", arguments: { path: "b", content: "half" } },
  ]);
  assert.match(reading.fault ?? "", /ended inside the call of create_file/);
});

Deno.test("a stuck model is told the first faults and how many more there are", () => {
  const reading = read('{"name": "no_such", "arguments": {}}\n'.repeat(50));
  assert.equal(reading.attempted.length, 20);
  assert.match(reading.fault ?? "", /30 more calls were not made\.$/);
});

Deno.test("of a flood of calls the first 64 are read, and it is said how many were left out", () => {
  const call = { name: "read_file", arguments: { path: "src/a.ts" } };
  const written = `<tool_call>${JSON.stringify(call)}</tool_call>\n`;
  const floods = [
    read("", { delivered: Array.from({ length: 20_000 }, () => call) }),
    read(written.repeat(20_000)),
    read(`${JSON.stringify(call)}\n`.repeat(20_000)),
    read("read_file(path='src/a.ts')\n".repeat(20_000)),
    read(`[${Array.from({ length: 20_000 }, () => JSON.stringify(call)).join(",")}]`),
  ];
  for (const { calls, attempted, fault, prose } of floods) {
    assert.equal(calls.length, 64);
    assert.deepEqual(attempted.map(({ name }) => name), ["read_file"]);
    assert.match(fault ?? "", /^19936 calls were left out: at most 64 calls of one reply are read\./);
    assert.equal(prose, "");
  }
  assert.equal(read(written.repeat(64)).attempted.length, 0);
  const wrong = read('<tool_call>{"name": "nope", "arguments": {}}</tool_call>\n'.repeat(100));
  assert.match(wrong.fault ?? "", /^36 calls were left out/);
});
