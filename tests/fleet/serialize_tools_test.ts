import assert from "node:assert/strict";
import type { JsonSchema, ToolDeclaration } from "../../src/kernel/call.ts";
import { schemaForFormat, serializeTools } from "../../src/fleet/serialize_tools.ts";
import { HostFailure } from "../../src/ports/model_host.ts";

/** Declares a tool with one required argument of the given schema. */
function tool(argument: JsonSchema, changes: Partial<ToolDeclaration> = {}): ToolDeclaration {
  return {
    name: "read_file",
    describes: "Reads a file of the project.",
    parameters: { type: "object", properties: { argument }, required: ["argument"], additionalProperties: false },
    ...changes,
  };
}

/** The argument's schema as it is sent. */
function sent(argument: JsonSchema): unknown {
  const [wire] = serializeTools([tool(argument)]);
  return (wire!.function.parameters.properties as Record<string, unknown>).argument;
}

Deno.test("a tool is wrapped, and keywords outside the argument schemas that tell nothing are left out", () => {
  assert.deepEqual(serializeTools([tool({ type: "string", description: "Path." })]), [{
    type: "function",
    function: {
      name: "read_file",
      description: "Reads a file of the project.",
      parameters: {
        type: "object",
        properties: { argument: { type: "string", description: "Path." } },
        required: ["argument"],
      },
    },
  }]);
});

Deno.test("keywords that servers drop are said again in the description", () => {
  const cases: readonly (readonly [JsonSchema, JsonSchema])[] = [
    [
      { type: "integer", description: "First line", minimum: 1, default: 1 },
      { type: "integer", description: "First line. From 1. Default 1." },
    ],
    [{ type: "integer", minimum: 1, description: "First line, from 1." }, {
      type: "integer",
      description: "First line, from 1.",
    }],
    [
      { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
      { type: "integer" },
    ],
    [
      { type: "string", minLength: 1, maxLength: 200, pattern: "^a", format: "uri" },
      {
        type: "string",
        description: "Not empty. At most 200 characters. Matches the regular expression ^a. In the format uri.",
      },
    ],
    [{ const: "x" }, { enum: ["x"] }],
    [{ oneOf: [{ type: "string" }, { type: "null" }] }, { anyOf: [{ type: "string" }, { type: "null" }] }],
    [
      {
        allOf: [{ type: "object", properties: { a: { type: "string", minLength: 2 } }, required: ["a"] }, {
          required: ["b"],
        }],
      },
      {
        type: "object",
        properties: { a: { type: "string", description: "At least 2 characters." } },
        required: ["a", "b"],
      },
    ],
    [
      { type: "array", minItems: 1, items: { type: "string", maxLength: 9 } },
      {
        type: "array",
        description: "At least one item.",
        items: { type: "string", description: "At most 9 characters." },
      },
    ],
    [{ type: "object", propertyNames: { type: "string" } }, {
      type: "object",
      description: 'propertyNames: {"type":"string"}.',
    }],
    [{ type: "string", enum: ["a", "b"], title: "T" }, { type: "string", enum: ["a", "b"] }],
  ];
  for (const [written, wanted] of cases) assert.deepEqual(sent(written), wanted);
});

Deno.test("a property that is named like a keyword is no keyword", () => {
  const parameters = {
    type: "object",
    properties: { pattern: { type: "string" }, default: { type: "string" }, format: { type: "string" } },
    required: ["pattern"],
  };
  assert.deepEqual(serializeTools([tool({}, { parameters })])[0]!.function.parameters, parameters);
  assert.deepEqual(schemaForFormat(parameters), parameters);
});

Deno.test("tools that a server would blank or drop are refused", () => {
  const fine = tool({ type: "string" });
  const cases: readonly (readonly ToolDeclaration[])[] = [
    [tool({}, { name: "" })],
    [tool({}, { name: "ReadFile" })],
    [tool({}, { name: "1st" })],
    [tool({}, { name: "read-file" })],
    [fine, fine],
    [tool({}, { parameters: { type: "string" } })],
    [tool({}, { parameters: { type: "object" } })],
    [tool({}, { parameters: { type: "object", properties: {} } })],
    [tool({}, { parameters: { type: "object", properties: { a: {} }, required: [] } })],
    [tool({}, { parameters: { type: "object", properties: { a: {} }, required: ["b"] } })],
    [tool({ $ref: "#/$defs/x" })],
  ];
  for (const tools of cases) {
    assert.throws(
      () => serializeTools(tools),
      (error) => error instanceof HostFailure && error.failure === "bad_request",
    );
  }
});

Deno.test("a reply's schema loses what breaks a grammar and keeps all else in its order", () => {
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: {
      reason: { type: "string", minLength: 1, maxLength: 200, pattern: "^.+$" },
      name: { const: "read_file" },
      arguments: {
        anyOf: [
          {
            type: "object",
            properties: {
              path: { type: "string", format: "uri", maxLength: 1000 },
              text: { type: "string", maxLength: 1001 },
            },
          },
          { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER, enum: [1, 2] },
        ],
      },
    },
    required: ["reason", "name", "arguments"],
    additionalProperties: false,
  };
  const kept = schemaForFormat(schema);
  assert.equal(
    JSON.stringify(kept),
    JSON.stringify({
      type: "object",
      properties: {
        reason: { type: "string", maxLength: 200 },
        name: { const: "read_file" },
        arguments: {
          anyOf: [
            { type: "object", properties: { path: { type: "string", maxLength: 1000 }, text: { type: "string" } } },
            { type: "integer", minimum: 1, enum: [1, 2] },
          ],
        },
      },
      required: ["reason", "name", "arguments"],
      additionalProperties: false,
    }),
  );
});
