import { isRecord } from "../kernel/json.ts";
import type { PlayTool } from "./play.ts";

/**
 * Decodes one entry of `tools` as Ollama's Go types do: a declaration without `{"type":"function","function":…}` leaves
 * nothing but blanks, and of a schema only these keywords survive: `type`, `description`, `enum`, `items`, `properties`,
 * `required`, `anyOf`, and `$defs` at the top (ollama `api/types.go`, recorded in `debug-render` and `unwrapped-render`).
 * @param value the entry as sent
 * @returns the tool as the server knows it
 */
export function decodeTool(value: unknown): PlayTool {
  const declared = isRecord(value) && isRecord(value.function) ? value.function : {};
  return {
    name: typeof declared.name === "string" ? declared.name : "",
    description: typeof declared.description === "string" ? declared.description : "",
    parameters: isRecord(declared.parameters) ? decodeParameters(declared.parameters) : null,
  };
}

function decodeParameters(schema: Record<string, unknown>): Record<string, unknown> {
  return {
    type: typeof schema.type === "string" ? schema.type : "",
    ...(isRecord(schema.$defs) ? { $defs: schema.$defs } : {}),
    ...(schema.items === undefined ? {} : { items: schema.items }),
    ...(texts(schema.required).length > 0 ? { required: texts(schema.required) } : {}),
    properties: isRecord(schema.properties) ? decodeProperties(schema.properties) : null,
  };
}

function decodeProperties(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, decodeProperty(schema)]));
}

function decodeProperty(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) return {};
  const types = typeof value.type === "string" ? [value.type] : texts(value.type);
  return {
    ...(Array.isArray(value.anyOf) && value.anyOf.length > 0 ? { anyOf: value.anyOf.map(decodeProperty) } : {}),
    ...(types.length === 0 ? {} : { type: types.length === 1 ? types[0] : types }),
    ...(value.items === undefined ? {} : { items: value.items }),
    ...(typeof value.description === "string" && value.description !== "" ? { description: value.description } : {}),
    ...(Array.isArray(value.enum) && value.enum.length > 0 ? { enum: value.enum } : {}),
    ...(isRecord(value.properties) ? { properties: decodeProperties(value.properties) } : {}),
    ...(texts(value.required).length > 0 ? { required: texts(value.required) } : {}),
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
