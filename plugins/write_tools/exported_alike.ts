import { definitionsIn, type Language, marginStatements } from "../../src/plugin/mod.ts";
import { isOfLines } from "./as_before.ts";
import { indentOf, lastName } from "./written_code.ts";

/** Begins a list of what a file offers to others. The object that is a default export may be anything, such as settings. */
const LIST = /^(?:module\.exports[ \t]*=[ \t]*\{|export[ \t]*\{|(__all__)[ \t]*=[ \t]*[[(])/m;
/** Characters of such a list. */
const MOST_CHARS = 8_000;
/** A line that offers one name; what stands before that is the first group. */
const LINE = /^((?:module\.)?exports\.)([\w$]+)[ \t]*=(?!=)/;
/** What is new in a file. */
export interface Called {
  readonly name: string;
  /** Whether it was offered to other files where it was written. */
  readonly offers: boolean;
}

/**
 * Exports what is new as the functions of its file are: at its first line where all are, and not there where the file has another way.
 *
 * @param piece lines of what is new
 * @param before text of the file
 * @param firsts first lines of the functions of the file
 */
export function exportedAlike(piece: readonly string[], before: string, firsts: readonly string[]): readonly string[] {
  if (isOfLines(before)) {
    return piece.map((line) =>
      line.replace(/^export[ \t]+(?:default[ \t]+)?(?=async\b|function\b|class\b|const\b|let\b)/, "")
    );
  }
  if (firsts.length === 0 || !firsts.every((line) => /^export\s/.test(line))) return piece;
  if (piece.some((line) => /^export\s/.test(line))) return piece;
  const at = piece.findIndex((line) => /^(?:async\s+function|function|class|const|let|abstract\s+class)\b/.test(line));
  return at < 0 ? piece : piece.toSpliced(at, 1, `export ${piece[at]}`);
}

/**
 * Names what is new among the exports of a file, where those name all of its functions, or where it was exported as it was written.
 *
 * @param text text of the file, with what is new
 * @param called what is new
 * @param others names of the functions that were there
 * @param by the languages whose forms count
 */
export function listedAlike(text: string, called: Called, others: readonly string[], by: readonly Language[]): string {
  const { name } = called;
  if (name.includes(".") || new RegExp(`^export[ \\t].*\\b${name.replaceAll("$", "\\$")}\\b`, "m").test(text)) {
    return text;
  }
  const match = LIST.exec(text);
  if (match === null) return withLine(text, called, others, by);
  const offers = called.offers && match[1] === undefined;
  const from = match.index + match[0].length;
  const list = /^[^}\])({[]*(?=[}\])])/.exec(text.slice(from, from + MOST_CHARS))?.[0];
  const listed: readonly string[] = list?.match(/[\w$]+/g) ?? [];
  if (list === undefined) return withMember(text, match.index, { name, offers }, by);
  if (listed.includes(name) || others.length === 0 && !offers) return text;
  if (!offers && !others.every((one) => listed.includes(lastName(one)))) return text;
  return `${text.slice(0, from)}${withItem(list, name)}${text.slice(from + list.trimEnd().length)}`;
}

/** A text with one name more at the end of an object that holds what the file offers: where that was written, or nothing but functions is in it. */
function withMember(text: string, start: number, { name, offers }: Called, by: readonly Language[]): string {
  const lines = text.split("\n");
  const first = text.slice(0, start).split("\n").length;
  const object = marginStatements(text, by).find(({ from }) => from === first);
  const last = object === undefined || object.to === first ? -1 : object.to - 1;
  if (last < 0 || !/^\}/.test(lines[last]!) || !offers && !holdsFunctions(text, first, last, by)) return text;
  const before = lines.slice(first, last).findLastIndex((line) => line.trim() !== "") + first;
  const body = lines[before]!;
  const indent = indentOf(lines.slice(first, last).find((line) => line.trim() !== "") ?? "");
  if (/\/[/*]/.test(body)) return text;
  const ended = body.trimEnd().endsWith(",") || before < first ? [body] : [`${body},`];
  return lines.toSpliced(before, 1, ...ended, `${indent}${name},`).join("\n");
}

/** Whether each member of an object begins a function: settings are no list of what a file offers. */
function holdsFunctions(text: string, first: number, last: number, by: readonly Language[]): boolean {
  const lines = text.split("\n").slice(first, last);
  const functions = new Set(definitionsIn(text, by).map(({ from }) => from - first - 1));
  const indent = indentOf(lines.find((line) => line.trim() !== "") ?? "");
  const begins = lines.map((line) => indentOf(line) === indent && /^[^\s}\])/*]/.test(line.trimStart()));
  return begins.includes(true) && begins.every((isMember, at) => !isMember || functions.has(at));
}

/** A list with one name more, as the others in it are written. */
function withItem(list: string, name: string): string {
  const quote = /["']/.exec(list)?.[0] ?? "";
  const items = list.trimEnd();
  const item = `${quote}${name}${quote}`;
  if (items.trim() === "") return ` ${item} `;
  const isLong = items.includes("\n");
  const comma = items.endsWith(",") ? "" : ",";
  const indent = /\n([ \t]*)\S/.exec(items)?.[1] ?? "";
  return isLong ? `${items}${comma}\n${indent}${item}${items.endsWith(",") ? "," : ""}` : `${items}${comma} ${item}`;
}

/** A text with one line more that offers a name, where it has such lines: behind the last of them and behind what has that name. */
function withLine(
  text: string,
  { name, offers }: Called,
  others: readonly string[],
  by: readonly Language[],
): string {
  const lines = text.split("\n");
  const statements = marginStatements(text, by);
  const lists = statements.filter(({ from }) => LINE.test(lines[from - 1]!));
  const listed = lists.map(({ from }) => LINE.exec(lines[from - 1]!)![2]!);
  const last = lists.at(-1);
  if (last === undefined || listed.includes(name)) return text;
  if (!offers && !others.every((one) => listed.includes(lastName(one)))) return text;
  const own = statements.findLast(({ names }) => names.includes(name));
  const place = Math.max(last.to, own?.to ?? 0);
  const end = lines[last.to - 1]!.trimEnd().endsWith(";") ? ";" : "";
  const indent = indentOf(lines[last.from - 1]!);
  const line = `${indent}${LINE.exec(lines[last.from - 1]!)![1]}${name} = ${name}${end}`;
  const isApart = place !== last.to || last.from !== last.to;
  return lines.toSpliced(place, 0, ...(isApart ? ["", line] : [line])).join("\n");
}
