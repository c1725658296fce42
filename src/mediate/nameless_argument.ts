import type { ToolDeclaration } from "../kernel/call.ts";
import { isRecord } from "../kernel/json.ts";

/** Words for an argument that was written without its name. */
const WITHOUT_NAME = "an argument without its name";

/** What stood in a call, and what had to be mended of it. */
export interface NamedArguments {
  readonly value: Readonly<Record<string, unknown>>;
  readonly mended: readonly string[];
}

/**
 * Gives a value that was written without its argument's name the only name that it can have: that of the one argument that the
 * tool must be given and was not, or that of its only one.
 * @param given arguments by name; the one without has the empty name
 * @param tool the tool, where it is known
 * @returns the arguments; those that were given where no name or more than one is possible, so that the fault can say so
 */
export function withNames(given: Readonly<Record<string, unknown>>, tool: ToolDeclaration | undefined): NamedArguments {
  if (!Object.hasOwn(given, "")) return { value: given, mended: [] };
  const properties = isRecord(tool?.parameters.properties) ? Object.keys(tool.parameters.properties) : [];
  const required = Array.isArray(tool?.parameters.required) ? tool.parameters.required.map(String) : [];
  const lacking = (names: readonly string[]) => names.filter((name) => !Object.hasOwn(given, name));
  const candidates = lacking(required).length > 0 ? lacking(required) : lacking(properties);
  const [name, ...others] = candidates;
  if (name === undefined || others.length > 0) return { value: given, mended: [] };
  const { "": value, ...rest } = given;
  return { value: { ...rest, [name]: value }, mended: [WITHOUT_NAME] };
}
