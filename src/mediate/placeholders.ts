import type { ToolDeclaration } from "../kernel/call.ts";
import { isRecord } from "../kernel/json.ts";

/**
 * Finds the arguments that were copied from the tool's declaration in place of a value: the description of an argument, or the
 * argument's own name in brackets (`<path>`).
 * @param given arguments under their declared names
 * @param tool the tool that is called
 * @returns names of the arguments that hold no value, in the order given
 */
export function copiedArguments(given: Readonly<Record<string, unknown>>, tool: ToolDeclaration): readonly string[] {
  const properties = isRecord(tool.parameters.properties) ? tool.parameters.properties : {};
  const descriptions = new Set(
    Object.values(properties).flatMap((schema) => isRecord(schema) ? sayingsOf(schema.description) : []),
  );
  return Object.entries(given).flatMap(([name, value]) => {
    if (typeof value !== "string" || value.length > 500 || allows(properties[name], value)) return [];
    const text = plain(value);
    return descriptions.has(text) || isOwnName(value, name) ? [name] : [];
  });
}

/** A description, whole and each of its sentences; one word alone may well be a value. */
function sayingsOf(description: unknown): readonly string[] {
  if (typeof description !== "string" || description.length > 1_000) return [];
  return [description, ...description.split(/(?<=[.!?])\s/)].map(plain).filter((text) => /\S\s\S/.test(text));
}

function plain(text: string): string {
  return text.trim().replace(/^["'<({[]{1,3}|["'>)}\].!?…]{1,4}$/g, "").replace(/\s+/g, " ").trim().toLowerCase();
}

function isOwnName(value: string, name: string): boolean {
  const inner = /^\s*(?:<([^<>]{1,60})>|\{\{?([^{}]{1,60})\}?\}|\[([^[\]]{1,60})\])\s*$/.exec(value);
  const said = inner?.[1] ?? inner?.[2] ?? inner?.[3];
  return said !== undefined &&
    said.trim().replace(/[\s-]+/g, "_").replace(/^(?:your|the)_/i, "").toLowerCase() === name;
}

/** Whether the schema names the value itself. */
function allows(schema: unknown, value: string): boolean {
  return isRecord(schema) && (schema.const === value || (Array.isArray(schema.enum) && schema.enum.includes(value)));
}
