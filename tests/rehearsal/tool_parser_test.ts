import assert from "node:assert/strict";
import { ToolParser } from "../../src/rehearsal/tool_parser.ts";

const CALL = '{"name": "read_file", "arguments": {"path": "a.js"}}';

function read(text: string, size: number): { content: string; calls: unknown[] } {
  const parser = new ToolParser(["read_file", "read_file_lines"]);
  const read: { content: string; calls: unknown[] } = { content: "", calls: [] };
  for (let start = 0; start < text.length; start += size) {
    const piece = parser.add(text.slice(start, start + size));
    read.content += piece.content;
    read.calls.push(...piece.calls);
  }
  return read;
}

Deno.test("where a text is cut changes nothing of what is read", () => {
  for (const size of [1, 2, 3, 5, 8, 1000]) {
    assert.deepEqual(read(`First <tool\n<tool_call>\n${CALL}\n</tool_call>`, size), {
      content: "First <tool\n",
      calls: [{ name: "read_file", arguments: { path: "a.js" } }],
    });
  }
});

Deno.test("an object that is no JSON is skipped, the next one taken", () => {
  const text = `<tool_call>read_file {'path': 'a.js'} {"path": "b.js"}`;
  assert.deepEqual(read(text, 1000).calls, [{ name: "read_file", arguments: { path: "b.js" } }]);
});

Deno.test("of two names that begin alike the longer is called", () => {
  const text = '<tool_call>{"name": "read_file_lines", "arguments": {"path": "a.js"}}</tool_call>';
  assert.deepEqual(read(text, 1).calls, [{ name: "read_file_lines", arguments: { path: "a.js" } }]);
});

Deno.test("a named call without arguments is dropped", () => {
  assert.deepEqual(read('<tool_call>{"name": "read_file"}</tool_call>', 3), { content: "", calls: [] });
});
