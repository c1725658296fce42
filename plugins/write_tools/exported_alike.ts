import { lastName } from "./written_code.ts";

/** Begins a list of what a file offers to others. */
const LIST = /^(?:module\.exports[ \t]*=[ \t]*\{|export[ \t]*\{|__all__[ \t]*=[ \t]*[[(])/m;
/** Characters of such a list. */
const MOST_CHARS = 8_000;

/**
 * Exports what is new where all functions of its file are exported at their first line.
 *
 * @param piece lines of what is new
 * @param firsts first lines of the functions of the file
 */
export function exportedAlike(piece: readonly string[], firsts: readonly string[]): readonly string[] {
  if (firsts.length === 0 || !firsts.every((line) => /^export\s/.test(line))) return piece;
  if (piece.some((line) => /^export\s/.test(line))) return piece;
  const at = piece.findIndex((line) => /^(?:async\s+function|function|class|const|let|abstract\s+class)\b/.test(line));
  return at < 0 ? piece : piece.toSpliced(at, 1, `export ${piece[at]}`);
}

/**
 * Names what is new in the list of a file's exports, where that names all of its functions.
 *
 * @param text text of the file
 * @param name the new name
 * @param others names of the functions that were there
 */
export function listedAlike(text: string, name: string, others: readonly string[]): string {
  const match = LIST.exec(text);
  if (match === null || name.includes(".") || others.length === 0) return text;
  const from = match.index + match[0].length;
  const list = /^[^}\])]*(?=[}\])])/.exec(text.slice(from, from + MOST_CHARS))?.[0];
  const listed: readonly string[] = list?.match(/[\w$]+/g) ?? [];
  if (list === undefined || listed.includes(name) || !others.every((one) => listed.includes(lastName(one)))) {
    return text;
  }
  const quote = /["']/.exec(list)?.[0] ?? "";
  const items = list.trimEnd();
  const item = `${quote}${name}${quote}`;
  const isLong = items.includes("\n");
  const comma = items.endsWith(",") ? "" : ",";
  const indent = /\n([ \t]*)\S/.exec(items)?.[1] ?? "";
  const more = isLong
    ? `${items}${comma}\n${indent}${item}${items.endsWith(",") ? "," : ""}`
    : `${items}${comma} ${item}`;
  return `${text.slice(0, from)}${more}${text.slice(from + items.length)}`;
}
