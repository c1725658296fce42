import { isRecord } from "../kernel/json.ts";
import type { JsonSchema, ToolDeclaration } from "../kernel/call.ts";
import { type ChatRequest, HostFailure } from "../ports/model_host.ts";

/** A tool as it travels in a request's `tools` field, the same for Ollama and for the OpenAI wire. */
export interface WireTool {
  readonly type: "function";
  readonly function: { readonly name: string; readonly description: string; readonly parameters: JsonSchema };
}

/** Keywords that reach the prompt through Ollama's decoding (`api/types.go`, ToolProperty). */
const SURVIVORS = new Set(["type", "description", "enum", "items", "properties", "required", "anyOf"]);

/** Keywords that tell a model nothing. */
const SILENT = new Set(["$schema", "$id", "$comment", "title", "readOnly", "writeOnly", "deprecated"]);

/** Longest `maxLength` that a grammar bears: llama.cpp fails, or fails open, on larger ones. */
const LONGEST_BOUND = 1_000;

/** Keywords of a reply's schema that break llama.cpp's grammar or are ignored by it without a word. */
const UNSAFE = new Set(["pattern", "format", "minLength", "$schema"]);

/**
 * Writes tools for a server. A server takes tools without their wrapper, without a name or with keywords that it cannot
 * decode, answers 200 and shows the model something else; so nothing of the kind leaves here. What the decoding drops
 * is said again in the description.
 *
 * @param tools declarations, in the order in which the model shall read them
 * @throws {HostFailure} `bad_request` for an empty, ill-formed or repeated name, parameters that are not an object
 * schema, no required argument, a required argument that is not declared, or a `$ref`
 */
export function serializeTools(tools: readonly ToolDeclaration[]): readonly WireTool[] {
  const names = new Set<string>();
  return tools.map((tool) => {
    if (!/^[a-z][a-z0-9_]*$/.test(tool.name)) {
      throw misuse(
        `The tool name ${
          JSON.stringify(tool.name)
        } is not usable: wanted a small letter, then small letters, digits and _.`,
      );
    }
    if (names.has(tool.name)) throw misuse(`Two tools are named ${tool.name}. Names are unique.`);
    names.add(tool.name);
    return {
      type: "function",
      function: { name: tool.name, description: tool.describes, parameters: survivingParameters(tool) },
    };
  });
}

/**
 * Leaves in a reply's schema what a server's grammar can hold: `pattern`, `format`, `minLength` and a `maxLength` over
 * 1,000 go, everything else stays, in its order (the order of the properties is the order of generation).
 *
 * @returns the schema to send; the reply is validated against the whole one afterwards
 */
export function schemaForFormat(schema: JsonSchema): JsonSchema {
  const kept: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (UNSAFE.has(keyword)) continue;
    if (keyword === "maxLength" && !(typeof value === "number" && value <= LONGEST_BOUND)) continue;
    if ((keyword === "minimum" || keyword === "maximum") && isSafeIntegerBound(value)) continue;
    if (keyword === "properties" || keyword === "$defs" || keyword === "definitions") {
      kept[keyword] = isRecord(value)
        ? Object.fromEntries(
          Object.entries(value).map(([name, inner]) => [name, isRecord(inner) ? schemaForFormat(inner) : inner]),
        )
        : value;
    } else if (keyword === "enum" || keyword === "const" || keyword === "default" || keyword === "required") {
      kept[keyword] = value;
    } else if (Array.isArray(value)) {
      kept[keyword] = value.map((inner) => isRecord(inner) ? schemaForFormat(inner) : inner);
    } else {
      kept[keyword] = isRecord(value) ? schemaForFormat(value) : value;
    }
  }
  return kept;
}

/** Checks a tool's parameters and rewrites them. */
function survivingParameters(tool: ToolDeclaration): JsonSchema {
  const { type, properties, required } = tool.parameters;
  if (type !== "object" || !isRecord(properties)) {
    throw misuse(`The parameters of ${tool.name} are not an object schema with properties.`);
  }
  if (!Array.isArray(required) || required.length === 0) {
    throw misuse(`${tool.name} has no required argument. Servers drop calls without arguments: declare one.`);
  }
  const unknown = required.find((name) => !(typeof name === "string" && Object.hasOwn(properties, name)));
  if (unknown !== undefined) {
    throw misuse(`${tool.name} requires ${JSON.stringify(unknown)}, which it does not declare.`);
  }
  const { schema } = surviving(tool.parameters, tool.name);
  return schema;
}

/** Splits a schema into what survives and the sentences for what does not. */
function surviving(written: JsonSchema, place: string): { schema: JsonSchema; said: string[] } {
  const source = merged(written);
  const kept: Record<string, unknown> = {};
  const said: string[] = [];
  for (const [keyword, value] of Object.entries(source)) {
    if (keyword === "$ref" || keyword === "$defs" || keyword === "definitions") {
      throw misuse(`The schema of ${place} uses ${keyword}, which does not reach the model. Write the schema out.`);
    }
    if (keyword === "properties" && isRecord(value)) {
      kept.properties = Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, described(inner, `${place}.${name}`)]),
      );
    } else if (keyword === "items") {
      kept.items = described(value, `${place}[]`);
    } else if ((keyword === "anyOf" || keyword === "oneOf") && Array.isArray(value)) {
      kept.anyOf = value.map((inner, index) => described(inner, `${place}|${index + 1}`));
    } else if (keyword === "const") {
      kept.enum = [value];
    } else if (SURVIVORS.has(keyword)) {
      kept[keyword] = value;
    } else {
      const sentence = SILENT.has(keyword) ? "" : sentenceFor(keyword, value);
      if (sentence !== "") said.push(sentence);
    }
  }
  return { schema: kept, said };
}

/** Rewrites an inner schema and says in its description what was lost. */
function described(value: unknown, place: string): unknown {
  if (!isRecord(value)) return value;
  const { schema, said } = surviving(value, place);
  const own = typeof schema.description === "string" ? schema.description : "";
  const missing = said.filter((sentence) => !own.toLowerCase().includes(sentence.toLowerCase().replace(/\.$/, "")));
  if (missing.length === 0) return schema;
  const begun = own === "" ? own : `${own.replace(/(?<![.\s])[.\s]*$/, "")}. `;
  return { ...schema, description: `${begun}${missing.join(" ")}` };
}

/** Joins the parts of an `allOf` into one schema, since the keyword does not survive. */
function merged(schema: JsonSchema): JsonSchema {
  if (!Array.isArray(schema.allOf)) return schema;
  const { allOf, ...rest } = schema;
  return [...allOf.filter(isRecord).map(merged), rest].reduce((joined, part) => ({
    ...joined,
    ...part,
    ...(isRecord(joined.properties) && isRecord(part.properties)
      ? { properties: { ...joined.properties, ...part.properties } }
      : {}),
    ...(Array.isArray(joined.required) && Array.isArray(part.required)
      ? { required: [...new Set([...joined.required, ...part.required])] }
      : {}),
  }), {});
}

/** Says a keyword that does not survive; "" where it says nothing. */
function sentenceFor(keyword: string, value: unknown): string {
  switch (keyword) {
    case "minimum":
      return isSafeIntegerBound(value) ? "" : `From ${value}.`;
    case "maximum":
      return isSafeIntegerBound(value) ? "" : `Up to ${value}.`;
    case "exclusiveMinimum":
      return `More than ${value}.`;
    case "exclusiveMaximum":
      return `Less than ${value}.`;
    case "multipleOf":
      return `A multiple of ${value}.`;
    case "minLength":
      return value === 0 ? "" : value === 1 ? "Not empty." : `At least ${value} characters.`;
    case "maxLength":
      return `At most ${value} characters.`;
    case "minItems":
      return value === 0 ? "" : value === 1 ? "At least one item." : `At least ${value} items.`;
    case "maxItems":
      return value === 1 ? "At most one item." : `At most ${value} items.`;
    case "uniqueItems":
      return value === true ? "No item twice." : "";
    case "default":
      return `Default ${JSON.stringify(value)}.`;
    case "pattern":
      return `Matches the regular expression ${value}.`;
    case "format":
      return `In the format ${value}.`;
    case "additionalProperties":
      return value === false
        ? "No other properties."
        : isRecord(value)
        ? `Other properties: ${JSON.stringify(value)}.`
        : "";
    default:
      return `${keyword}: ${JSON.stringify(value)}.`;
  }
}

/** Tells the bounds that schema libraries write for any integer; they bound nothing. */
function isSafeIntegerBound(value: unknown): boolean {
  return value === Number.MIN_SAFE_INTEGER || value === Number.MAX_SAFE_INTEGER;
}

/** Makes the failure for tools that must not be sent. */
function misuse(message: string): HostFailure {
  return new HostFailure("bad_request", message);
}

/**
 * Refuses a request that a server cannot serve as it is meant.
 *
 * @throws {HostFailure} `bad_request` for tools together with a schema
 */
export function refuseToolsWithSchema({ tools, schema }: Pick<ChatRequest, "tools" | "schema">): void {
  if (tools === undefined || schema === undefined) return;
  throw misuse("Tools and a schema in one request: the schema's grammar forbids the calls. Send one.");
}
