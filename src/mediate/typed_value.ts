import type { JsonSchema, ToolDeclaration } from "../kernel/call.ts";
import { effortFor, readLiteral } from "./loose_value.ts";
import { isRecord, parsedJson } from "../kernel/json.ts";

/**
 * Finds the schema of one argument.
 * @param tools the tools that may be called
 * @param argument name of the argument
 * @returns its schema, or undefined where tool or argument is not declared
 */
export function argumentSchema(
  tools: readonly ToolDeclaration[],
  tool: string,
  argument: string,
): JsonSchema | undefined {
  const properties = tools.find(({ name }) => name === tool)?.parameters.properties;
  if (!isRecord(properties) || !Object.hasOwn(properties, argument)) return undefined;
  const schema = properties[argument];
  return isRecord(schema) ? schema : undefined;
}

/**
 * Gives a value that stands between tags its type: text where the schema allows text, else what it says as a literal.
 * @param text the text between the tags
 * @param schema the argument's schema, undefined where unknown: then numbers, words and JSON are read as such
 * @returns the value; the text itself where it is no literal
 */
export function typedValue(text: string, schema: JsonSchema | undefined): unknown {
  const types = typesOf(schema);
  const plain = text.trim();
  if (types.includes("string") && !(types.includes("null") && plain === "null")) return unquoted(plain) ?? text;
  if (plain === "") return text;
  const strict = parse(plain);
  if (strict !== undefined && (types.length === 0 || typeof strict !== "string")) return strict;
  if (types.length === 0 && !/^[{[]/.test(plain) && !/^(?:True|False|None)$/.test(plain)) return text;
  const unescaped = /^[{[]\s*[{[]*\\"/.test(plain) ? parse(`"${plain}"`) : undefined;
  const inner = typeof unescaped === "string" ? parse(unescaped) : undefined;
  if (inner !== undefined) return inner;
  const loose = readLiteral(plain, 0, effortFor(plain));
  return loose !== null && !loose.cut && loose.end === plain.length ? loose.value : text;
}

/** A text that is one JSON string and nothing else means what it quotes. */
function unquoted(text: string): string | null {
  if (!/^"[\s\S]*"$/.test(text)) return null;
  const value = parse(text);
  return typeof value === "string" ? value : null;
}

function parse(text: string): unknown {
  // A failed parse costs more than this look.
  return /^\s*(?:["{[\d-]|true\b|false\b|null\b)/.test(text) ? parsedJson(text) : undefined;
}

/**
 * Says whether a value may be any text.
 * @param schema the argument's schema, undefined where unknown
 * @returns true where the schema allows strings or says nothing
 */
export function allowsText(schema: JsonSchema | undefined): boolean {
  const types = typesOf(schema);
  return types.length === 0 || types.includes("string");
}

function typesOf(schema: JsonSchema | undefined): readonly unknown[] {
  if (schema === undefined) return [];
  const branches = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(branches)) return branches.flatMap((branch) => isRecord(branch) ? typesOf(branch) : []);
  if (Array.isArray(schema.enum)) return schema.enum.every((item) => typeof item === "string") ? ["string"] : [];
  return Array.isArray(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type];
}
