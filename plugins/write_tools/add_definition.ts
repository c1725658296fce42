import {
  type Container,
  containersIn,
  type Definition,
  definitionsIn,
  headAtMargin,
  type Language,
  type Languages,
  languagesOf,
  neededBeside,
  placeForImports,
  withImportsFor,
} from "../../src/plugin/mod.ts";
import { exportedAlike, listedAlike } from "./exported_alike.ts";
import { holderOfMethod, withOpenBody } from "./holder_of_method.ts";
import { stepOf } from "./indentation.ts";
import type { Replacement } from "./replace_definition.ts";
import { deeper, indentOf, isTop, lastName, shifted, withDepthOfFirst } from "./written_code.ts";

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
    (name.includes(".") ? foundIn(deeper(written, by), name, by, names) : null);
  if (found === null) {
    return { fault: `The text does not define ${name}. Write it completely, from its first line to its last.` };
  }
  const { wanted, text } = found;
  // Where a method names its type, it may be another's than the one of that name.
  if (names.has(wanted.name) && wanted.name.includes(".") && isTop(text.split("\n"), wanted)) {
    return { fault: alreadyThere(wanted.name) };
  }
  const needed = neededBeside(text, wanted, before, by);
  const lines = text.split("\n").slice(wanted.head - 1, wanted.to);
  const owner = ownerOf(name, wanted);
  const holder = owner === null ? null : holderOfMethod(before, owner, { ...wanted, text }, by);
  const container = holder === null
    ? containers.find((one) => one.name === owner && one.isOpen)
    : "container" in holder
    ? holder.container
    : undefined;
  if (needed.members.length > 0 && (container !== undefined || holder !== null)) {
    return { fault: `The text also defines ${needed.members.join(", ")}. Write ${name} alone.` };
  }
  if (container !== undefined) {
    const grown = inside(before, container, lines, by);
    return withImports(above(grown, headAtMargin(before, container.from, by), needed.lines), before, written, by);
  }
  // Where methods stand inside of what they belong to, that must be there.
  if (owner !== null && holder === null && !isTop(text.split("\n"), wanted)) {
    return { fault: `There is no ${owner} in ${path}. Add that first, or name what is there.` };
  }
  const piece = { lines: holder !== null && "lines" in holder ? holder.lines : lines, beside: needed.lines };
  const offers = by.some(({ exports }) => exports?.(written).includes(name) === true);
  return withImports(atMargin(before, { name, offers }, piece, known, by), before, written, by);
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

/** A text that got some lines, and where they stand in it. */
interface Grown {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

function withImports({ text, from, to }: Grown, before: string, written: string, by: readonly Language[]): Grown {
  const { text: whole, lines } = withImportsFor(text, before, written, by);
  return { text: whole, from: from + lines, to: to + lines };
}

/** Puts lines above another one, which stands before what came in already. */
function above({ text, from, to }: Grown, line: number, beside: readonly string[]): Grown {
  const lines = beside.length === 0 || beside.at(-1) === "" ? beside : [...beside, ""];
  return {
    text: text.split("\n").toSpliced(line - 1, 0, ...lines).join("\n"),
    from: from + lines.length,
    to: to + lines.length,
  };
}

/** Puts a method behind the others of its class, or at the end of what that holds. */
function inside(text: string, container: Container, piece: readonly string[], by: readonly Language[]): Grown {
  const writing = by[0];
  const step = stepOf(text.split("\n"), writing) ?? (by[0]?.apart === undefined ? "  " : "    ");
  const before = withOpenBody(text, container, step);
  const lines = before.split("\n");
  const to = container.to + lines.length - text.split("\n").length;
  const within = definitionsIn(before, by).filter((one) => one.from > container.from && one.to <= to);
  const own = indentOf(lines[container.from - 1]!);
  const last = within.filter(({ name }) => [lastName(name), `${container.name}.${lastName(name)}`].includes(name)).at(
    -1,
  );
  const body = lines.slice(container.from, to).find((line) => line.trim() !== "" && indentOf(line) !== own);
  const indent = indentOf(last !== undefined ? lines[last.from - 1]! : body ?? `${own}${step}`);
  const closes = /^\s*[})\]]/.test(lines[to - 1] ?? "");
  const at = last?.to ?? (closes ? to - 1 : to);
  const isFirst = at === container.from;
  const anew = [...(isFirst ? [] : [""]), ...shifted(withDepthOfFirst(piece, step, writing), indent, writing)];
  const next = lines[at];
  const isClosed = next === undefined || next.trim() === "" || /^\s*[})\]]/.test(next);
  lines.splice(at, 0, ...anew, ...(isClosed ? [] : [""]));
  return { text: lines.join("\n"), from: at + (isFirst ? 1 : 2), to: at + anew.length };
}

/** Puts a definition behind the others at the margin, before the one that starts the program and before what the file ends with. */
function atMargin(
  before: string,
  called: { readonly name: string; readonly offers: boolean },
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
    ...exportedAlike(shifted(piece, "", by[0]), before, functions.map(({ from }) => lines[from - 1]!)),
  ];
  const start = head.length === 0 ? 0 : head.length + gap.length;
  const text = [
    ...head,
    ...(head.length === 0 ? [] : gap),
    ...anew,
    ...(rest.length === 0 ? [""] : [...gap, ...rest]),
  ].join("\n");
  const listed = listedAlike(text, called, functions.map((one) => one.name), by);
  return { text: listed, from: start + 1, to: start + anew.length };
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
