import { z } from "zod";
import type { JsonSchema } from "../kernel/call.ts";
import { placeOf } from "./shape.ts";
import type { ObjectSchema } from "./tool.ts";

/** Arguments that fit the schema, with its defaults filled in, or every fault as a sentence that a model can act on. */
export type CheckedArguments =
  | { readonly value: Readonly<Record<string, unknown>> }
  | { readonly faults: readonly string[] };

/**
 * Writes a tool's schema as it travels to servers and models: properties in their order, nothing that says nothing.
 * @param input `z.object` of the arguments
 * @returns a JSON Schema object of what may be given
 */
export function parametersOf(input: ObjectSchema): JsonSchema {
  // A plugin may bring its own copy of zod 4; what the copies share is the schema's inner form, which toJSONSchema reads.
  const { $schema: _draft, ...schema } = z.toJSONSchema(input as unknown as z.ZodObject, {
    io: "input",
    reused: "inline",
  });
  return cleaned(schema) as JsonSchema;
}

/** Leaves out the bounds of safe whole numbers, which zod adds to every z.int(). */
function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== "object" || value === null) return value;
  const noise = (key: string, item: unknown) =>
    (key === "minimum" && item === Number.MIN_SAFE_INTEGER) || (key === "maximum" && item === Number.MAX_SAFE_INTEGER);
  return Object.fromEntries(
    Object.entries(value).filter(([key, item]) => !noise(key, item)).map(([key, item]) => [key, cleaned(item)]),
  );
}

/**
 * Compares arguments with a tool's schema.
 * @param input `z.object` of the arguments
 * @param value the arguments as they were given
 * @returns the arguments as the tool wants them, or the faults
 */
export function checkArguments(input: ObjectSchema, value: unknown): CheckedArguments {
  let result: z.ZodSafeParseResult<unknown>;
  try {
    result = z.safeParse(input as unknown as z.ZodType, value);
  } catch (cause) {
    return { faults: [`The arguments cannot be checked: ${cause instanceof Error ? cause.message : String(cause)}`] };
  }
  if (result.success) return { value: result.data as Readonly<Record<string, unknown>> };
  const parameters = parametersOf(input);
  return { faults: result.error.issues.map((issue) => faultOf(issue, value, parameters)) };
}

function faultOf(issue: z.core.$ZodIssue, value: unknown, parameters: JsonSchema): string {
  const place = placeOf(issue.path);
  const named = place === "" ? "The arguments" : `"${place}"`;
  const found = issue.path.reduce<unknown>((inner, key) => Object(inner)[key], value);
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(Object(parameters.properties)).map((key) => `"${key}"`).join(", ");
    return `${
      issue.keys.map((key) => `"${key}"`).join(", ")
    } is not an argument of this tool; its arguments are ${known}.`;
  }
  if (found === undefined) {
    const property: { readonly description?: unknown } = Object(Object(parameters.properties)[String(issue.path[0])]);
    const what = typeof property.description === "string" && issue.path.length === 1
      ? ` (${property.description})`
      : "";
    return `${named} is missing${what}.`;
  }
  const wanted = issue.code === "invalid_value"
    ? `must be one of ${issue.values.map((item) => JSON.stringify(item)).join(", ")}`
    : issue.code === "invalid_type"
    ? `must be ${typeWords[issue.expected] ?? issue.expected}`
    : `is wrong: ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
  return `${named} ${wanted}; found ${shown(found)}.`;
}

const typeWords: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
