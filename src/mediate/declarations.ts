import type { JsonSchema, ToolDeclaration, Way } from "../kernel/call.ts";
import { isRecord } from "../kernel/json.ts";

/**
 * Leaves out the argument that is asked for as plain text right after the call, and says so in the description.
 * @param tool a declaration, with or without `asText`
 * @returns the same declaration where nothing is asked for as text
 */
export function withoutText(tool: ToolDeclaration): ToolDeclaration {
  const { asText, parameters } = tool;
  if (asText === undefined) return tool;
  const properties = isRecord(parameters.properties) ? { ...parameters.properties } : {};
  delete properties[asText];
  const required = Array.isArray(parameters.required) ? parameters.required.filter((key) => key !== asText) : [];
  return {
    name: tool.name,
    describes:
      `${tool.describes} The ${asText} is not an argument: it is asked for as plain text right after the call.`,
    parameters: { ...parameters, properties, required },
  };
}

/**
 * Writes the declarations of tools for a system prompt, in the form that Qwen2.5's own template uses: one line of JSON
 * per tool between `<tools>` tags (wire/README.md, "A real model"). The order is the order given, so that a prefix cache holds.
 * @param tools the tools the model may see; arguments asked for as text are left out
 * @returns the section, without blank lines around it; empty for no tools
 */
export function declarationsText(tools: readonly ToolDeclaration[]): string {
  if (tools.length === 0) return "";
  const lines = tools.map((tool) => {
    const { name, describes, parameters } = withoutText(tool);
    return spaced({ type: "function", function: { name, description: describes, parameters: signature(parameters) } });
  });
  return [
    "# Tools",
    "",
    "You may call one or more functions to assist with the user query.",
    "",
    "You are provided with function signatures within <tools></tools> XML tags:",
    "<tools>",
    ...lines,
    "</tools>",
  ].join("\n");
}

/**
 * Says how a reply is to be written.
 * @returns one instruction for the end of the declarations; empty for native calls, whose template says it
 */
export function replyFormText(way: Way): string {
  switch (way) {
    case "native":
      return "";
    case "constrained":
      return 'Reply with one JSON object and nothing else, the reason first, in one short sentence: {"reason": <why>, "name": <function-name>, "arguments": <args-json-object>}';
    case "prompted":
      return 'For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n<tool_call>\n{"name": <function-name>, "arguments": <args-json-object>}\n</tool_call>';
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
