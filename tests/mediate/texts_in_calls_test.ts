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
