import assert from "node:assert/strict";
import type { ToolDeclaration } from "../../src/kernel/call.ts";
import { meantTools } from "../../src/mediate/meant_tools.ts";

function tool(name: string, ...required: string[]): ToolDeclaration {
  const properties = Object.fromEntries(required.map((one) => [one, { type: "string" }]));
  return { name, describes: name, parameters: { type: "object", properties, required } };
}

const TOOLS = [tool("read_file", "path"), tool("search_code", "pattern", "folder"), tool("answer", "text")];
const names = (text: string, attempted: Parameters<typeof meantTools>[1] = []) =>
  meantTools(text, attempted, TOOLS)?.tools ?? [];

for (
  const [text, tools] of [
    ["", []],
    ["  \n", []],
    ["<think>I could read_file here.</think>", []],
    ["I need to think about this some more.", []],
    ["The answer is 42.", []],
    ["I will use read_file on src/a.ts.", ["read_file"]],
    ["Let me search the code, or rather readFile.", ["read_file"]],
    ["First Search Code, then read file a.ts", ["search_code", "read_file"]],
    ['{"name": "answer", "arguments": {"text": "it is so"', ["answer"]],
    ["answer(text=so)", ["answer"]],
  ] as const
) {
  Deno.test(`of ${JSON.stringify(text)} the meant tools are ${tools.join(", ") || "none"}`, () =>
    assert.deepEqual(names(text), tools));
}

Deno.test("a call of an unknown tool means those that have its arguments", () => {
  const attempted = [{ name: "open_document", arguments: { path: "a.ts" }, fault: "There is no tool." }];
  assert.deepEqual(names('{"name": "open_document", "arguments": {"path": "a.ts"}}', attempted), ["read_file"]);
  assert.deepEqual(names("{}", [{ name: "x", arguments: "text", fault: "" }]), []);
});

Deno.test("the excerpt is one line, and of a long reply the part around the name", () => {
  const long = `${"before ".repeat(400)}\nread_file\nsrc/a.ts ${"after ".repeat(400)}`;
  const excerpt = meantTools(long, [], TOOLS)!.excerpt;
  assert.match(excerpt, /read_file src\/a\.ts/);
  assert.ok(excerpt.length <= 1000 && !excerpt.includes("\n"));
});
