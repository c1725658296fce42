import type { JsonSchema, ToolDeclaration } from "../kernel/call.ts";
import { withoutText } from "./declarations.ts";
import { isRecord } from "../kernel/json.ts";

/** Characters of a string that declares no bound: without one a stuck model fills it until its answer ends. */
const STRING_LIMIT = 1000;

/** llama.cpp refuses a grammar with more repetitions of one rule than 2,000. */
const LONGEST_STRING = 1900;

/** Items of an array that declares no bound. */
const ITEM_LIMIT = 50;

/** Depth below which a schema says only `object`: a recursive one would not end. */
const DEEPEST = 20;

/**
 * Makes the schema that holds a reply to one call: `{reason, name, arguments}` with a branch per legal tool.
 * The reason comes first because the order of properties is the order of generation, and a model that writes its reason
 * before the name picks the right tool more often (wire/README.md, "A real model"). Only keywords that llama.cpp's grammar
 * converter knows are used; what they leave open is validated after the reply.
 * @param tools tools that are legal now, at least one; arguments asked for as text are left out
 * @param options `reasonLimit`: most characters of the reason, 200 by default
 * @returns a JSON Schema for `format` or `response_format`
 * @throws RangeError when there is no tool: no reply could be legal
 */
export function constrainedSchema(
  tools: readonly ToolDeclaration[],
  { reasonLimit = 200 }: { readonly reasonLimit?: number } = {},
): JsonSchema {
  if (tools.length === 0) {
    throw new RangeError("A reply cannot be constrained to no tool at all: at least one must be legal.");
  }
  return {
    anyOf: tools.map((tool) => ({
      type: "object",
      properties: {
        reason: { type: "string", maxLength: reasonLimit },
        name: { const: tool.name },
        arguments: argumentsSchema(withoutText(tool).parameters),
      },
      required: ["reason", "name", "arguments"],
      additionalProperties: false,
    })),
  };
}

function argumentsSchema(parameters: JsonSchema): JsonSchema {
  return grammatical({ ...parameters, type: "object", properties: parameters.properties ?? {} }, 0);
}

/** The same schema with only what the converter from schema to grammar can do, every string and array bounded. */
function grammatical(schema: JsonSchema, depth: number): JsonSchema {
  if ("const" in schema) return { const: schema.const };
  if (Array.isArray(schema.enum)) return { enum: schema.enum };
  if (depth > DEEPEST) return { type: "object" };
  const branches = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(branches)) {
    return { anyOf: branches.filter(isRecord).map((branch) => grammatical(branch, depth + 1)) };
  }
  if (Array.isArray(schema.type)) {
    return { anyOf: schema.type.map((type: unknown) => grammatical({ ...schema, type }, depth + 1)) };
  }
  if (schema.type === "object" || isRecord(schema.properties)) return objectSchema(schema, depth);
  if (schema.type === "array") {
    const items = isRecord(schema.items) ? grammatical(schema.items, depth + 1) : {};
    const maxItems = typeof schema.maxItems === "number" ? schema.maxItems : ITEM_LIMIT;
    const minItems = typeof schema.minItems === "number" ? { minItems: schema.minItems } : {};
    return { type: "array", items, ...minItems, maxItems };
  }
  if (schema.type === "string") {
    const declared = typeof schema.maxLength === "number" ? schema.maxLength : STRING_LIMIT;
    return { type: "string", maxLength: Math.min(declared, LONGEST_STRING) };
  }
  return typeof schema.type === "string" ? { type: schema.type } : {};
}

function objectSchema(schema: JsonSchema, depth: number): JsonSchema {
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const entries = Object.entries(properties).map((
    [key, item],
  ) => [key, grammatical(isRecord(item) ? item : {}, depth + 1)]);
  const required = Array.isArray(schema.required) ? schema.required : [];
  if (entries.length === 0 && depth > 0 && schema.additionalProperties !== false) return { type: "object" };
  return { type: "object", properties: Object.fromEntries(entries), required, additionalProperties: false };
}
