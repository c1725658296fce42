import { isOfType, isRecord } from "../kernel/json.ts";
import type { JsonSchema, ToolDeclaration, Way } from "../kernel/call.ts";
import { say, type Wording } from "../sentences/say.ts";

/**
 * Writes a call of a tool as a reply has to hold it: made from the tool's schema, so that it is right by construction.
 *
 * @param tool the tool
 * @param way way of calling
 * @param known values for arguments, by name, where better ones are known than the schema tells
 * @returns the reply's text; "" for native calls, whose form is the template's
 */
export function exampleReply(
  tool: ToolDeclaration,
  way: Way,
  from: Wording,
  known: Readonly<Record<string, unknown>> = {},
): string {
  const args = exampleArguments(tool, known);
  switch (way) {
    case "native":
      return "";
    case "constrained":
      return JSON.stringify({ reason: say(from, "turn.example_reason"), name: tool.name, arguments: args });
    case "prompted":
      return `<tool_call>\n${JSON.stringify({ name: tool.name, arguments: args })}\n</tool_call>`;
  }
}

/**
 * Makes arguments that fit a tool's schema: the required ones, less the one that is asked for as text.
 *
 * @param tool the tool
 * @param known values by name that take the place of made ones, where the schema has such an argument
 * @returns arguments
 */
export function exampleArguments(
  tool: ToolDeclaration,
  known: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const properties = objectOf(tool.parameters.properties);
  const required = Array.isArray(tool.parameters.required) ? tool.parameters.required.map(String) : [];
  return Object.fromEntries(
    required.filter((name) => name !== tool.asText).map((
      name,
    ) => [name, valueFor(objectOf(properties[name]), known[name])]),
  );
}

function valueFor(schema: JsonSchema, known: unknown): unknown {
  const choices = Array.isArray(schema.enum) ? schema.enum : null;
  if (known !== undefined && (choices === null || choices.includes(known)) && isOfType(schema.type, known)) {
    return known;
  }
  if ("const" in schema) return schema.const;
  if (choices !== null) return choices[0];
  const branches = Array.isArray(schema.anyOf) ? schema.anyOf : Array.isArray(schema.oneOf) ? schema.oneOf : null;
  if (branches !== null) return valueFor({ description: schema.description, ...objectOf(branches[0]) }, known);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "integer":
    case "number":
      return typeof schema.minimum === "number" ? schema.minimum : 1;
    case "boolean":
      return true;
    case "array":
      return [valueFor(objectOf(schema.items), undefined)];
    case "object": {
      const properties = objectOf(schema.properties);
      const required = Array.isArray(schema.required) ? schema.required.map(String) : Object.keys(properties);
      return Object.fromEntries(required.map((name) => [name, valueFor(objectOf(properties[name]), undefined)]));
    }
    case "null":
      return null;
    default:
      return worded(schema);
  }
}

/** A text that says what belongs in its place, within the bounds of the schema. */
function worded(schema: JsonSchema): string {
  const text = typeof schema.description === "string" ? schema.description.replace(/[.;].*$/s, "") : "text";
  return typeof schema.maxLength === "number" ? text.slice(0, schema.maxLength) : text;
}

function objectOf(value: unknown): JsonSchema {
  return isRecord(value) ? value : {};
}
