import { isRecord } from "../kernel/json.ts";
import type { PlayMessage, PlayTool } from "./play.ts";
import type { DeliveredCall } from "../kernel/call.ts";

/**
 * Renders a chat as Ollama's built-in renderer of FunctionGemma does: properties in alphabetical order, of each only its
 * description and first type (ollama `model/renderers/functiongemma.go`).
 * @param system system text, "" for none
 * @param messages messages, system ones included
 * @param tools tools of the request
 * @returns the prompt
 */
export function functionGemmaPrompt(
  system: string,
  messages: readonly PlayMessage[],
  tools: readonly PlayTool[],
): string {
  let prompt = "<bos>";
  if (system !== "" || tools.length > 0) {
    const declared = tools.length === 0
      ? ""
      : `You can do function calling with the following functions:${tools.map(declaration).join("")}`;
    const parts = [system, declared].filter((part) => part !== "");
    prompt += `<start_of_turn>developer\n${parts.join("\n")}<end_of_turn>\n`;
  }
  let inModelTurn = false;
  for (const message of messages) {
    if (message.role === "user") {
      prompt += `<start_of_turn>user\n${message.content}<end_of_turn>\n`;
      inModelTurn = false;
    } else if (message.role === "assistant") {
      prompt += `${inModelTurn ? "" : "<start_of_turn>model\n"}${message.content}${
        message.calls.map((call) => `<start_function_call>call:${call.name}${value(call.arguments)}<end_function_call>`)
          .join("")
      }`;
      if (message.calls.length === 0) prompt += "<end_of_turn>\n";
      inModelTurn = message.calls.length > 0;
    } else if (message.role === "tool") {
      prompt += `<start_function_response>response:${message.toolName}{<escape>${message.content}<escape>}` +
        "<end_function_response>";
    }
  }
  return inModelTurn ? prompt : `${prompt}<start_of_turn>model\n`;
}

/**
 * Reads the calls of a FunctionGemma reply as Ollama's built-in parser does: an unclosed call is dropped, a call with a
 * line break inside comes out without name and arguments (ollama `model/parsers/functiongemma.go`).
 * @param text what the model said
 * @returns the calls and the text around them
 */
export function parseFunctionGemma(text: string): { readonly content: string; readonly calls: DeliveredCall[] } {
  const calls: DeliveredCall[] = [];
  let content = "";
  let rest = text;
  for (;;) {
    const start = rest.indexOf("<start_function_call>");
    if (start < 0) return { content: content + rest, calls };
    content += rest.slice(0, start);
    const end = rest.indexOf("<end_function_call>", start);
    if (end < 0) return { content, calls };
    const called = /call:([^{\n]+)\{(.*)\}/.exec(rest.slice(start + "<start_function_call>".length, end));
    calls.push({ name: called?.[1] ?? "", arguments: readArguments(called?.[2] ?? "") });
    rest = rest.slice(end + "<end_function_call>".length);
  }
}

function declaration(tool: PlayTool): string {
  const { properties, required, type } = tool.parameters ?? {};
  const described = Object.entries(isRecord(properties) ? properties : {})
    .sort(([left], [right]) => left < right ? -1 : 1)
    .map(([name, schema]) => `${name}:{${property(isRecord(schema) ? schema : {})}}`);
  const listed = Array.isArray(required) ? required.map((name) => `<escape>${String(name)}<escape>`) : [];
  const parts = [
    ...(described.length > 0 ? [`properties:{${described.join(",")}}`] : []),
    ...(listed.length > 0 ? [`required:[${listed.join(",")}]`] : []),
    `type:<escape>${String(type ?? "object").toUpperCase()}<escape>`,
  ];
  return `<start_function_declaration>declaration:${tool.name}{description:<escape>${tool.description}<escape>,` +
    `parameters:{${parts.join(",")}}}<end_function_declaration>`;
}

function property(schema: Record<string, unknown>): string {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  return `description:<escape>${String(schema.description ?? "")}<escape>` +
    (typeof type === "string" ? `,type:<escape>${type.toUpperCase()}<escape>` : "");
}

function value(of: unknown): string {
  if (typeof of === "string") return `<escape>${of}<escape>`;
  if (Array.isArray(of)) return `[${of.map(value).join(",")}]`;
  if (!isRecord(of)) return String(of);
  const entries = Object.entries(of).sort(([left], [right]) => left < right ? -1 : 1);
  return `{${entries.map(([key, item]) => `${key}:${value(item)}`).join(",")}}`;
}

function readArguments(text: string): Record<string, unknown> {
  return Object.fromEntries(
    splitOutside(text).map((pair) => {
      const colon = pair.indexOf(":");
      return [pair.slice(0, colon), readValue(pair.slice(colon + 1))];
    }),
  );
}

function readValue(text: string): unknown {
  const escaped = /^<escape>([\s\S]*)<escape>$/.exec(text);
  if (escaped !== null) return escaped[1];
  if (text.startsWith("[") && text.endsWith("]")) return splitOutside(text.slice(1, -1)).map(readValue);
  if (text.startsWith("{") && text.endsWith("}")) return readArguments(text.slice(1, -1));
  if (text === "true" || text === "false") return text === "true";
  const number = Number.parseFloat(text);
  return Number.isNaN(number) ? text : number;
}

/** Splits at the commas that stand in no escaped text and no bracket. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let escaped = false;
  for (let index = 0; index < text.length; index++) {
    if (text.startsWith("<escape>", index)) {
      escaped = !escaped;
      index += "<escape>".length - 1;
      continue;
    }
    if (escaped) continue;
    const character = text[index];
    if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    else if (character === "," && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  if (start < text.length) parts.push(text.slice(start));
  return parts;
}
