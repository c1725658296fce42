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
 * Takes arguments out of what stands in their place: an object, JSON in a string with or without marks around it, an object in a
 * wrapper or alone in a list, nothing.
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
  if (Array.isArray(value) && value.length === 1 && isRecord(value[0])) {
    value = value[0];
    decoded = true;
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

/** What a stream that was joined wrongly, or a template, leaves before an object. */
const BEFORE = /^(?:(?:json|null|\{\s{0,9}\}|`{3}(?:json)?|<\|(?:constrain|message)\|>|\[ARGS\])\s*){1,4}(?=[{[])/;
/** What may stand behind it: brackets too many, marks, the end of a fence. */
const BEHIND = /^(?:[\s\]},;]|`{3}|<[/|｜]?[\w|｜▁:]{1,40}>|<\/?s>){0,40}$/u;

function decode(text: string): unknown {
  const strict = parsedJson(text);
  if (strict !== undefined) return strict;
  const from = BEFORE.exec(text)?.[0].length ?? 0;
  const start = text[from] === "[" && /^\[\s*\{/.test(text.slice(from, from + 200)) ? text.indexOf("{", from) : from;
  // An object may still be read out of it; anything else is no arguments.
  if (text[start] !== "{") return undefined;
  const effort = effortFor(text);
  const first = readLoose(text, start, effort);
  if (first === null || first.cut) return undefined;
  const rest = text.slice(first.end).trim();
  if (BEHIND.test(rest)) return first.value;
  // The same object once more says nothing new.
  const again = rest.startsWith("{") ? readLoose(rest, 0, effort) : null;
  const same = again !== null && !again.cut && rest.slice(again.end).trim() === "" &&
    JSON.stringify(again.value) === JSON.stringify(first.value);
  return same ? first.value : undefined;
}
