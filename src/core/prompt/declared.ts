import type { JsonSchema, ToolDeclaration } from "../call.ts";

/** Keywords that bound values: they hold the reply's schema, and say nothing to a model that reads them. */
const BOUNDS = new Set([
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "minItems",
  "maxItems",
  "pattern",
  "format",
  "default",
  "$schema",
  "additionalProperties",
]);

/**
 * Makes declarations as short as a prompt may show them: without the keywords that only bound values. The schema that holds a reply
 * keeps them.
 *
 * @param tools declarations
 * @returns the same tools, in the same order
 */
export function shownDeclarations(tools: readonly ToolDeclaration[]): ToolDeclaration[] {
  return tools.map((tool) => ({ ...tool, parameters: withoutBounds(tool.parameters) }));
}

function withoutBounds(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => !BOUNDS.has(keyword)).map(([keyword, value]) => {
      if (keyword === "properties") {
        return [
          keyword,
          Object.fromEntries(Object.entries(value as JsonSchema).map(([name, item]) => [name, inner(item)])),
        ];
      }
      if (keyword === "items") return [keyword, inner(value)];
      return [keyword, Array.isArray(value) && ["anyOf", "oneOf"].includes(keyword) ? value.map(inner) : value];
    }),
  );
}

function inner(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? withoutBounds(value as JsonSchema)
    : value;
}
