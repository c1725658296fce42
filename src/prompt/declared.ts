import { isRecord } from "../kernel/json.ts";
import type { JsonSchema, ToolDeclaration } from "../kernel/call.ts";

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
 * Makes declarations as short as a prompt may show them: without the keywords that only bound values, without a description of optional
 * arguments, whose names say it, and with one that stands in several tools only at the first. The schema that holds a reply keeps all.
 *
 * @param tools declarations
 * @returns the same tools, in the same order
 */
export function shownDeclarations(tools: readonly ToolDeclaration[]): ToolDeclaration[] {
  const said = new Set<string>();
  return tools.map((tool) => {
    const parameters = withoutBounds(tool.parameters);
    const required = Array.isArray(parameters.required) ? parameters.required.map(String) : [];
    const properties = Object.entries((parameters.properties ?? {}) as Readonly<Record<string, JsonSchema>>);
    const shown = properties.map(([name, schema]) => {
      const words = `${name}: ${String(schema.description)}`;
      const known = schema.description === undefined || !required.includes(name) || said.has(words);
      said.add(words);
      if (!known) return [name, schema];
      const { description: _said, ...rest } = schema;
      return [name, rest];
    });
    return { ...tool, parameters: { ...parameters, properties: Object.fromEntries(shown) } };
  });
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
  return isRecord(value) ? withoutBounds(value) : value;
}
