import type { JsonSchema } from "../kernel/call.ts";
import { isRecord, parsedJson } from "../kernel/json.ts";

/**
 * Holds a player's text to a schema, as a grammar holds a model: what fits stays, elsewhere the first legal alternative
 * is taken, and where a string is wanted the player's text goes into it. Keywords that llama.cpp's grammars honour are
 * honoured: properties in their order, `required`, `enum`, `const`, `anyOf`, `oneOf`, `type`, `items`, `minItems`,
 * `maxItems`, `minLength`, `maxLength`, `minimum`, and references to `$defs`; other keywords are ignored, as recorded in
 * `format-bad`.
 * @param schema schema of the field `format`
 * @param text what the player said
 * @returns JSON text that is legal under the schema; the player's own text where that is legal as it stands
 */
export function constrain(schema: JsonSchema, text: string): string {
  const said = readJson(text);
  const held = hold(schema, said, text.trim(), schema);
  const whole = readJson(text.trim(), true);
  return whole !== undefined && JSON.stringify(whole) === JSON.stringify(held) ? text.trim() : JSON.stringify(held);
}

/**
 * Tells whether a value is legal under a schema.
 * @param schema schema or a part of one
 * @param value JSON value; undefined is never legal
 * @param root schema that holds the `$defs`
 * @returns true where a grammar made of the schema would allow the value
 */
export function isLegal(schema: JsonSchema, value: unknown, root: JsonSchema = schema): boolean {
  if (value === undefined) return false;
  return canonical(hold(schema, value, "", root)) === canonical(value);
}

function hold(part: JsonSchema, said: unknown, text: string, root: JsonSchema): unknown {
  const schema = resolve(part, root);
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) {
    return schema.enum.find((item) => JSON.stringify(item) === JSON.stringify(said)) ?? schema.enum[0];
  }
  const branches = alternatives(schema);
  if (branches !== null) return hold(chooseBranch(branches, said, root), said, text, root);
  switch (typeof schema.type === "string" ? schema.type : undefined) {
    case "object":
      return holdObject(schema, said, text, root);
    case "array":
      return holdArray(schema, said, text, root);
    case "string":
      return holdString(schema, said, text);
    case "integer":
    case "number":
      return holdNumber(schema, said);
    case "boolean":
      return typeof said === "boolean" ? said : said === "true";
    case "null":
      return null;
    default:
      return isRecord(schema.properties) ? holdObject(schema, said, text, root) : said === undefined ? text : said;
  }
}

function holdObject(schema: JsonSchema, said: unknown, text: string, root: JsonSchema): Record<string, unknown> {
  const given = isRecord(said) ? said : {};
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const names = Object.keys(properties);
  const required = Array.isArray(schema.required) ? schema.required : [];
  // A model that writes no object still fills the first property that it is offered (recorded in `format-bad`).
  const first = required.length === 0 && !names.some((name) => name in given) ? names[0] : undefined;
  const held: Record<string, unknown> = {};
  for (const name of names) {
    if (!required.includes(name) && !(name in given) && name !== first) continue;
    const property = properties[name];
    held[name] = hold(isRecord(property) ? property : {}, given[name], text, root);
  }
  if (names.length === 0 || schema.additionalProperties === true || isRecord(schema.additionalProperties)) {
    for (const [name, value] of Object.entries(given)) if (!(name in held)) held[name] = value;
  }
  return held;
}

function holdArray(schema: JsonSchema, said: unknown, text: string, root: JsonSchema): unknown[] {
  const most = typeof schema.maxItems === "number" ? schema.maxItems : Infinity;
  const least = typeof schema.minItems === "number" ? schema.minItems : 0;
  const items = isRecord(schema.items) ? schema.items : {};
  const held = (Array.isArray(said) ? said : []).slice(0, most).map((item) => hold(items, item, text, root));
  while (held.length < least) held.push(hold(items, undefined, text, root));
  return held;
}

function holdString(schema: JsonSchema, said: unknown, text: string): string {
  const content = typeof said === "string" ? said : said === undefined ? text : JSON.stringify(said);
  const most = typeof schema.maxLength === "number" ? schema.maxLength : Infinity;
  const least = typeof schema.minLength === "number" ? schema.minLength : 0;
  return [...content].slice(0, most).join("").padEnd(least, " ");
}

function holdNumber(schema: JsonSchema, said: unknown): number {
  const read = typeof said === "string" && said.trim() !== "" ? Number(said) : said;
  if (typeof read === "number" && Number.isFinite(read)) {
    return schema.type === "integer" ? Math.trunc(read) : read;
  }
  return typeof schema.minimum === "number" ? schema.minimum : 0;
}

function alternatives(schema: JsonSchema): JsonSchema[] | null {
  const branches = Array.isArray(schema.anyOf) ? schema.anyOf : schema.oneOf;
  if (Array.isArray(branches) && branches.length > 0) return branches.filter(isRecord);
  return Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : null;
}

/** A legal branch first, then one whose fixed values the player named, then the first. */
function chooseBranch(branches: readonly JsonSchema[], said: unknown, root: JsonSchema): JsonSchema {
  return branches.find((branch) => isLegal(branch, said, root)) ??
    branches.find((branch) => hasFixedValues(resolve(branch, root), said)) ?? branches[0] ?? {};
}

function hasFixedValues(branch: JsonSchema, said: unknown): boolean {
  if (!isRecord(said) || !isRecord(branch.properties)) return false;
  const fixed = Object.entries(branch.properties).filter(([, property]) =>
    isRecord(property) && ("const" in property || (Array.isArray(property.enum) && property.enum.length === 1))
  );
  return fixed.length > 0 &&
    fixed.every(([name, property]) =>
      isRecord(property) && said[name] === ("const" in property ? property.const : (property.enum as unknown[])[0])
    );
}

/** JSON text in which the order of properties does not matter. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (typeof schema.$ref !== "string") return schema;
  let target: unknown = root;
  for (const key of schema.$ref.replace(/^#\/?/, "").split("/").filter((step) => step !== "")) {
    target = isRecord(target) ? target[key] : undefined;
  }
  return isRecord(target) ? target : {};
}

/** Reads a text as JSON, or the first object that stands in it. */
function readJson(text: string, whole = false): unknown {
  const strict = parsedJson(text);
  if (strict !== undefined || whole) return strict;
  for (let start = text.indexOf("{"); start >= 0; start = text.indexOf("{", start + 1)) {
    for (let end = text.lastIndexOf("}"); end > start; end = text.lastIndexOf("}", end - 1)) {
      const value = parsedJson(text.slice(start, end + 1));
      if (value !== undefined) return value;
    }
  }
  return undefined;
}
