import { isRecord } from "../kernel/json.ts";
import type { OfferedTool, Scene } from "./understudy_scene.ts";

/** A call that an understudy wants to make. */
export interface WantedCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly reason: string;
}

/**
 * A way in which models write a call wrong where nothing holds their reply: only prose, a fenced call between words with
 * `parameters` for `arguments`, Python's quotes, an argument by a name that the tool does not have.
 */
export type Slip = "prose" | "fenced" | "quotes" | "wrong_argument";

/** What an understudy says of itself where it has nothing better. */
export const HONEST = "I am an understudy of the rehearsal and only know the sample project.";

/**
 * Writes a call in the form that the request wants.
 * @param scene the request
 * @param call what is to be called
 * @param slip how it is written wrong, null for right; a held reply cannot be written wrong
 * @returns the text of the reply
 */
export function writeCall(scene: Scene, call: WantedCall, slip: Slip | null): string {
  const { name, reason } = call;
  const args = slip === "wrong_argument" ? misnamed(call.arguments) : call.arguments;
  switch (scene.form) {
    case "constrained":
      return JSON.stringify({ reason, name, arguments: call.arguments });
    case "gemma":
      return `<start_function_call>call:${name}${gemmaValue(args)}<end_function_call>`;
    case "tagged":
    case "text":
      switch (slip) {
        case "prose":
          return `${reason} I will call ${name}${inWords(args)} for that and then go on.`;
        case "fenced":
          return `${reason}\n\n\`\`\`json\n${
            JSON.stringify({ name, parameters: args }, null, 2)
          }\n\`\`\`\n\nThis is the next step.`;
        case "quotes":
          return `${reason}\n<tool_call>\n${python({ name, arguments: args })}\n</tool_call>`;
        case "wrong_argument":
        case null:
          return `<tool_call>\n${JSON.stringify({ name, arguments: args })}\n</tool_call>`;
      }
  }
}

/**
 * Finds a legal call that does no harm: an answer or the end of the turn where there is one, else the first tool with its
 * required arguments filled.
 * @param scene the request
 * @param text what is to be said
 * @returns the call, null where no tool is offered
 */
export function harmlessCall(scene: Scene, text: string): WantedCall | null {
  for (
    const [name, argument] of [["answer", "text"], ["finish_task", "summary"], ["approve_message", "note"]] as const
  ) {
    if (offers(scene, name)) return { name, arguments: { [argument]: text }, reason: text };
  }
  const first = scene.offered[0];
  return first === undefined ? null : { name: first.name, arguments: filled(first, text), reason: text };
}

/** Whether a tool is offered. */
export function offers(scene: Scene, name: string): boolean {
  return scene.offered.some((tool) => tool.name === name);
}

function filled({ parameters }: OfferedTool, text: string): Record<string, unknown> {
  const properties = isRecord(parameters.properties) ? parameters.properties : {};
  const required = Array.isArray(parameters.required) ? parameters.required.map(String) : [];
  return Object.fromEntries(required.map((name) => [name, valueFor(properties[name], text)]));
}

function valueFor(schema: unknown, text: string): unknown {
  if (!isRecord(schema)) return text;
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  switch (schema.type) {
    case "integer":
    case "number":
      return typeof schema.minimum === "number" ? schema.minimum : 1;
    case "boolean":
      return false;
    case "array":
      return [valueFor(schema.items, text)];
    case "object":
      return filled({ name: "", parameters: schema }, text);
    default:
      return text;
  }
}

/** Plain arguments as models say them in a sentence. */
function inWords(args: Readonly<Record<string, unknown>>): string {
  const plain = Object.entries(args).filter(([, value]) => typeof value !== "object");
  return plain.length === 0 ? "" : ` with ${plain.map(([name, value]) => `${name} "${String(value)}"`).join(" and ")}`;
}

/** The same arguments, the first one by a name that models make up. */
function misnamed(args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(args).map(([name, value], index) => [index === 0 ? "output" : name, value]));
}

/** FunctionGemma's own form; its parser loses a call with a line break. */
function gemmaValue(value: unknown): string {
  if (typeof value === "string") return `<escape>${value.replace(/\s*\n\s*/g, " ")}<escape>`;
  if (Array.isArray(value)) return `[${value.map(gemmaValue).join(",")}]`;
  if (!isRecord(value)) return String(value);
  return `{${Object.entries(value).map(([name, item]) => `${name}:${gemmaValue(item)}`).join(",")}}`;
}

/** A value as Python prints it; what holds an apostrophe stands in double quotes there too. */
function python(value: unknown): string {
  if (typeof value === "string") {
    return value.includes("'")
      ? JSON.stringify(value)
      : `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"')}'`;
  }
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (isRecord(value)) {
    return `{${Object.entries(value).map(([name, item]) => `'${name}': ${python(item)}`).join(", ")}}`;
  }
  return value === true ? "True" : value === false ? "False" : value === null ? "None" : String(value);
}
