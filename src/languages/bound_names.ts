import { codeLines } from "./code_lines.ts";
import { codePieces } from "./code_pieces.ts";
import type { Language } from "./language.ts";
import { listParts } from "./list_parts.ts";

/** How deep lists in lists are read. */
const DEEPEST = 6;
/** An import that names no more than a place. */
const OF_PLACE = /^import[ \t]+(?:[\w.]+[ \t]+)?""/;
/** The parts of an import that names what it takes: what stands before its names, the names, what stands behind them. */
const FORMS: readonly RegExp[] = [
  // from place import names
  /^([ \t]*from[ \t]+\S+[ \t]+import\b[ \t]*)([^]*)()$/,
  // use path::{names};
  /^((?:pub(?:\([^)\n]{0,80}\))?[ \t]+)?use[ \t]+)([^;]*)(;?[^]*)$/,
  // import names from "place"
  /^(import\b)([^"']*?)(\bfrom[ \t]*["'][^]*)$/,
  // const names = require("place")
  /^((?:const|let|var)[ \t]+)(\{[^}]*\}|[\w$]+)([ \t]*[:=][^]*)$/,
  // import names
  /^(import[ \t]+)(?!["'(])([^]*)()$/,
];

/**
 * Finds the names that an import gives to the file it stands in.
 *
 * @param statement the import, whole
 * @param by the languages whose forms count
 * @returns them; none where it gives none, or only its place tells which
 */
export function boundNames(statement: string, by: readonly Language[]): readonly string[] {
  const text = plain(statement.trim(), '"');
  if (OF_PLACE.test(text)) return by.flatMap(({ imports }) => imports?.usedAs?.(statement) ?? []);
  return itemsOf(plain(partsOf(statement)?.[1] ?? ""), 0).flatMap(({ name }) => name ?? []);
}

/** A name that an import gives to its file, and what that is. */
export interface Binding {
  readonly name: string;
  /** Its place and what it is called there, the same however an import is written. */
  readonly source: string;
  /** Whether it may be used as a type only. */
  readonly isType: boolean;
}

/**
 * Finds what an import gives to the file it stands in, and where each comes from.
 *
 * @param statement the import, whole
 * @param by the languages whose forms count
 */
export function bindingsOf(statement: string, by: readonly Language[]): readonly Binding[] {
  const text = statement.trim();
  if (OF_PLACE.test(plain(text, '"'))) {
    const source = /"([^"]*)"/.exec(text)?.[1] ?? "";
    return boundNames(text, by).map((name) => ({ name, source, isType: false }));
  }
  const parts = partsOf(text);
  if (parts === null) return [];
  const isType = /^import[ \t]+type\b/.test(text);
  const from = originOf(text, parts);
  return itemsOf(plain(parts[1]), 0).flatMap((item) =>
    item.name === null
      ? []
      : { name: item.name, source: sourceOf(from, item), isType: isType || /^type[ \t]/.test(item.text.trim()) }
  );
}

/** What an import says of the place that all its names come from: a package or path before them, a module around them, or nothing. */
type Origin = { readonly before: string } | { readonly module: string } | null;

function originOf(statement: string, [before, , behind]: readonly [string, string, string]): Origin {
  const python = /^from[ \t]+(\S+)/.exec(before)?.[1];
  if (python !== undefined) return { before: `${python}.` };
  if (/\buse[ \t]/.test(before)) return { before: "" };
  const [, module, rest = ""] = /["']([^"'\n]+)["'][ \t]*\)?([^;]*)/.exec(behind === "" ? statement : behind) ?? [];
  if (module === undefined) return null;
  const place = module.replace(/^node:/, "").replace(/(?<=[\w$])\.[cm]?[jt]sx?$/, "").replace(/\/index$/, "");
  const member = /^(?:const|let|var)\b/.test(before) ? rest.trim().replace(/^\./, "") : "";
  return { module: member === "" ? place : `${place}#${member}` };
}

/** Where a name comes from, and what it is called there: a module as a whole is its default. */
function sourceOf(from: Origin, { text, path, isListed }: Item): string {
  const item = text.trim().replace(/^(?:type[ \t]+|\.\.\.)/, "");
  const own = item.split(/[ \t\n]as[ \t\n]|[=:](?!:)(?<!::)/)[0]!.trim();
  if (from === null) return own;
  if ("module" in from) return isListed && own !== "default" ? `${from.module}#${own}` : from.module;
  return from.before + `${path}${own}`.replace(/\s+|^::|(?:::)?\bself$/g, "");
}

/**
 * Takes a statement that takes several things from elsewhere apart, each into one of its own.
 *
 * @param statement the import, whole
 */
export function declaratorsOf(statement: string): readonly string[] {
  const text = statement.trim();
  const end = text.endsWith(";") ? ";" : "";
  const [, word, list] = /^((?:const|let|var)[ \t]+)([^]*)$/.exec(text.slice(0, text.length - end.length)) ?? [];
  if (word === undefined || list === undefined) return [statement];
  // Sign for sign at the same place, so that what stands in quotes is taken from the list itself.
  const parts = listParts(codeLines(list, {}).text);
  let at = 0;
  const pieces = parts.map((part) => list.slice(at, (at += part.length + 1) - 1));
  return parts.length < 2 ? [statement] : pieces.map((piece) => `${word}${piece.trim()}${end}`);
}

/**
 * Lets an import give as values what it gives as types only.
 *
 * @param statement the import, whole
 * @param isValue whether a name is to be a value
 * @param by the languages whose forms count
 * @returns the import; without those names where it gives others as types
 */
export function liftedImport(statement: string, isValue: (name: string) => boolean, by: readonly Language[]): string {
  if (/^import[ \t]+type\b/.test(statement)) {
    return withoutNames(statement, isValue, by) ?? statement.replace(/^import[ \t]+type\b/, "import");
  }
  return statement.replace(
    /(?<=[{,][ \t\n]{0,99})type[ \t]+([\w$]+)(?:[ \t]+as[ \t]+([\w$]+))?/g,
    (whole, name, here) => isValue(here ?? name) ? whole.replace(/^type[ \t]+/, "") : whole,
  );
}

/**
 * Takes names out of an import.
 *
 * @param statement the import, whole
 * @param isGone whether a name goes
 * @param by the languages whose forms count
 * @returns the import; null where nothing is left of it, itself where it gives no name that goes
 */
export function withoutNames(
  statement: string,
  isGone: (name: string) => boolean,
  by: readonly Language[],
): string | null {
  const bound = boundNames(statement, by);
  const gone = bound.filter(isGone);
  if (gone.length === 0) return statement;
  const parts = partsOf(statement);
  if (gone.length === bound.length || parts === null) return gone.length === bound.length ? null : statement;
  const [before, names, behind] = parts;
  const kept = keptOf(plain(names), isGone, 0, null);
  return kept === null ? null : `${before.trimEnd()} ${kept}${/^\w/.test(behind) ? " " : ""}${behind}`;
}

function partsOf(statement: string): readonly [string, string, string] | null {
  for (const form of FORMS) {
    const [, before, names, behind] = form.exec(statement) ?? [];
    if (names !== undefined) return [before!, names, behind!];
  }
  return null;
}

/** A part of a list of names that is no list itself, and the name that it binds; null where it binds none. */
interface Item {
  readonly text: string;
  readonly name: string | null;
  /** What stands before the lists that it is in. */
  readonly path: string;
  readonly isListed: boolean;
}

/** What stands in the brackets of a part of a list, what before them and what closes them; null for what is no list. */
function listIn(part: string): { readonly open: string; readonly inner: string; readonly close: string } | null {
  const [, open, inner, close] = /^([^{(]*[{(])([^]*)([})])$/.exec(part.trim()) ?? [];
  return inner === undefined ? null : { open: open!, inner, close: close! };
}

/** Reads a list of names, and the lists in it. */
function itemsOf(list: string, depth: number, last: string | null = null, path = ""): readonly Item[] {
  return listParts(list).flatMap((text): readonly Item[] => {
    const inside = listIn(text);
    if (inside === null) return [{ text, name: nameOf(text.trim(), last), path, isListed: depth > 0 }];
    const further = `${path}${inside.open.slice(0, -1).trim()}`;
    return depth < DEEPEST ? itemsOf(inside.inner, depth + 1, lastOf(inside.open), further) : [];
  });
}

/** A list without the names that go; null where none is left. */
function keptOf(list: string, isGone: (name: string) => boolean, depth: number, last: string | null): string | null {
  const between = /,(\n[ \t]*)/.exec(list)?.[1] ?? " ";
  const kept = listParts(list).flatMap((text): readonly string[] => {
    const inside = listIn(text);
    if (inside === null) {
      const name = nameOf(text.trim(), last);
      return name !== null && isGone(name) ? [] : [text.trim()];
    }
    const { open, inner, close } = inside;
    const rest = depth < DEEPEST ? keptOf(inner, isGone, depth + 1, lastOf(open)) : inner.trim();
    if (rest === null) return [];
    const [start, end] = [blanksBefore(inner), blanksBehind(inner)];
    return [`${open}${start}${rest}${end.includes("\n") ? "," : ""}${end}${close}`];
  });
  return kept.length === 0 ? null : kept.join(`,${between}`);
}

function blanksBefore(text: string): string {
  return text.slice(0, text.length - text.trimStart().length);
}

function blanksBehind(text: string): string {
  return text.slice(text.trimEnd().length);
}

/** The name that one part binds: what it is called here. */
function nameOf(item: string, last: string | null): string | null {
  // `a as b`, `a: b`, `a = 1`, `std::fmt`, `type A`.
  const here = /\bas[ \t\n]+([\w$]+)$/.exec(item)?.[1] ?? /^[\w$]+[ \t]*:(?!:)[ \t]*([\w$]+)/.exec(item)?.[1];
  if (here !== undefined) return here === "_" ? null : here;
  const plainly = item.split("=")[0]!.replace(/^(?:type[ \t]+|\.\.\.)/, "").trim();
  if (plainly === "self") return last;
  return /(?:^|::)([\w$]+)$/.exec(plainly)?.[1] ?? null;
}

function lastOf(path: string): string | null {
  return /(?<![\w$])([\w$]+)(?:::)?[{(]$/.exec(path)?.[1] ?? null;
}

/** A text without what is said of it, and with something else for what stands in quotes. */
function plain(text: string, quoted = ""): string {
  const code = codePieces(text).map((piece) =>
    piece.kind === "code" ? piece.text : piece.kind === "quoted" ? `${quoted}${quoted}` : ""
  );
  return code.join("").replaceAll("\\\n", " ");
}
