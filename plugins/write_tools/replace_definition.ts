import {
  type Definition,
  definitionsIn,
  headAtMargin,
  type Language,
  type Languages,
  languagesOf,
  neededBeside,
  replaceableDefinitions,
  withImportsFor,
  withoutIdleImports,
} from "../../src/plugin/mod.ts";
import { describedAsBefore, headAnew, reachedAsBefore } from "./as_before.ts";
import { stepOf } from "./indentation.ts";
import { deeper, indentOf, lastName, shifted, withDepthOfFirst } from "./written_code.ts";

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
  const lines = before.split("\n");
  const indent = indentOf(lines[old.from - 1]!);
  const names = new Set(known.map((one) => one.name));
  const found = foundIn(written, old, by, names) ?? (indent === "" ? null : foundBare(written, old, by, names));
  if (found === null) {
    return {
      fault: `The text does not define ${name}. Write the complete function ${name}, from its first line to its last.`,
    };
  }
  const { wanted, fresh } = found;
  const writing = by[0];
  const head = headAnew(
    lines.slice(old.head - 1, old.from - 1),
    fresh.slice(wanted.head - 1, wanted.from - 1),
    old.name,
  );
  const method = methodAsBefore(lines, old, fresh, wanted, by);
  const step = indent === "" ? null : stepOf(lines, writing);
  const anew = shifted(step === null ? method : withDepthOfFirst(method, step, writing), indent, writing);
  const body = [
    ...(head === null ? [] : shifted(head, indent)),
    ...describedAsBefore(lines, old, reachedAsBefore(lines, old, anew)),
  ];
  const { members, lines: beside } = neededBeside(written, wanted, before, by);
  const lost = [...members, ...found.bare.filter((one) => !known.some(({ name }) => lastName(name) === one))];
  if (indent !== "" && lost.length > 0) {
    const others = lost.join(", ");
    return { fault: `The text also defines ${others}. Write ${name} alone, or use rewrite_file for the whole file.` };
  }
  const top = old.head - 1;
  const start = head !== null ? top : old.from - 1;
  const result = [...lines.slice(0, start), ...body, ...lines.slice(old.to)];
  // What a member needs beside it stands above all that it is a part of.
  const place = indent === "" ? top : headAtMargin(before, old.from, by) - 1;
  const added = indent === "" || beside.length === 0 || beside.at(-1) === "" ? beside : [...beside, ""];
  result.splice(place, 0, ...added);
  const whole = withImportsFor(result.join("\n"), before, written, by);
  const { text, lines: gone } = withoutIdleImports(whole.text, before, by);
  const from = (indent === "" ? top : top + added.length) + whole.lines - gone + 1;
  const length = (indent === "" ? added.length : 0) + (start - top) + body.length;
  return { text, from, to: from + length - 1 };
}

/** The function that is meant, in what was written. */
interface Found {
  readonly wanted: Definition;
  readonly fresh: readonly string[];
  /** Names of other members that were written without what they belong to. */
  readonly bare: readonly string[];
}

/** Finds the function that is meant in what was written; null where it is not there. A method that names another type, which has one of that name, is that one. */
function foundIn(
  written: string,
  old: Definition,
  by: readonly Language[],
  known: ReadonlySet<string>,
): Found | null {
  const offered = definitionsIn(written, by);
  const isOthers = ({ name }: Definition) => name.includes(".") && known.has(name);
  const wanted = offered.find((one) => one.name === old.name) ??
    offered.find((one) => lastName(one.name) === lastName(old.name) && !isOthers(one));
  return wanted === undefined ? null : { wanted, fresh: written.split("\n"), bare: [] };
}

/** Finds a member that was written without what it belongs to, in a language that knows it only in there. */
function foundBare(
  written: string,
  old: Definition,
  by: readonly Language[],
  known: ReadonlySet<string>,
): Found | null {
  const text = deeper(written, by);
  const found = foundIn(text, old, by, known);
  if (found === null) return null;
  const others = definitionsIn(text, by).filter(({ from }) => from !== found.wanted.from);
  return { ...found, bare: others.map(({ name }) => lastName(name)) };
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
