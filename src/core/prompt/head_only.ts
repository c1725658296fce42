import { replaceableDefinitions } from "../definitions.ts";

/** Line that stands for a body that is to be written. */
const BODY = "… (to be written)";

/**
 * Leaves of one function only what says what it does: the comments above it, its first lines, its description. A model that is to write
 * it anew finds nothing to copy.
 *
 * @param text code of a file
 * @param name the function; `Class.method` for a method
 * @returns the file with the body of that function left out; null where its head and its body cannot be told apart
 */
export function headOnly(text: string, name: string): string | null {
  const definition = replaceableDefinitions(text).find((one) => one.name === name);
  if (definition === undefined) return null;
  const lines = text.split("\n");
  const first = bodyStart(lines, definition.from - 1, definition.to);
  const last = /^\s*[}\])]+;?\s*$/.test(lines[definition.to - 1]!) ? definition.to - 1 : definition.to;
  if (first === null || first >= last) return null;
  const indent = /^\s*/.exec(lines[first]!)![0];
  return [...lines.slice(0, first), `${indent}${BODY}`, ...lines.slice(last)].join("\n");
}

/** Index of the first line of a body: after the line that opens it and a description in quotes. */
function bodyStart(lines: readonly string[], from: number, to: number): number | null {
  let opened = from;
  while (opened < to && !/(?:\{|:|=>)\s*(?:#.*|\/\/.*)?$/.test(lines[opened]!)) opened++;
  if (opened >= to) return null;
  const next = opened + 1;
  const quotes = /^\s*[rRbBuU]?("""|''')/.exec(lines[next] ?? "")?.[1];
  if (quotes === undefined) return next;
  if (lines[next]!.split(quotes).length > 2) return next + 1;
  const closing = lines.findIndex((line, index) => index > next && index < to && line.includes(quotes));
  return closing < 0 ? null : closing + 1;
}
