import type { Call, JsonSchema, ToolDeclaration } from "../kernel/call.ts";
import { clip } from "../kernel/text.ts";
import { argumentsOf } from "./given_arguments.ts";
import { nearArguments, nearTool } from "./near_name.ts";
import { copiedArguments } from "./placeholders.ts";
import type { AttemptedCall, FoundCall, Validate } from "./types.ts";
import { isRecord } from "../kernel/json.ts";
import { say, type Wording } from "../sentences/say.ts";

/** What a found call is: one that can run, with what was mended for it, or an attempt with its fault. */
export type FittedCall =
  | { readonly call: Call; readonly repairs: readonly string[] }
  | { readonly attempted: AttemptedCall; readonly unknownTool: boolean };

/** What a call is fitted to. */
export interface Fitting {
  /** Tools that are legal now. */
  readonly tools: readonly ToolDeclaration[];
  /** Tools that the model was shown. */
  readonly allTools: readonly ToolDeclaration[];
  readonly validate: Validate;
  readonly forced: boolean;
  /** Tools that written names were found to mean, so that each name is compared once. */
  readonly meant: Map<string, ToolDeclaration | null>;
  /** Where the words of faults come from. */
  readonly from: Wording;
}

/**
 * Compares a found call with the tools: name, arguments' names, types. Mends what has one reading, invents nothing.
 * @param found the call as written
 * @param fitting tools, validation and marks of the reply
 * @returns the call, or the attempt with a sentence that a model can act on
 */
export function fitCall(found: FoundCall, fitting: Fitting): FittedCall {
  const repairs: string[] = [];
  const { from } = fitting;
  const fail = (fault: string, unknownTool = false): FittedCall => ({
    attempted: { name: found.name, arguments: found.arguments, fault },
    unknownTool,
  });
  if (found.name.trim() === "") {
    return fail(say(from, "reply.no_name", { tools: namesOf(fitting.tools, from) }), true);
  }
  const near = meantBy(found.name, fitting);
  if (near === null) {
    const tool = JSON.stringify(clip(found.name, 60));
    return fail(say(from, "reply.unknown", { tool, tools: namesOf(fitting.tools, from) }), true);
  }
  const tool = fitting.tools.find(({ name }) => name === near.name);
  if (tool === undefined) {
    return fail(say(from, "reply.not_now", { tool: near.name, tools: namesOf(fitting.tools, from) }));
  }
  if (tool.name !== found.name) repairs.push(`Name ${JSON.stringify(clip(found.name, 60))} read as ${tool.name}.`);
  if (found.mended !== undefined && found.mended.length > 0) {
    repairs.push(`The writing of the call of ${tool.name} was mended: ${found.mended.join(", ")}.`);
  }

  if (found.cut) return fail(say(from, "reply.ended_inside", { tool: tool.name }));
  const given = found.unreadable === true ? null : argumentsOf(found.arguments, tool.name, tool.parameters);
  if (given === null) {
    const is = kind(found.arguments, from);
    return fail(say(from, "reply.no_object_but", { tool: tool.name, names: signatureOf(tool), found: is }));
  }
  if (given.decoded) repairs.push(`The arguments of ${tool.name} came as a string.`);
  const named = nearArguments(given.value, tool.parameters);
  repairs.push(...named.repairs.map((repair) => `${tool.name}: ${repair}.`));
  const held = heldArguments(named.value, tool, from);
  if ("fault" in held) return fail(held.fault);
  repairs.push(...held.repairs);

  const result = fitting.validate(withOptionalText(tool), held.value);
  if ("faults" in result) {
    return fail(say(from, "reply.wrong", { tool: tool.name, faults: result.faults.join(" ") }));
  }
  if (!isRecord(result.value)) {
    return fail(say(from, "reply.no_object", { tool: tool.name, names: signatureOf(tool) }));
  }
  repairs.push(...result.conversions.map((conversion) => `${tool.name}: ${conversion}.`));
  return {
    call: {
      name: tool.name,
      arguments: result.value,
      ...(found.reason === undefined ? {} : { reason: found.reason }),
      ...(fitting.forced ? { forced: true } : {}),
    },
    repairs,
  };
}

/** Arguments that hold a value: one that has no name, or repeats the schema, is none; the text that is asked for may be left out. */
function heldArguments(
  given: Readonly<Record<string, unknown>>,
  tool: ToolDeclaration,
  from: Wording,
): { readonly value: Readonly<Record<string, unknown>>; readonly repairs: readonly string[] } | {
  readonly fault: string;
} {
  if (Object.hasOwn(given, "")) {
    return { fault: say(from, "reply.no_key", { tool: tool.name, names: signatureOf(tool) }) };
  }
  const copied = copiedArguments(given, tool);
  const empty = copied.filter((name) => name !== tool.asText);
  if (empty.length > 0) {
    const names = empty.map((name) => `"${name}"`).join(", ");
    return { fault: say(from, "reply.copied", { tool: tool.name, names }) };
  }
  const [text] = copied;
  if (text === undefined) return { value: given, repairs: [] };
  const value = Object.fromEntries(Object.entries(given).filter(([name]) => name !== text));
  return { value, repairs: [`${tool.name}: "${text}" holds what the schema says of it, so it is asked for.`] };
}

function meantBy(name: string, { meant, allTools }: Fitting): ToolDeclaration | null {
  const before = meant.get(name);
  if (before !== undefined) return before;
  const tool = nearTool(name, allTools);
  meant.set(name, tool);
  return tool;
}

/** The schema of the arguments where the one that may be asked for as text may be absent. */
function withOptionalText({ parameters, asText }: ToolDeclaration): JsonSchema {
  if (asText === undefined || !Array.isArray(parameters.required)) return parameters;
  return { ...parameters, required: parameters.required.filter((key) => key !== asText) };
}

/** @param tools tools @returns their names for a sentence, 24 at most */
export function namesOf(tools: readonly ToolDeclaration[], from: Wording): string {
  const names = tools.slice(0, 24).map(({ name }) => name).join(", ");
  return tools.length > 24 ? say(from, "reply.more_tools", { tools: names, count: tools.length - 24 }) : names;
}

function signatureOf(tool: ToolDeclaration): string {
  const properties = isRecord(tool.parameters.properties) ? tool.parameters.properties : {};
  return Object.keys(properties).map((key) => `"${key}"`).join(", ");
}

function kind(value: unknown, from: Wording): string {
  if (typeof value === "string") return say(from, "reply.found_text", { text: JSON.stringify(clip(value, 60)) });
  if (Array.isArray(value)) return say(from, "reply.found_array");
  return value === undefined ? say(from, "reply.found_unreadable") : String(value).slice(0, 40);
}
