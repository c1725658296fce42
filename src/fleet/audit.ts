import { isRecord, parsedJson } from "../kernel/json.ts";
import type { JsonSchema, ToolDeclaration } from "../kernel/call.ts";
import { serializeTools } from "./serialize_tools.ts";

/** What the look at a rendered prompt found. */
export interface AuditResult {
  /**
   * `shown`: every tool stands in it in JSON that parses. `built_in`: every tool stands in it in the form of the model's
   * built-in renderer. `broken`: at least one does not. `not_rendered`: the host cannot render.
   */
  readonly finding: "shown" | "built_in" | "broken" | "not_rendered";
  /** For people: what stands there, or the first thing that is missing. */
  readonly reason: string;
}

/** A parsed object of the prompt. */
type Parsed = Readonly<Record<string, unknown>>;

/**
 * Compares the prompt that a model is really shown with the tools that were sent. Templates that print Go values instead
 * of JSON, and tools that were sent without their wrapper, are accepted by servers with a 200; only the prompt tells.
 *
 * @param rendered the prompt, null where the host cannot render
 * @param tools declarations that were sent
 * @param parser name of the server's built-in parser for the model, null without one
 */
export function auditRendering(
  rendered: string | null,
  tools: readonly ToolDeclaration[],
  parser: string | null,
): AuditResult {
  if (rendered === null) {
    return { finding: "not_rendered", reason: "The host cannot render a prompt without answering." };
  }
  const wire = serializeTools(tools);
  const all = tools.length === 1 ? "The one tool stands" : `All ${tools.length} tools stand`;
  const objects = objectsIn(rendered);
  const missing = tools.map((tool, index) => {
    const sent = wire[index]?.function;
    return sent === undefined ? null : missingInJson(objects, tool, sent);
  }).find((lack) => lack !== null) ?? null;
  if (missing === null) {
    return { finding: "shown", reason: `${all} in the prompt as JSON, whole.` };
  }
  if (parser === null) return { finding: "broken", reason: missing };
  const text = joined(rendered);
  const unsaid = tools.map((tool) => missingInText(text, tool)).find((lack) => lack !== null) ?? null;
  return unsaid === null
    ? {
      finding: "built_in",
      reason: `${all} in the prompt in the form of the built-in renderer (parser ${parser}).`,
    }
    : { finding: "broken", reason: unsaid };
}

/** Says what of a tool does not stand in any parsed object; null when one holds all. */
function missingInJson(
  objects: readonly Parsed[],
  tool: ToolDeclaration,
  sent: { readonly description: string; readonly parameters: JsonSchema },
): string | null {
  const named = objects.filter((object) => object.name === tool.name);
  if (named.length === 0) return `No JSON object of the prompt has the name ${tool.name}.`;
  const lacks = named.map((object) => {
    if (!says(object.description, tool.describes)) return `The description of ${tool.name} is not in the prompt.`;
    const schema = [object.parameters, object.input_schema, object.arguments].find(isRecord);
    if (schema === undefined) return `${tool.name} has no parameters in the prompt.`;
    return missingInSchema(schema, tool.parameters, sent.parameters, tool.name);
  });
  return lacks.includes(null) ? null : lacks[0] ?? null;
}

/** Compares an object schema of the prompt with the declared and the sent one. */
function missingInSchema(found: Parsed, declared: JsonSchema, sent: JsonSchema, place: string): string | null {
  const properties = isRecord(found.properties) ? found.properties : {};
  const wanted = isRecord(sent.properties) ? sent.properties : {};
  const written = isRecord(declared.properties) ? declared.properties : {};
  for (const [name, schema] of Object.entries(wanted)) {
    const shown = properties[name];
    if (!isRecord(shown)) return `The parameter ${name} of ${place} is not in the prompt.`;
    if (!isRecord(schema)) continue;
    const own = written[name];
    const descriptions = [schema.description, isRecord(own) ? own.description : undefined].filter(isText);
    if (descriptions.length > 0 && !descriptions.some((description) => says(shown.description, description))) {
      return `The description of the parameter ${name} of ${place} is not in the prompt.`;
    }
    if (schema.enum !== undefined && !same(schema.enum, shown.enum)) {
      return `The values of the parameter ${name} of ${place} are not in the prompt.`;
    }
    if (schema.type !== undefined && !same([schema.type].flat(), [shown.type].flat())) {
      return `The type of the parameter ${name} of ${place} is not in the prompt.`;
    }
    if (isRecord(schema.properties)) {
      const inner = missingInSchema(shown, isRecord(own) ? own : {}, schema, `${place}.${name}`);
      if (inner !== null) return inner;
    }
  }
  return same(sorted(sent.required), sorted(found.required))
    ? null
    : `The required arguments of ${place} are not in the prompt.`;
}

/** Says what of a tool does not stand in the text in any form; null when all does. */
function missingInText(text: string, tool: ToolDeclaration): string | null {
  if (!holdsWord(text, tool.name)) return `The name ${tool.name} is not in the prompt.`;
  if (!text.includes(joined(tool.describes))) return `The description of ${tool.name} is not in the prompt.`;
  const properties = isRecord(tool.parameters.properties) ? tool.parameters.properties : {};
  for (const [name, schema] of Object.entries(properties)) {
    if (!holdsWord(text, name)) return `The parameter ${name} of ${tool.name} is not in the prompt.`;
    const description = isRecord(schema) ? schema.description : undefined;
    if (isText(description) && !text.includes(joined(description).replace(/\.$/, ""))) {
      return `The description of the parameter ${name} of ${tool.name} is not in the prompt.`;
    }
  }
  return null;
}

/** Collects every object that parses as JSON anywhere in a text, the inner ones too. */
function objectsIn(text: string): readonly Parsed[] {
  const found: Parsed[] = [];
  let index = text.indexOf("{");
  while (index !== -1) {
    const end = balancedEnd(text, index);
    const value = end === -1 ? undefined : parsedJson(text.slice(index, end));
    if (value !== undefined) collect(value, found);
    index = text.indexOf("{", value === undefined ? index + 1 : end);
  }
  return found;
}

/** Finds the end of the object that begins at an index, strings respected; -1 when it does not close. */
function balancedEnd(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let index = from; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character === "\\") index++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return index + 1;
  }
  return -1;
}

/** Adds a value's objects to a list, from outside to inside. */
function collect(value: unknown, found: Parsed[]): void {
  if (Array.isArray(value)) { for (const item of value) collect(item, found); }
  else if (isRecord(value)) {
    found.push(value);
    for (const inner of Object.values(value)) collect(inner, found);
  }
}

/** Tells whether a shown text is a wanted one, white space aside. */
function says(shown: unknown, wanted: string): boolean {
  return isText(shown) && joined(shown) === joined(wanted);
}

/** Tells whether a name stands in a text as a word of its own. */
function holdsWord(text: string, name: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9_])${name.replace(/[^A-Za-z0-9_]/g, "\\$&")}(?![A-Za-z0-9_])`).test(text);
}

/** Makes each run of white space one space. */
function joined(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Sorts a list of names; [] for what is none. */
function sorted(names: unknown): readonly unknown[] {
  return Array.isArray(names) ? [...names].sort() : [];
}

/** Compares two values as JSON. */
function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Tells whether a value is a text. */
function isText(value: unknown): value is string {
  return typeof value === "string";
}
