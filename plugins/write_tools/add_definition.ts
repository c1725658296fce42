import {
  type Container,
  containersIn,
  type Definition,
  definitionsIn,
  type Language,
  type Languages,
  languagesOf,
  placeForImports,
  withImportsOf,
} from "../../src/plugin/mod.ts";
import { exportedAlike, listedAlike } from "./exported_alike.ts";
import { stepOf } from "./indentation.ts";
import type { Replacement } from "./replace_definition.ts";
import { constantsFor, indentOf, isTop, lastName, shifted } from "./written_code.ts";

/** Code that is to come into a file. */
interface Piece {
  readonly lines: readonly string[];
  /** Functions and named values that it needs and that the file does not have. */
  readonly beside: readonly string[];
}

/**
 * Puts a new function, method or class into a file: behind the others of its kind, before what the file ends with, a method inside its
 * class. Of what was written only that counts, with the imports, functions and named values that the file does not have.
 *
 * @param path the file, whose name tells its language
 * @param before text of the file
 * @param name the new name; `Class.method` for a method
 * @param written what was written: the definition alone, with more around it, or the whole file
 * @param languages the languages that are known
 * @returns the new text and the lines that are new, or the fault
 */
export function addDefinition(
  path: string,
  before: string,
  name: string,
  written: string,
  languages: Languages,
): Replacement {
  const by = languagesOf(path, languages);
  const known = definitionsIn(before, by);
  const containers = containersIn(before, by);
  if ([...known, ...containers].some((one) => one.name === name)) {
    return { fault: alreadyThere(name) };
  }
  const names = new Set(known.map((one) => one.name));
  const found = foundIn(written, name, by, names) ??
    (name.includes(".") ? foundIn(deeper(written), name, by, names) : null);
  if (found === null) {
    return { fault: `The text does not define ${name}. Write it completely, from its first line to its last.` };
  }
  const { wanted, text } = found;
  // Where a method names its type, it may be another's than the one of that name.
  if (names.has(wanted.name) && wanted.name.includes(".") && isTop(text.split("\n"), wanted)) {
    return { fault: alreadyThere(wanted.name) };
  }
  const piece = pieceOf(found, known, before);
  const owner = ownerOf(name, wanted);
  const container = owner === null ? undefined : containers.find((one) => one.name === owner && one.isOpen);
  if (container !== undefined) {
    if (piece.beside.length > 0) {
      return { fault: `The text also defines what stands outside of ${container.name}. Write ${name} alone.` };
    }
    return withImports(inside(before, container, piece.lines, known, by), written, by);
  }
  // Where methods stand inside of what they belong to, that must be there.
  if (owner !== null && !isTop(text.split("\n"), wanted)) {
    return { fault: `There is no ${owner} in ${path}. Add that first, or name what is there.` };
  }
  return withImports(atMargin(before, name, piece, known, by), written, by);
}

function alreadyThere(name: string): string {
  return `There is ${name} already. Use rewrite_function to change it, or give what is new another name.`;
}

/** What a definition belongs to, by its name or by where it was written; null for what stands at the margin. */
function ownerOf(name: string, wanted: Pick<Definition, "name">): string | null {
  const full = name.includes(".") ? name : wanted.name;
  return full.includes(".") ? full.slice(0, full.lastIndexOf(".")) : null;
}

/** What was written, read as far as it matters. */
interface Found {
  readonly text: string;
  readonly wanted: Definition | Container;
  /** All definitions of the text. */
  readonly offered: readonly Definition[];
}

/** Finds what is to be added in what was written, rather what the file does not have; null where it is not there. */
function foundIn(text: string, name: string, by: readonly Language[], known: ReadonlySet<string>): Found | null {
  const offered = definitionsIn(text, by);
  const wanted = offered.find((one) => one.name === name) ??
    offered.find((one) => lastName(one.name) === lastName(name) && !known.has(one.name)) ??
    offered.find((one) => lastName(one.name) === lastName(name)) ??
    containersIn(text, by).find((one) => one.name === name);
  return wanted === undefined ? null : { text, wanted, offered };
}

/** A text a step deeper: in some languages a method is known as one only inside of something. */
function deeper(text: string): string {
  return text.split("\n").map((line) => line.trim() === "" ? line : `  ${line}`).join("\n");
}

function pieceOf({ text, wanted, offered }: Found, known: readonly Definition[], before: string): Piece {
  const fresh = text.split("\n");
  const lines = fresh.slice(wanted.head - 1, wanted.to);
  const names = new Set(known.map((one) => lastName(one.name)));
  const others = offered.filter((one) =>
    (one.to < wanted.from || one.from > wanted.to) && isTop(fresh, one) && !names.has(lastName(one.name))
  );
  const used = others.filter((one) => lines.join("\n").includes(lastName(one.name)));
  return {
    lines,
    beside: [
      ...constantsFor(lines, fresh, offered, before),
      ...used.flatMap((one) => [...fresh.slice(one.head - 1, one.to), ""]),
    ],
  };
}

/** A text that got some lines, and where they stand in it. */
interface Grown {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

function withImports({ text, from, to }: Grown, written: string, by: readonly Language[]): Grown {
  const { text: whole, lines } = withImportsOf(text, written, by);
  return { text: whole, from: from + lines, to: to + lines };
}

/** Puts a method behind the others of its class, or at the end of what that holds. */
function inside(
  before: string,
  container: Container,
  piece: readonly string[],
  known: readonly Definition[],
  by: readonly Language[],
): Grown {
  const lines = before.split("\n");
  const within = known.filter(({ from, to }) => from > container.from && to <= container.to);
  const own = indentOf(lines[container.from - 1]!);
  const last = within.filter(({ name }) => name === `${container.name}.${lastName(name)}`).at(-1);
  const body = lines.slice(container.from, container.to).find((line) => line.trim() !== "" && indentOf(line) !== own);
  const indent = last !== undefined
    ? indentOf(lines[last.from - 1]!)
    : body !== undefined
    ? indentOf(body)
    : own + (stepOf(lines) ?? (by[0]?.apart === undefined ? "  " : "    "));
  const closes = /^\s*[})\]]/.test(lines[container.to - 1] ?? "");
  const at = last?.to ?? (closes ? container.to - 1 : container.to);
  const isFirst = at === container.from;
  const anew = [...(isFirst ? [] : [""]), ...shifted(piece, indent)];
  const next = lines[at];
  const isClosed = next === undefined || next.trim() === "" || /^\s*[})\]]/.test(next);
  lines.splice(at, 0, ...anew, ...(isClosed ? [] : [""]));
  return { text: lines.join("\n"), from: at + (isFirst ? 1 : 2), to: at + anew.length };
}

/** Puts a definition behind the others at the margin, before the one that starts the program and before what the file ends with. */
function atMargin(
  before: string,
  name: string,
  { lines: piece, beside }: Piece,
  known: readonly Definition[],
  by: readonly Language[],
): Grown {
  const lines = before.split("\n");
  const tail = tailOf(lines, by);
  const tops = [
    ...known.filter((one) => isTop(lines, one)),
    ...containersIn(before, by).filter(({ from }) => indentOf(lines[from - 1]!) === ""),
  ].filter(({ from }) => from <= tail).sort((one, other) => one.from - other.from);
  const last = tops.at(-1);
  const at = last === undefined
    ? Math.max(tail, placeForImports(before, by))
    : last.name === "main"
    ? last.head - 1
    : last.to;
  const gap = Array<string>(by[0]?.apart ?? 1).fill("");
  const head = withoutBlankEnd(lines.slice(0, at));
  const rest = withoutBlankStart(lines.slice(at));
  const functions = known.filter((one) => isTop(lines, one));
  const anew = [
    ...(beside.length === 0 ? [] : [...beside, ...(beside.at(-1) === "" ? [] : [""])]),
    ...exportedAlike(shifted(piece, ""), functions.map(({ from }) => lines[from - 1]!)),
  ];
  const start = head.length === 0 ? 0 : head.length + gap.length;
  const text = [
    ...head,
    ...(head.length === 0 ? [] : gap),
    ...anew,
    ...(rest.length === 0 ? [""] : [...gap, ...rest]),
  ].join("\n");
  return { text: listedAlike(text, name, functions.map((one) => one.name)), from: start + 1, to: start + anew.length };
}

/** Index of the line at which the end of a file begins, comments above it included; the number of its lines where it has none. */
function tailOf(lines: readonly string[], by: readonly Language[]): number {
  const found = lines.findIndex((line) =>
    by.some(({ tail, mainGuard }) => tail?.test(line.slice(0, 400)) === true || mainGuard?.test(line) === true)
  );
  let index = found < 0 ? lines.length : found;
  while (found >= 0 && index > 0 && /^(?:\/\/|#|\/?\*| \*)/.test(lines[index - 1]!)) index--;
  return index;
}

function withoutBlankEnd(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== "") + 1);
}

function withoutBlankStart(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== "");
  return first < 0 ? [] : lines.slice(first);
}
