import assert from "node:assert/strict";
import { describe, validate, wanted } from "../../src/mediate/validate.ts";
import type { JsonSchema } from "../../src/kernel/call.ts";

/** The value, or the faults. */
function outcome(schema: JsonSchema, value: unknown): unknown {
  const result = validate(schema, value);
  return "faults" in result ? result.faults : result.value;
}

Deno.test("values that fit pass unchanged, whatever keyword holds them", () => {
  const fitting: readonly (readonly [JsonSchema, unknown])[] = [
    [{ type: "string", minLength: 1, maxLength: 3 }, "äöü"],
    [{ type: "integer", minimum: 1, maximum: 9 }, 9],
    [{ type: ["string", "null"] }, null],
    [{ enum: ["a", 2, null] }, null],
    [{ const: "x" }, "x"],
    [{ type: "array", items: { type: "number" }, minItems: 1, maxItems: 2 }, [1, 2.5]],
    [{ anyOf: [{ type: "string" }, { type: "integer" }] }, "3"],
    [{ type: "object", properties: { a: { type: "object", properties: { b: { type: "boolean" } } } } }, {
      a: { b: true },
    }],
    [{ type: "object", additionalProperties: { type: "integer" } }, { x: 1 }],
    [{}, { anything: [1] }],
  ];
  for (const [schema, value] of fitting) {
    assert.deepEqual(validate(schema, value), { value, conversions: [] });
  }
});

Deno.test("every fault is named with its place, what was wanted and what is there", () => {
  const schema: JsonSchema = {
    type: "object",
    required: ["path", "tasks"],
    additionalProperties: false,
    properties: {
      path: { type: "string", description: "File." },
      size: { enum: ["s", "m"] },
      tasks: {
        type: "array",
        items: { type: "object", required: ["after"], properties: { after: { type: "integer", minimum: 1 } } },
      },
    },
  };
  assert.deepEqual(outcome(schema, { size: "xl", tasks: [{ after: 0 }, {}, 3], force: true }), [
    '"size" must be one of "s", "m", but is "xl".',
    '"tasks[0].after" must be at least 1.',
    '"tasks[1].after" is missing (integer).',
    '"tasks[2]" must be an object, but is 3.',
    '"force" is not known; known are "path", "size", "tasks".',
    '"path" is missing (string: File).',
  ]);
});

Deno.test("a type converts where nothing is lost, and the conversion is said", () => {
  assert.deepEqual(validate({ type: "integer" }, "3"), { value: 3, conversions: ['The value: "3" read as integer'] });
  assert.equal(outcome({ type: "string" }, 3), "3");
  assert.equal(outcome({ type: "boolean" }, "False"), false);
  assert.deepEqual(outcome({ type: "array", items: { type: "string" } }, '["a"]'), ["a"]);
  assert.deepEqual(outcome({ type: "object", properties: { a: { type: "integer" } } }, '{"a": "1"}'), { a: 1 });
  assert.equal(outcome({ enum: ["low", "High"] }, " LOW "), "low");
});

Deno.test("what a word boundary and a fraction begin with stays as it was written, at any depth", () => {
  const schema: JsonSchema = { type: "object", properties: { a: { type: "string" }, b: { type: "array", items: {} } } };
  const meant = { a: String.raw`\bslug\b or \frac`, b: [String.raw`\b`] };
  const text = String.raw`{"a": "\bslug\b or \frac", "b": ["\b"]}`;
  assert.deepEqual(validate(schema, JSON.parse(text)), {
    value: meant,
    conversions: [
      '"a": \\b and \\f read as they are written',
      '"b[0]": \\b and \\f read as they are written',
    ],
  });
  assert.ok("faults" in validate({ type: "integer" }, "\b"));
  for (const page of ["import os\n\f\nclass A:\n", "\f\nclass A:\n", "x = 1\n\f"]) {
    assert.deepEqual(validate({ type: "string" }, page), { value: page, conversions: [] });
  }
});

Deno.test("what would lose or invent something does not convert", () => {
  const refused: readonly (readonly [JsonSchema, unknown])[] = [
    [{ type: "integer" }, "3.5"],
    [{ type: "integer" }, "007"],
    [{ type: "integer" }, "9007199254740993"],
    [{ type: "integer" }, ""],
    [{ type: "number" }, "1e999"],
    [{ type: "number" }, Number.NaN],
    [{ type: "boolean" }, 1],
    [{ type: "string" }, null],
    [{ type: "string" }, { a: 1 }],
    [{ type: "array" }, "a, b"],
    [{ type: "object" }, "[1]"],
    [{ enum: ["a", "A"] }, " a "],
    [{ type: "string", maxLength: 2 }, "abc"],
  ];
  for (const [schema, value] of refused) {
    assert.ok("faults" in validate(schema, value), JSON.stringify([schema, value]));
  }
});

Deno.test("null for an optional property counts as absent, for a required one it does not", () => {
  const schema: JsonSchema = {
    type: "object",
    required: ["a"],
    properties: { a: { type: "string" }, b: { type: "string" } },
  };
  assert.deepEqual(outcome(schema, { a: "x", b: null }), { a: "x" });
  assert.deepEqual(outcome(schema, { a: null }), ['"a" must be a string, but is null.']);
});

Deno.test("a key called __proto__ stays a key", () => {
  const value = JSON.parse('{"__proto__": {"polluted": true}}') as unknown;
  const result = outcome({ type: "object" }, value) as Record<string, unknown>;
  assert.deepEqual(Object.keys(result), ["__proto__"]);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});

Deno.test("schemas are said in words", () => {
  assert.equal(wanted({ type: ["integer", "null"] }, {}), "a whole number or null");
  assert.equal(describe({ type: "string", description: "The file." }, {}), "string: The file");
});
