import type { Call, JsonSchema, ToolDeclaration } from "../kernel/call.ts";
import { clip } from "../kernel/text.ts";
import { argumentsOf } from "./given_arguments.ts";
import { nearArguments, nearTool } from "./near_name.ts";
import type { AttemptedCall, FoundCall, Validate } from "./types.ts";
import { isRecord } from "../kernel/json.ts";

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
}

/**
 * Compares a found call with the tools: name, arguments' names, types. Mends what has one reading, invents nothing.
 * @param found the call as written
 * @param fitting tools, validation and marks of the reply
 * @returns the call, or the attempt with a sentence that a model can act on
 */
export function fitCall(found: FoundCall, fitting: Fitting): FittedCall {
  const repairs: string[] = [];
  const fail = (fault: string, unknownTool = false): FittedCall => ({
    attempted: { name: found.name, arguments: found.arguments, fault },
    unknownTool,
  });
  if (found.name.trim() === "") {
    return fail(`The call names no tool. "name" must be one of ${namesOf(fitting.tools)}.`, true);
  }
  const near = meantBy(found.name, fitting);
  if (near === null) {
    return fail(
      `There is no tool ${JSON.stringify(clip(found.name, 60))}. The tools are ${namesOf(fitting.tools)}.`,
      true,
    );
  }
  const tool = fitting.tools.find(({ name }) => name === near.name);
  if (tool === undefined) {
    return fail(`${near.name} cannot be called now. The tools that can are ${namesOf(fitting.tools)}.`);
  }
  if (tool.name !== found.name) repairs.push(`Name ${JSON.stringify(clip(found.name, 60))} read as ${tool.name}.`);
  if (found.mended !== undefined && found.mended.length > 0) {
    repairs.push(`The writing of the call of ${tool.name} was mended: ${found.mended.join(", ")}.`);
  }

  if (found.cut) {
    return fail(`The reply ended inside the call of ${tool.name}: write the call again, shorter.`);
  }
  const given = found.unreadable === true ? null : argumentsOf(found.arguments, tool.name, tool.parameters);
  if (given === null) {
    return fail(
      `The arguments of ${tool.name} must be a JSON object (${signatureOf(tool)}), but are ${kind(found.arguments)}.`,
    );
  }
  if (given.decoded) repairs.push(`The arguments of ${tool.name} came as a string.`);
  const named = nearArguments(given.value, tool.parameters);
  repairs.push(...named.repairs.map((repair) => `${tool.name}: ${repair}.`));

  const result = fitting.validate(withOptionalText(tool), named.value);
  if ("faults" in result) return fail(`The call of ${tool.name} is wrong: ${result.faults.join(" ")}`);
  if (!isRecord(result.value)) {
    return fail(`The arguments of ${tool.name} must be a JSON object (${signatureOf(tool)}).`);
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
export function namesOf(tools: readonly ToolDeclaration[]): string {
  const names = tools.slice(0, 24).map(({ name }) => name).join(", ");
  return tools.length > 24 ? `${names} and ${tools.length - 24} more` : names;
}

function signatureOf(tool: ToolDeclaration): string {
  const properties = isRecord(tool.parameters.properties) ? tool.parameters.properties : {};
  return Object.keys(properties).map((key) => `"${key}"`).join(", ");
}

function kind(value: unknown): string {
  if (typeof value === "string") return `the text ${JSON.stringify(clip(value, 60))}`;
  return Array.isArray(value) ? "an array" : value === undefined ? "not readable" : String(value).slice(0, 40);
}
