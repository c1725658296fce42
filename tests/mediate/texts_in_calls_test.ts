import assert from "node:assert/strict";
import type { ToolDeclaration } from "../../src/kernel/call.ts";
import { readCalls } from "../../src/mediate/read_calls.ts";

const TOOLS: readonly ToolDeclaration[] = [{
  name: "run_shell",
  describes: "Runs a command.",
  parameters: {
    type: "object",
    required: ["command"],
    properties: { command: { type: "string" }, timeout: { type: "integer" }, folder: { type: "string" } },
  },
}];

/** The arguments of the one call that a text holds, or null. */
function givenIn(text: string): unknown {
  const { calls } = readCalls(text, TOOLS);
  return calls.length === 1 ? calls[0]?.arguments : null;
}

Deno.test("quotes inside a text are a part of it although a colon or an equals sign follows the word behind them", () => {
  for (
    const command of [
      'git commit -m "fix: the parser" && git push',
      'git commit -m "fix: the parser"',
      'git commit -m "fix: a" -m "see: b, c: d" && git push',
      'git commit -m "fix": the parser',
      'export "A=b=c" && npm test',
      'curl -H "Accept: application/json" http://localhost:3000/a',
      'curl -H "Content-Type: text/plain" localhost:3000',
      'echo "key: value"; ls',
      'cd "my dir"; ls "other: dir"',
      'echo "a", "b: c" && ls',
      'echo "it\'s: here"',
    ]
  ) {
    const long = { command, timeout: 5 };
    for (
      const [writing, given] of [
        [
          `<tool_call>\n{"name": "run_shell", "arguments": {"command": "${command}", "timeout": 5}}\n</tool_call>`,
          long,
        ],
        [`{"name": "run_shell", "arguments": {"timeout": 5, "command": "${command}"}}`, long],
        [`{"name": "run_shell", "arguments": {"command": "${command}"}}`, { command }],
        [`{"name": "run_shell", "arguments": {"command": "${command}",\n "timeout": 5}}`, long],
      ] as const
    ) assert.deepEqual(givenIn(writing), given, writing);
  }
  const bare = '{name: "run_shell", arguments: {command: "git commit -m "fix: it" http://x", timeout: 5}}';
  assert.deepEqual(givenIn(bare), { command: 'git commit -m "fix: it" http://x', timeout: 5 });
});

Deno.test("a comma that is missing between two members is still mended", () => {
  const given = { command: "ls", timeout: 5 };
  for (
    const writing of [
      '{"name": "run_shell", "arguments": {"command": "ls" "timeout": 5}}',
      '{"name": "run_shell", "arguments": {"command": "ls"\n"timeout": 5}}',
      '{name: "run_shell", arguments: {command: "ls" timeout: 5}}',
      '{name: "run_shell", arguments: {command: "ls"\n timeout: 5}}',
      '{"name": "run_shell", "arguments": {"command": "ls"; "timeout": 5}}',
      '{"name": "run_shell", "arguments": {"command": "ls"; timeout: 5;}}',
      '{"name": "run_shell", "arguments": {"command": "ls", timeout: 5}}',
    ]
  ) assert.deepEqual(givenIn(writing), given, writing);
});

Deno.test("texts that are joined by plus signs are one text, without quotes and signs between its parts", () => {
  const call = (written: string, more = "") => `{"name": "run_shell", "arguments": {"command": ${written}${more}}}`;
  for (
    const [written, command] of [
      ['"a\\n" + "b\\n"', "a\nb\n"],
      ['"a\\n"+"b\\n"', "a\nb\n"],
      ['"a\\n" +\n   "b\\n" +\n   "c"', "a\nb\nc"],
      ['"a\\n"\n + "b"', "a\nb"],
      ["\"a \" + 'b'", "a b"],
      ["'a ' + 'b'", "a b"],
      ['"say \\"a\\"" + " + b"', 'say "a" + b'],
    ] as const
  ) {
    assert.deepEqual(givenIn(call(written)), { command }, written);
    assert.deepEqual(givenIn(call(written, ', "timeout": 5')), { command, timeout: 5 }, written);
    assert.deepEqual(givenIn(`<tool_call>${call(written)}</tool_call>`), { command }, written);
    assert.deepEqual(givenIn(`run_shell(command=${written}, timeout=5)`), { command, timeout: 5 }, written);
  }
  const listed =
    '{"name": "run_shell", "arguments": {"command": "ls", "folder": "a" + "b"}, "reason": ["x" + "y", "z"]}';
  assert.deepEqual(givenIn(listed), { command: "ls", folder: "ab" });
});

Deno.test("a plus sign between quotes that a text holds joins nothing", () => {
  for (
    const command of [
      'print("a" + "b")',
      'x = "a" + "b";',
      'tr "+" "-" f',
      's.split("+")',
      's.split(" + ")',
      'say "a" + "b" now',
    ]
  ) {
    const text = `{"name": "run_shell", "arguments": {"command": "${command}", "timeout": 5}}`;
    assert.deepEqual(givenIn(text), { command, timeout: 5 }, text);
  }
});

Deno.test("a text that is joined with what only a program knows is no text", () => {
  for (const written of ['"a" + name + "b"', '"a" + name', '"a" + f("x")', '"a" + "b" + name']) {
    const text = `<tool_call>{"name": "run_shell", "arguments": {"command": ${written}, "timeout": 5}}</tool_call>`;
    assert.equal(givenIn(text), null, text);
  }
});
