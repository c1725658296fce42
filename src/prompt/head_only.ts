import { bodyPlace, replaceableDefinitions } from "../languages/definitions.ts";
import type { Language } from "../languages/language.ts";

/**
 * Leaves of one function only what says what it does: the comments above it, its first lines, its description. A model that is to write
 * it anew finds nothing to copy.
 *
 * @param text code of a file
 * @param name the function; `Class.method` for a method
 * @param body line that stands for the body that is to be written
 * @param by the languages whose forms count
 * @returns the file with the body of that function left out; null where its head and its body cannot be told apart
 */
export function headOnly(text: string, name: string, body: string, by: readonly Language[]): string | null {
  const definition = replaceableDefinitions(text, by).find((one) => one.name === name);
  if (definition === undefined) return null;
  const lines = text.split("\n");
  const place = bodyPlace(lines, definition);
  const first = place === null ? null : place.described ?? place.from - 1;
  const last = /^\s*[}\])]+;?\s*$/.test(lines[definition.to - 1]!) ? definition.to - 1 : definition.to;
  if (first === null || first >= last) return null;
  const indent = /^\s*/.exec(lines[first]!)![0];
  return [...lines.slice(0, first), `${indent}${body}`, ...lines.slice(last)].join("\n");
}
