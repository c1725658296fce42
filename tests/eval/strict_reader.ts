import { isRecord } from "../../src/kernel/json.ts";
import { readPythonList } from "./python_list.ts";

/** A call as a reader hands it over. */
export interface ReadCall {
  readonly name: unknown;
  readonly arguments: unknown;
}

/**
 * Reads calls as a parser without any tolerance does, the measure that mediation is held against (`strict` of the corpus's
 * check_bfcl.py): JSON between `<tool_call>` tags, `{"tool_calls": […]}`, a list of `{name, arguments}`, a name and an object
 * on the line below, or a Python list of calls.
 * @param raw a reply
 * @returns its calls, or null where it does not parse
 */
export function readStrictly(raw: string): readonly ReadCall[] | null {
  const text = raw.trim();
  if (text.startsWith("<tool_call>") || text.includes("<function_call>")) return tagged(text);
  const parsed = parse(text);
  const listed = isRecord(parsed) && "tool_calls" in parsed ? parsed.tool_calls : parsed;
  if (
    Array.isArray(listed) && listed.every((item): item is Record<string, unknown> => isRecord(item) && "name" in item)
  ) {
    return listed.map(callOf);
  }
  const named = /^([\p{L}\p{N}_.]+)\n(\{[\s\S]*\})$/u.exec(text);
  if (named !== null) {
    const given = parse(named[2] ?? "");
    return given === undefined ? null : [{ name: named[1], arguments: given }];
  }
  const calls = text.replace(/;+$/, "");
  return readPythonList(calls.startsWith("[") ? calls : `[${calls.replace(/;\s*/g, ", ")}]`);
}

function tagged(text: string): readonly ReadCall[] | null {
  const calls: ReadCall[] = [];
  const body =
    /<(?:tool_call|function_call)>\s*(\{[\s\S]*?\})\s*(?=<\/tool_call>|<function_call>|<\|endoftext\|>|$(?![\s\S]))/g;
  for (const found of text.matchAll(body)) {
    const value = parse(found[1] ?? "");
    if (!isRecord(value)) return null;
    calls.push(callOf(value));
  }
  return calls;
}

function callOf(value: Record<string, unknown>): ReadCall {
  return { name: value.name ?? null, arguments: Object.hasOwn(value, "arguments") ? value.arguments : {} };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON: another form is tried
  }
}
