import assert from "node:assert/strict";
import { constrainedSchema } from "../../src/mediate/constrained.ts";
import { validate } from "../../src/mediate/validate.ts";
import { TOOLS } from "./samples.ts";

/** Keywords that llama.cpp's converter from schema to grammar knows; everything else is left to validation. */
const KNOWN = new Set([
  "type",
  "properties",
  "required",
  "enum",
  "const",
  "items",
  "anyOf",
  "maxLength",
  "minItems",
  "maxItems",
  "additionalProperties",
]);

function keywords(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== "object" || schema === null) return found;
  for (const [key, value] of Object.entries(schema)) {
    found.add(key);
    if (key === "properties") Object.values(value as object).forEach((inner) => keywords(inner, found));
    else if (key === "anyOf") (value as unknown[]).forEach((inner) => keywords(inner, found));
    else if (key === "items") keywords(value, found);
  }
  return found;
}

Deno.test("one tool gives one branch, the reason before the name before the arguments", () => {
  const [tool] = TOOLS;
  assert.ok(tool !== undefined);
  assert.equal(
    JSON.stringify(constrainedSchema([tool])),
    JSON.stringify({
      anyOf: [{
        type: "object",
        properties: {
          reason: { type: "string", maxLength: 200 },
          name: { const: "read_file" },
          arguments: {
            type: "object",
            properties: {
              path: { type: "string", maxLength: 1000 },
              start_line: { type: "integer" },
              end_line: { type: "integer" },
            },
            required: ["path"],
            additionalProperties: false,
          },
        },
        required: ["reason", "name", "arguments"],
        additionalProperties: false,
      }],
    }),
  );
});

Deno.test("there is a branch per tool in the order given, without the argument that is asked for as text", () => {
  const { anyOf } = constrainedSchema(TOOLS, { reasonLimit: 80 }) as {
    anyOf: { properties: Record<string, Record<string, unknown>> }[];
  };
  assert.deepEqual(anyOf.map(({ properties }) => properties.name?.const), TOOLS.map(({ name }) => name));
  assert.ok(anyOf.every(({ properties }) => properties.reason?.maxLength === 80));
  assert.deepEqual(anyOf[1]?.properties.arguments, {
    type: "object",
    properties: { path: { type: "string", maxLength: 1000 } },
    required: ["path"],
    additionalProperties: false,
  });
});

Deno.test("only keywords that a grammar can be made of are used, every string and list is bounded", () => {
  const schema = constrainedSchema([{
    name: "plan",
    describes: "",
    parameters: {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      required: ["tasks"],
      properties: {
        tasks: {
          type: "array",
          items: {
            type: "object",
            properties: {
              text: { type: "string", pattern: "^a", minLength: 2, maxLength: 5000 },
              n: { type: "integer", minimum: 1, default: 1 },
            },
          },
        },
        when: { type: "string", format: "date" },
        either: { oneOf: [{ type: ["string", "null"] }, { type: "boolean" }] },
      },
    },
  }]);
  for (const keyword of keywords(schema)) assert.ok(KNOWN.has(keyword), keyword);
  const [branch] = schema.anyOf as { properties: { arguments: { properties: Record<string, unknown> } } }[];
  assert.deepEqual(branch?.properties.arguments.properties, {
    tasks: {
      type: "array",
      items: {
        type: "object",
        properties: { text: { type: "string", maxLength: 1900 }, n: { type: "integer" } },
        required: [],
        additionalProperties: false,
      },
      maxItems: 50,
    },
    when: { type: "string", maxLength: 1000 },
    either: { anyOf: [{ anyOf: [{ type: "string", maxLength: 1000 }, { type: "null" }] }, { type: "boolean" }] },
  });
});

Deno.test("a schema that holds itself ends", () => {
  const node: Record<string, unknown> = { type: "object", properties: {} };
  node.properties = { child: node };
  assert.doesNotThrow(() => JSON.stringify(constrainedSchema([{ name: "tree", describes: "", parameters: node }])));
});

Deno.test("no tool at all is refused", () => {
  assert.throws(() => constrainedSchema([]), /at least one must be legal/);
});

Deno.test("the reply that the schema asks for fits it, another tool's name does not", () => {
  const schema = constrainedSchema(TOOLS);
  const reply = { reason: "Look.", name: "read_file", arguments: { path: "a" } };
  assert.ok("value" in validate(schema, reply));
  assert.ok("faults" in validate(schema, { ...reply, name: "deploy" }));
});
