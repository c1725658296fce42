import { isComparable } from "./compare_definitions.ts";
import { bodyPlace, replaceableDefinitions } from "./definitions.ts";
import type { Definition, Language } from "./language.ts";

/**
 * Empties the functions and methods of a text: what still passes with it says nothing of what they do. Its names all stand, so that it is
 * loaded as before, and so do their bodies, as comments: who reads the text finds nothing missing.
 *
 * @param text code
 * @param by the languages whose forms count
 * @returns the text; null where nothing in it could be emptied, or it is too long to be searched
 */
export function hollow(text: string, by: readonly Language[]): string | null {
  const language = by.find((one) => one.emptyBody !== undefined);
  if (language === undefined || !isComparable(text)) return null;
  const how = { empty: language.emptyBody!, comment: language.comments?.[0] ?? "" };
  const lines = text.split("\n");
  const all = replaceableDefinitions(text, by).toSorted((one, other) => other.from - one.from);
  let emptied = 0;
  for (const definition of all) {
    const bare = bareOf(lines, definition, how);
    if (bare === null) continue;
    lines.splice(definition.from - 1, definition.to - definition.from + 1, ...bare);
    emptied += 1;
  }
  return emptied === 0 ? null : lines.join("\n");
}

/** What stands in an empty body, and what begins a comment. */
interface Emptying {
  readonly empty: string;
  readonly comment: string;
}

/** The lines of a definition with an empty body; null where its body cannot be told apart. */
function bareOf(
  lines: readonly string[],
  definition: Definition,
  { empty, comment }: Emptying,
): readonly string[] | null {
  const own = lines.slice(definition.from - 1, definition.to);
  const place = bodyPlace(lines, definition);
  if (place === null) {
    const bare = own.length === 1 ? bareLine(own[0]!) : null;
    return bare === null ? null : [`${bare} ${comment} ${own[0]!.trim()}`];
  }
  const first = lines[place.from - 1]!;
  const indent = /^\s*/.exec(first)![0];
  const head = own.slice(0, place.from - definition.from);
  const last = own.at(-1)!;
  const isValue = head.at(-1)?.trimEnd().endsWith("=>") === true;
  const closes = !isValue && /^\s*\}/.test(last);
  const body = own.slice(head.length, closes ? -1 : undefined).map((line) =>
    `${indent}${comment} ${line.trim()}`.trimEnd()
  );
  const value = isValue ? "undefined;" : empty;
  return [...head, ...body, ...(value === "" ? [] : [`${indent}${value}`]), ...(closes ? [last] : [])];
}

/** A definition of one line with an empty body: what stands behind its arrow, or in its last brackets, is left out. */
function bareLine(line: string): string | null {
  const arrow = arrowOf(line);
  const value = arrow < 0 ? "" : line.slice(arrow + 2).trim();
  if (value !== "" && !value.startsWith("{")) return `${line.slice(0, arrow + 2)} undefined;`;
  const end = line.lastIndexOf("}");
  if (end < 0 || !["", ";", ",", ")", ");"].includes(line.slice(end + 1).trim())) return null;
  let depth = 0;
  for (let at = end; at >= 0; at--) {
    if (line[at] === "}") depth += 1;
    else if (line[at] === "{" && --depth === 0) return `${line.slice(0, at)}{}${line.slice(end + 1)}`;
  }
  return null;
}

/** Where the arrow of a function stands that no bracket holds; -1 where there is none. */
function arrowOf(line: string): number {
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    if ("([{".includes(line[at]!)) depth += 1;
    else if (")]}".includes(line[at]!)) depth -= 1;
    else if (depth === 0 && line.startsWith("=>", at)) return at;
  }
  return -1;
}
