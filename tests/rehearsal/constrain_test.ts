import assert from "node:assert/strict";
import fc from "fast-check";
import { constrain, isLegal } from "../../src/rehearsal/constrain.ts";

const branch = (name: string, parameters: Record<string, unknown>) => ({
  type: "object",
  required: ["reason", "name", "arguments"],
  properties: { reason: { type: "string", maxLength: 20 }, name: { const: name }, arguments: parameters },
});

const CALLS = {
  anyOf: [
    branch("read_file", {
      type: "object",
      required: ["path"],
      properties: { path: { type: "string" }, start_line: { type: "integer", minimum: 1 } },
    }),
    branch("finish_task", { type: "object", required: ["done"], properties: { done: { type: "boolean" } } }),
  ],
};

Deno.test("a legal reply stays as it was said", () => {
  const said = '{ "reason": "to look", "name": "read_file", "arguments": { "path": "a.js" } }';
  assert.equal(constrain(CALLS, `  ${said}\n`), said);
});

Deno.test("properties come in the schema's order", () => {
  const said = '{"name":"read_file","arguments":{"path":"a.js"},"reason":"to look"}';
  assert.equal(constrain(CALLS, said), '{"reason":"to look","name":"read_file","arguments":{"path":"a.js"}}');
});

Deno.test("a named branch is kept and its arguments are made legal", () => {
  const said = '{"reason":"r","name":"read_file","arguments":{"path":7,"start_line":"three","more":1}}';
  assert.equal(
    constrain(CALLS, said),
    '{"reason":"r","name":"read_file","arguments":{"path":"7","start_line":1}}',
  );
});

Deno.test("an unknown name becomes the first legal one, prose goes into the strings and is cut there", () => {
  assert.equal(
    constrain(CALLS, '{"name":"open_document","arguments":{}}'),
    '{"reason":"{\\"name\\":\\"open_docume","name":"read_file","arguments":{"path":"{\\"name\\":\\"open_document\\",\\"arguments\\":{}}"}}',
  );
  assert.equal(
    constrain(CALLS, "I will look at the file first."),
    '{"reason":"I will look at the f","name":"read_file","arguments":{"path":"I will look at the file first."}}',
  );
});

Deno.test("a JSON object inside a fence or prose is found", () => {
  const said = 'Sure:\n```json\n{"reason":"r","name":"finish_task","arguments":{"done":true}}\n```';
  assert.equal(constrain(CALLS, said), '{"reason":"r","name":"finish_task","arguments":{"done":true}}');
});

Deno.test("references, lists, numbers and null are held", () => {
  const schema = {
    $defs: { task: { type: "object", required: ["title"], properties: { title: { type: "string" } } } },
    type: "object",
    required: ["tasks", "share", "note"],
    properties: {
      tasks: { type: "array", minItems: 1, maxItems: 2, items: { $ref: "#/$defs/task" } },
      share: { type: "number" },
      note: { type: ["null", "string"] },
    },
  };
  assert.equal(
    constrain(schema, '{"tasks":[{"title":"a"},{"title":"b"},{"title":"c"}],"share":"0.5","note":null}'),
    '{"tasks":[{"title":"a"},{"title":"b"}],"share":0.5,"note":null}',
  );
  assert.equal(constrain(schema, "x"), '{"tasks":[{"title":"x"}],"share":0,"note":null}');
});

Deno.test("whatever is said, what comes out is legal", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (said) => {
    const held: unknown = JSON.parse(constrain(CALLS, said));
    assert.ok(isLegal(CALLS, held), JSON.stringify(held));
  }));
});
