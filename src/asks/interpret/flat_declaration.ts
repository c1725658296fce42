import type { JsonSchema, ToolDeclaration } from "../../kernel/call.ts";
import { say, type Wording } from "../../sentences/say.ts";

/**
 * Declares a tool for the interpreter. Ollama's template of FunctionGemma shows description and type of each argument and loses
 * enums, items and nested properties, and its parser loses a call with a line break in it (ollama.md §7.1): allowed values go into
 * the description, texts on one line, and an argument that comes as text after the call is left out.
 *
 * @param tool the tool as it is declared to other models
 * @returns the declaration; null where a required argument is an object or a list, which it cannot write
 */
export function flatDeclaration(tool: ToolDeclaration, from: Wording): ToolDeclaration | null {
  const required = (Array.isArray(tool.parameters.required) ? tool.parameters.required : []).map(String)
    .filter((name) => name !== tool.asText);
  const flat: Record<string, JsonSchema> = {};
  for (const [name, schema] of Object.entries(propertiesOf(tool.parameters))) {
    if (name === tool.asText) continue;
    if (isPlain(schema)) flat[name] = describedWith(schema, from);
    else if (required.includes(name)) return null;
  }
  if (required.length === 0) return null;
  return {
    name: tool.name,
    describes: oneLine(tool.describes),
    parameters: { type: "object", properties: flat, required },
  };
}

function propertiesOf(parameters: JsonSchema): Record<string, JsonSchema> {
  return (parameters.properties ?? {}) as Record<string, JsonSchema>;
}

function isPlain(schema: JsonSchema): boolean {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  return Array.isArray(schema.enum) || ["string", "integer", "number", "boolean"].includes(String(type));
}

function describedWith(schema: JsonSchema, from: Wording): JsonSchema {
  const text = typeof schema.description === "string" ? oneLine(schema.description) : "";
  if (!Array.isArray(schema.enum)) return { ...schema, description: text };
  const values = say(from, "interpreter.one_of", { values: schema.enum.map(String).join(", ") });
  return { ...schema, description: `${text}${text === "" ? "" : " "}${values}` };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
