import { LONGEST_FIRST_LINE } from "../languages/code_lines.ts";
import { definitionsIn } from "../languages/definitions.ts";
import { isImport } from "../languages/imports.ts";
import type { Definition, Language, Languages } from "../languages/language.ts";

/** Lines of a text, both ends counted from 1 and included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What matters in a text. */
export interface Anchors {
  /** Lines that evidence names, counted from 1. */
  readonly places: readonly number[];
  /** Names whose definitions matter, and after them their uses. */
  readonly words: readonly string[];
}

/** Lines of a block above which only the neighbourhood of its anchor is taken. */
const LONGEST_BLOCK = 120;
/** Lines before and after an anchor, where its block is too long. */
const AROUND = 30;
/** Lines of imports at a file's beginning that are shown with any part of it. */
const IMPORT_LINES = 20;
/** Lines between two ranges that are shown rather than left out. */
const GAP = 3;

/**
 * Chooses the lines of a text that matter: the blocks around the lines that evidence names, then those that define a wanted name, then
 * those that use one, with the imports before them, as far as there is room.
 *
 * @param text the whole text
 * @param anchors what matters in it
 * @param room most characters
 * @param by the languages whose forms count: those of its file by {@link languagesOf}
 * @returns ranges in order, apart from each other; none where nothing matters or nothing fits
 */
export function rangesOf(
  text: string,
  anchors: Anchors,
  room: number,
  by: readonly Language[],
): Range[] {
  const lines = linesOf(text);
  const definitions = definitionsIn(text, by);
  const around = (place: number) => {
    const unit = unitAt(definitions, lines, place) ?? testCaseAt(lines, place, by);
    return unit !== null && unit.to - unit.from < LONGEST_BLOCK ? unit : blockAt(lines, place);
  };
  const wanted: Range[] = [];
  for (const place of anchors.places) if (place >= 1 && place <= lines.length) wanted.push(around(place));
  for (const word of anchors.words) {
    for (const line of definitionsOf(lines, word, definitions)) wanted.push(around(line));
  }
  for (const word of anchors.words) for (const line of usesOf(lines, word, by)) wanted.push(around(line));
  if (wanted.length === 0) return [];
  let chosen: Range[] = [];
  const imports = importsOf(lines, by);
  const start = imports === null ? [] : [imports];
  for (const range of wanted) {
    const next = joined([...start, ...chosen, range]);
    if (next.reduce((sum, one) => sum + charsIn(lines, one), 0) <= room) chosen = next;
    else if (chosen.length === 0) {
      const part = shrunk(lines, range, anchors.places[0] ?? range.from, room);
      if (part !== null) return [part];
    }
  }
  return chosen;
}

/**
 * Takes a range out of a text.
 *
 * @param text the whole text
 * @param range lines of it
 * @returns these lines without a line break at the end
 */
export function linesIn(text: string, range: Range): string {
  return text.split("\n").slice(range.from - 1, range.to).join("\n");
}

/**
 * Lists names that a text calls or defines: what a failing test is about.
 *
 * @param text lines of code or words about them
 * @param languages the languages that are known
 * @returns names of three letters or more, those that are called first, each once
 */
export function namesIn(text: string, languages: Languages): string[] {
  const common = new Set(Object.values(languages).flatMap((language) => language.common?.split(" ") ?? []));
  const called = [...text.matchAll(/\b([A-Za-z_]\w{2,})\s*\(/g)].map((match) => match[1]!);
  const quoted = [...text.matchAll(/`([A-Za-z_]\w{2,})`/g)].map((match) => match[1]!);
  const imported = [...text.matchAll(/\bimport\s*\{([^{}]*)\}/g)].flatMap((match) =>
    match[1]!.split(",").map((name) => name.trim().split(/\s+/)[0] ?? "")
  );
  const compound = [...text.matchAll(/\b([a-z]+(?:[A-Z]\w*|_\w+)+|[A-Z][a-z]+[A-Z]\w*)\b/g)].map((match) => match[1]!);
  return [...new Set([...called, ...quoted, ...imported, ...compound])].filter((name) =>
    !common.has(name) && name !== ""
  );
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  return text.endsWith("\n") ? lines.slice(0, -1) : lines;
}

/** The lines at which a name is defined. */
function definitionsOf(lines: readonly string[], word: string, definitions: readonly Definition[]): number[] {
  const known = definitions.flatMap((one) => one.name === word || one.name.endsWith(`.${word}`) ? [one.from] : []);
  const name = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(
    `(?:\\b(?:function\\*?|class|def|fn|func|const|let|var|type|interface|enum|struct|trait|impl|mod)\\s+(?:\\([^)]*\\)\\s*)?${name}\\b` +
      `|^\\s*(?:(?:public|private|protected|static|async|override|get|set|export|default)\\s+)*${name}\\s*(?:<[^>]*>)?\\([^;]*\\)\\s*(?::[^{;]+)?\\{)`,
  );
  const formed = lines.flatMap((line, index) =>
    line.length <= LONGEST_FIRST_LINE && pattern.test(line) ? [index + 1] : []
  );
  return [...new Set([...known, ...formed])].sort((a, b) => a - b);
}

/** The first lines that use a name. */
function usesOf(lines: readonly string[], word: string, by: readonly Language[]): number[] {
  const pattern = new RegExp(`\\b${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\b`);
  return lines.flatMap((line, index) => pattern.test(line) && !isImport(line, by) ? [index + 1] : []).slice(0, 3);
}

/** The function or method that a line stands in, with its comments; null where there is none. */
function unitAt(definitions: readonly Definition[], lines: readonly string[], place: number): Range | null {
  const known = definitions.find((one) => one.head <= place && place <= one.to);
  // A text that is never closed takes the empty line in behind the last one too.
  return known === undefined ? null : { from: known.head, to: Math.min(known.to, lines.length) };
}

/** The innermost test case that a line stands in, by its indentation; null where there is none. */
function testCaseAt(lines: readonly string[], place: number, by: readonly Language[]): Range | null {
  let indent = Infinity;
  for (let index = place - 1; index >= 0; index--) {
    const line = lines[index]!;
    if (isBlank(line) || indentOf(line) >= indent) continue;
    indent = indentOf(line);
    if (!by.some(({ testCase }) => testCase?.test(line))) continue;
    let to = place;
    while (to < lines.length && (isBlank(lines[to]) || indentOf(lines[to]!) > indent)) to++;
    if (/^\s*[)\]}]/.test(lines[to] ?? "")) to++;
    while (to > place && isBlank(lines[to - 1])) to--;
    return { from: index + 1, to };
  }
  return null;
}

/** Counts the blanks that a line begins with. */
export function indentOf(line: string): number {
  return /^\s*/.exec(line)![0].length;
}

/** The block of lines that a line stands in: from a line without indentation, with its comment, to the one before the next. */
function blockAt(lines: readonly string[], place: number): Range {
  let from = place;
  while (from > 1 && !isStart(lines, from)) from--;
  while (from > 1 && isAttached(lines[from - 2]!)) from--;
  let to = place;
  while (to < lines.length && !isStart(lines, to + 1) && !(to >= place && isBlank(lines[to]) && isTop(lines[to + 1]))) {
    to++;
  }
  while (to > place && isAttachedAhead(lines, to)) to--;
  while (to > place && isBlank(lines[to - 1])) to--;
  if (to - from + 1 <= LONGEST_BLOCK) return { from, to };
  return { from: Math.max(from, place - AROUND), to: Math.min(to, place + AROUND) };
}

/** Whether a block begins at a line: no indentation, and no mere end of what stands before. */
function isStart(lines: readonly string[], place: number): boolean {
  const line = lines[place - 1];
  return isTop(line) && !/^[)\]}]/.test(line!) && !isAttached(line!);
}

function isTop(line: string | undefined): boolean {
  return line !== undefined && line !== "" && !/^\s/.test(line);
}

function isBlank(line: string | undefined): boolean {
  return line !== undefined && line.trim() === "";
}

/** A comment or decorator that belongs to the line after it. */
function isAttached(line: string): boolean {
  return /^\s*(?:\/\/|\/\*|\*|#(?!include)|@\w|"""|--)/.test(line);
}

/** A comment at the end of a block that belongs to the next one. */
function isAttachedAhead(lines: readonly string[], to: number): boolean {
  const line = lines[to - 1]!;
  return isAttached(line) && isTop(lines[to]) && !/^\s/.test(line);
}

function importsOf(lines: readonly string[], by: readonly Language[]): Range | null {
  let first = 0;
  let last = 0;
  for (let index = 0; index < Math.min(lines.length, 80); index++) {
    if (!isImport(lines[index]!, by)) continue;
    if (first === 0) first = index + 1;
    if (index + 1 - first >= IMPORT_LINES) break;
    last = index + 1;
  }
  return first === 0 ? null : { from: first, to: last };
}

/** Puts ranges in order, those that touch each other, or nearly do, as one. */
export function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = result.at(-1);
    if (last !== undefined && range.from <= last.to + 1 + GAP) {
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    } else result.push(range);
  }
  return result;
}

/** Counts the characters of a range, with its line breaks. */
export function charsIn(lines: readonly string[], range: Range): number {
  let chars = 0;
  for (let index = range.from - 1; index < range.to; index++) chars += lines[index]!.length + 1;
  return chars;
}

/** A part of a range around a place that fits. */
function shrunk(lines: readonly string[], range: Range, place: number, room: number): Range | null {
  const middle = Math.min(range.to, Math.max(range.from, place));
  let { from, to } = range;
  while (charsIn(lines, { from, to }) > room && to > from) {
    if (to - middle > middle - from) to--;
    else from++;
  }
  return charsIn(lines, { from, to }) > room ? null : { from, to };
}
