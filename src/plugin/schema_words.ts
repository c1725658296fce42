import * as z from "zod";

/** Types of values as people write them in a configuration or a plugin. */
const TYPES: Readonly<Record<string, string>> = {
  string: "a text in quotes",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list [ … ]",
  object: "an object { … }",
  record: "an object { … }",
};

/**
 * Says in plain words what a schema wanted; given to zod as the error map of a parse, it speaks where the schema has no words of its own.
 *
 * @param issue what zod found
 * @returns such as `must be one of "a", "b"`; undefined where zod's own text has to serve
 */
export function schemaWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be one of ${issue.values.map((item) => JSON.stringify(item)).join(", ")}`;
    case "too_small":
      return `must be ${
        issue.origin === "array" ? "a list that is not empty" : `a number of ${issue.minimum} or more`
      }`;
    case "too_big":
      return `must be a number of ${issue.maximum} or less`;
    default:
      return undefined;
  }
}

/**
 * Finds the keys that an object inside a schema may have.
 *
 * @param schema the schema of the whole
 * @param path keys and positions that lead to the object
 * @returns the keys, in order; none where any key may stand
 */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let inner: z.core.JSONSchema.BaseSchema = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  for (const key of path) {
    const next = inner.properties?.[String(key)] ??
      (typeof key === "number" ? inner.items : inner.additionalProperties);
    inner = typeof next === "object" && !Array.isArray(next) ? next : {};
  }
  return Object.keys(inner.properties ?? {});
}
