import type { JsonSchema, ToolDeclaration, Way } from "../kernel/call.ts";
import { isRecord } from "../kernel/json.ts";
import { say, type Wording } from "../sentences/say.ts";

/**
 * Leaves out the argument that is asked for as plain text right after the call, and says so in the description.
 * @param tool a declaration, with or without `asText`
 * @returns the same declaration where nothing is asked for as text
 */
export function withoutText(tool: ToolDeclaration, from: Wording = {}): ToolDeclaration {
  const { asText, parameters } = tool;
  if (asText === undefined) return tool;
  const properties = isRecord(parameters.properties) ? { ...parameters.properties } : {};
  delete properties[asText];
  const required = Array.isArray(parameters.required) ? parameters.required.filter((key) => key !== asText) : [];
  return {
    name: tool.name,
    describes: say(from, "calls.text_follows", { describes: tool.describes, argument: asText }),
    parameters: { ...parameters, properties, required },
  };
}

/**
 * Writes the declarations of tools for a system prompt, in the form that Qwen2.5's own template uses: one line of JSON
 * per tool between `<tools>` tags (wire/README.md, "A real model"). The order is the order given, so that a prefix cache holds.
 * @param tools the tools the model may see; arguments asked for as text are left out
 * @returns the section, without blank lines around it; empty for no tools
 */
export function declarationsText(tools: readonly ToolDeclaration[], from: Wording = {}): string {
  if (tools.length === 0) return "";
  const lines = tools.map((tool) => {
    const { name, describes, parameters } = withoutText(tool, from);
    return spaced({ type: "function", function: { name, description: describes, parameters: signature(parameters) } });
  });
  return [say(from, "calls.declared"), "<tools>", ...lines, "</tools>"].join("\n");
}

/**
 * Says how a reply is to be written.
 * @returns one instruction for the end of the declarations; empty for native calls, whose template says it
 */
export function replyFormText(way: Way, from: Wording = {}): string {
  switch (way) {
    case "native":
      return "";
    case "constrained":
      return say(from, "calls.constrained");
    case "prompted":
      return say(from, "calls.prompted");
  }
}

/** The schema in the measured order (type, required, properties), without keywords that say nothing to a model. */
function signature(schema: JsonSchema): JsonSchema {
  const { type, required, properties, $schema: _draft, additionalProperties: _closed, ...rest } = schema;
  return {
    type: type ?? "object",
    ...(required === undefined ? {} : { required }),
    properties: properties ?? {},
    ...rest,
  };
}

/** JSON on one line with a blank after each comma and colon, as the templates of models print it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`).join(", ")}}`;
}
