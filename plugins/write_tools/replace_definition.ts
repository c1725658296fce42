import {
  bodyPlace,
  type Definition,
  definitionsIn,
  type Languages,
  languagesOf,
  replaceableDefinitions,
  withImportsOf,
  withoutIdleImports,
} from "../../src/plugin/mod.ts";
import { constantsFor, indentOf, isTop, lastName, shifted } from "./written_code.ts";

/** A file with one of its functions written anew, or why that cannot be. */
export type Replacement =
  | { readonly text: string; readonly from: number; readonly to: number }
  | { readonly fault: string };

/**
 * Puts a function that was written anew into its file. Of what was written only that function counts, with the imports, functions and
 * named values that the file does not have; the rest of the file stays as it is, whatever was repeated of it.
 *
 * @param path the file, whose name tells its language
 * @param before text of the file
 * @param name function or `Class.method` as {@link definitionsIn} names it
 * @param languages the languages that are known
 * @param written what was written: the function alone, with more around it, or the whole file
 * @returns the new text and the lines that it took, or the fault
 */
export function replaceDefinition(
  path: string,
  before: string,
  name: string,
  written: string,
  languages: Languages,
): Replacement {
  const by = languagesOf(path, languages);
  const known = definitionsIn(before, by);
  const fit = replaceableDefinitions(before, by);
  const meant = (one: Definition) => one.name === name || lastName(one.name) === name;
  const exact = fit.find((one) => one.name === name);
  const old = exact ?? (known.filter(meant).length === 1 ? fit.find(meant) : undefined);
  if (old === undefined) return { fault: notReplaceable(name, known.filter(meant).length, fit) };
  const offered = definitionsIn(written, by);
  const isOthers = ({ name }: Definition) => known.some((one) => one.name === name);
  const wanted = offered.find((one) => one.name === old.name) ??
    // A method that names another type, which has one of that name, is that one.
    offered.find((one) => lastName(one.name) === lastName(old.name) && !(one.name.includes(".") && isOthers(one)));
  if (wanted === undefined) {
    return {
      fault: `The text does not define ${name}. Write the complete function ${name}, from its first line to its last.`,
    };
  }
  const lines = before.split("\n");
  const fresh = written.split("\n");
  const indent = indentOf(lines[old.from - 1]!);
  const withHead = keepsHead(lines, old, fresh, wanted);
  const anew = shifted(methodAsBefore(lines, old, fresh, wanted, by), indent);
  const body = [
    ...(withHead ? shifted(fresh.slice(wanted.head - 1, wanted.from - 1), indent) : []),
    ...describedAsBefore(lines, old, reachedAsBefore(lines[old.from - 1]!, anew)),
  ];
  const names = new Set(known.map((one) => lastName(one.name)));
  const beside = offered.filter((one) => one !== wanted && !names.has(lastName(one.name)));
  if (indent !== "" && beside.length > 0) {
    const others = beside.map((one) => lastName(one.name)).join(", ");
    return { fault: `The text also defines ${others}. Write ${name} alone, or use rewrite_file for the whole file.` };
  }
  const added = [
    ...constantsFor(body, fresh, offered, before),
    ...beside.filter((one) => isTop(fresh, one))
      .flatMap((one) => [...fresh.slice(one.head - 1, one.to), ""]),
  ];
  const top = old.head - 1;
  const start = withHead ? top : old.from - 1;
  const result = [
    ...lines.slice(0, top),
    ...(indent === "" ? added : []),
    ...lines.slice(top, start),
    ...body,
    ...lines
      .slice(old.to),
  ];
  const whole = withImportsOf(result.join("\n"), written, by);
  const { text, lines: gone } = withoutIdleImports(whole.text, before, by);
  const from = top + whole.lines - gone + 1;
  const length = (indent === "" ? added.length : 0) + (start - top) + body.length;
  return { text, from, to: from + length - 1 };
}

function notReplaceable(name: string, times: number, fit: readonly Definition[]): string {
  const names = fit.map((one) => one.name).join(", ");
  if (times > 1) return `${name} is defined ${times} times. Use edit_file, or rewrite_file for the whole file.`;
  if (times === 1) {
    return `Where ${name} ends cannot be told for certain. Use edit_file, or rewrite_file for the whole file.`;
  }
  return `There is no function ${name}. ${names === "" ? "The file has none." : `The file has ${names}.`}`;
}

/** What was a method stays one, though it was written as a function is. */
function methodAsBefore(
  lines: readonly string[],
  old: Definition,
  fresh: readonly string[],
  wanted: Definition,
  by: ReturnType<typeof languagesOf>,
): readonly string[] {
  const before = lines.slice(old.from - 1, old.to).join("\n");
  const [head, anew] = [fresh.slice(wanted.head - 1, wanted.from - 1), fresh.slice(wanted.from - 1, wanted.to)];
  return by.reduce((text, { asMethod }) => asMethod?.(before, text, head.join("\n")) ?? text, anew.join("\n"))
    .split("\n");
}

/** What was exported or public stays so: others use it. */
function reachedAsBefore(before: string, anew: readonly string[]): readonly string[] {
  const reach = /^(\s*)(export\s+default\s+|export\s+|pub(?:\([^)]*\))?\s+)/.exec(before);
  const [first = "", ...rest] = anew;
  if (reach === null) return anew;
  const [, indent = "", word = ""] = reach;
  if (/^export\s+default/.test(word)) {
    // Only what is declared so can be the default of its file.
    const plain = first.trimStart().replace(/^export\s+(?:default\s+)?/, "");
    return /^(?:async\s+)?function\b|^class\b/.test(plain) ? [`${indent}${word}${plain}`, ...rest] : anew;
  }
  return /^\s*(?:export|pub)\b/.test(first) ? anew : [`${indent}${word}${first.trimStart()}`, ...rest];
}

/** A description in quotes that was not written again stays: it says what the function is for, whatever its body is now. */
function describedAsBefore(lines: readonly string[], old: Definition, anew: readonly string[]): readonly string[] {
  const before = bodyPlace(lines, old);
  const place = bodyPlace(anew, { from: 1, to: anew.length });
  if (before === null || before.described === null || place === null || place.described !== null) return anew;
  const body = anew.slice(place.from - 1);
  const indent = indentOf(body.find((line) => line.trim() !== "") ?? "");
  return [
    ...anew.slice(0, place.from - 1),
    ...shifted(lines.slice(before.from - 1, before.described), indent),
    ...body,
  ];
}

/** Comments and decorators above are replaced only by such: what was not written again stays. */
function keepsHead(lines: readonly string[], old: Definition, fresh: readonly string[], wanted: Definition): boolean {
  if (wanted.head === wanted.from) return false;
  const decorated = (of: readonly string[], one: Definition) =>
    of.slice(one.head - 1, one.from - 1).some((line) => /^\s*(?:@|#\[)/.test(line));
  return decorated(fresh, wanted) || !decorated(lines, old);
}
