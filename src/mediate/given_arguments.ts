import type { JsonSchema } from "../kernel/call.ts";
import { effortFor, readLoose } from "./loose_value.ts";
import { isRecord, parsedJson } from "../kernel/json.ts";

/** Keys under which models put the arguments a second time. */
const WRAPPERS = ["arguments", "parameters", "properties", "args", "input", "kwargs"];

/** Arguments as an object. */
export interface GivenArguments {
  readonly value: Record<string, unknown>;
  /** True when they came as a string, or in a wrapper. */
  readonly decoded: boolean;
}

/**
 * Takes arguments out of what stands in their place: an object, JSON in a string, an object in a wrapper, nothing.
 * @param tool name of the tool, which is a wrapper too
 * @param schema schema of the arguments, where the tool is known: a declared argument is no wrapper
 * @returns the arguments, or null where none can be read
 */
export function argumentsOf(given: unknown, tool: string, schema?: JsonSchema): GivenArguments | null {
  let value = given;
  let decoded = false;
  for (let layer = 0; typeof value === "string" && layer < 3; layer++) {
    const text = value.trim();
    if (text === "") value = {};
    else {
      value = decode(text);
      if (value === undefined) return null;
      decoded = true;
    }
  }
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) value = {};
  if (!isRecord(value)) return null;
  const keys = Object.keys(value);
  const [only] = keys;
  const properties = isRecord(schema?.properties) ? schema.properties : {};
  if (keys.length === 1 && only !== undefined && !Object.hasOwn(properties, only)) {
    const inner = value[only];
    if ((WRAPPERS.includes(only) || only === tool) && isRecord(inner)) return { value: inner, decoded: true };
  }
  return { value, decoded };
}

function decode(text: string): unknown {
  const strict = parsedJson(text);
  if (strict !== undefined) return strict;
  // An object may still be read out of it; anything else is no arguments.
  const loose = text.startsWith("{") ? readLoose(text, 0, effortFor(text)) : null;
  return loose === null || loose.cut || text.slice(loose.end).trim() !== "" ? undefined : loose.value;
}
