import assert from "node:assert/strict";
import type { JsonSchema, ToolDeclaration } from "../../src/kernel/call.ts";
import { auditRendering } from "../../src/fleet/audit.ts";
import { bodyOf, readWire, type Recording } from "./replay.ts";

/** The tools of the recorded requests, as declarations. */
const recorded = await readWire<Recording>("ollama/debug-render.json");
const tools =
  (recorded.request.body?.tools as { function: { name: string; description: string; parameters: JsonSchema } }[])
    .map(({ function: { name, description, parameters } }): ToolDeclaration => ({
      name,
      describes: description,
      parameters,
    }));

/** The prompt that a recording shows. */
async function rendered(name: string): Promise<string> {
  const body = JSON.parse(bodyOf(await readWire<Recording>(`${name}.json`)));
  return body._debug_info?.rendered_template ?? body.prompt;
}

Deno.test("the recorded prompts are judged as they deserve", async () => {
  const cases = [
    ["ollama/debug-render", "broken"],
    ["ollama/unwrapped-render", "broken"],
    ["ollama/tool-result-render", "broken"],
    ["ollama/window-messages-dropped", "broken"],
    ["ollama/debug-render-json-tools", "shown"],
    ["ollama/debug-render-native", "shown"],
    ["llamacpp/apply-template", "shown"],
  ] as const;
  for (const [name, finding] of cases) {
    assert.equal(auditRendering(await rendered(name), tools, null).finding, finding, name);
  }
  assert.match(auditRendering(await rendered("ollama/debug-render"), tools, null).reason, /has the name read_file/);
});

Deno.test("a host that cannot render is not judged", () => {
  assert.equal(auditRendering(null, tools, null).finding, "not_rendered");
});

Deno.test("one changed name, description, parameter, value or required list makes a prompt broken", async () => {
  const whole = await rendered("ollama/debug-render-native");
  const damages: readonly (readonly [string, string])[] = [
    ['"name": "run_command"', '"name": ""'],
    ["Runs an allowed command.", "Runs."],
    ['"start_line":', '"line":'],
    ["First line, from 1.", ""],
    ["deno fmt", "deno lint"],
    ['"required": ["command"]', '"required": []'],
    ['"type": "integer"', '"type": "string"'],
    [
      '"parameters": {"type": "object", "required": ["command"]',
      '"schema": {"type": "object", "required": ["command"]',
    ],
  ];
  for (const [from, to] of damages) {
    assert.ok(whole.includes(from), from);
    assert.equal(auditRendering(whole.replace(from, to), tools, null).finding, "broken", from);
  }
});

Deno.test("a built-in renderer's own form counts only where the server has a parser for it, and only if nothing lacks", () => {
  // FunctionGemma's form, as Ollama's renderer writes it: alphabetical, types in capitals, no values.
  const functiongemma =
    "<start_function_declaration>declaration:read_file{description:<escape>Reads a file of the project.<escape>," +
    "parameters:{properties:{path:{description:<escape>Path relative to the project.<escape>,type:<escape>STRING<escape>}," +
    "start_line:{description:<escape>First line, from 1.<escape>,type:<escape>INTEGER<escape>}},required:[<escape>path<escape>]," +
    "type:<escape>OBJECT<escape>}}<end_function_declaration><start_function_declaration>declaration:run_command{" +
    "description:<escape>Runs an allowed command.<escape>,parameters:{properties:{command:{type:<escape>STRING<escape>}}," +
    "required:[<escape>command<escape>],type:<escape>OBJECT<escape>}}<end_function_declaration>";
  assert.equal(auditRendering(functiongemma, tools, "functiongemma").finding, "built_in");
  assert.equal(auditRendering(functiongemma, tools, null).finding, "broken");
  assert.equal(auditRendering(functiongemma.replace("start_line", "first"), tools, "functiongemma").finding, "broken");
});

Deno.test("braces and quotes in the conversation around the tools do no harm", async () => {
  const whole = await rendered("ollama/debug-render-native");
  assert.equal(auditRendering(`{ " {"a": } } ${whole} } " {`, tools, null).finding, "shown");
});
