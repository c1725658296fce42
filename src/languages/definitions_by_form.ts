import type { Definition } from "./language.ts";

const WORDS = new Set(
  "if for while switch catch return function else do try with match loop await new throw".split(" "),
);
const CLASS =
  /^(\s*)(?:export\s+)?(?:default\s+)?(?:abstract\s+|final\s+|public\s+)*(?:class|impl(?:<[^>]*>)?|interface|trait|struct)\s+(?:[\w<>]+\s+for\s+)?(\w+)/;
const ATTACHED = /^\s*(?:\/\/|\/\*|\*|#(?:[\s#[]|$)|@\w|--)/;
/** Longest line that may begin a definition, in characters: packed code has lines of megabytes. */
export const LONGEST_FIRST_LINE = 400;
/** Comments that belong to the file and to no function of it. */
const OF_THE_FILE = /licen[sc]e|copyright|spdx/i;

/**
 * Makes a finder of functions and methods by the form of their first line, by indentation and by brackets: enough for most languages.
 * What a class, an implementation or the like holds is named with it.
 *
 * @param forms first lines of a definition; the first group is the indentation, the second the name
 * @returns the finder, as `Language.definitions` wants it
 */
export function definitionsByForm(...forms: readonly RegExp[]): (text: string) => Definition[] {
  return (text) => {
    const lines = text.split("\n");
    const found: Definition[] = [];
    const classes: { readonly indent: number; readonly name: string; readonly to: number }[] = [];
    for (let index = 0; index < lines.length; index++) {
      const line = lines[index]!;
      if (index < (found.at(-1)?.to ?? 0) || line.length > LONGEST_FIRST_LINE) continue;
      const container = CLASS.exec(line);
      if (container !== null) {
        const indent = container[1]!.length;
        classes.push({ indent, name: container[2]!, to: endOf(lines, index, indent) });
        continue;
      }
      const match = forms.map((form) => form.exec(line)).find((one) => one !== null && !WORDS.has(one[2]!));
      if (match === undefined || match === null) continue;
      const indent = match[1]!.length;
      const to = endOf(lines, index, indent);
      if (to === index + 1 && !/[{:]|=>/.test(line)) continue;
      const within = classes.findLast((one) => one.indent < indent && index + 1 <= one.to);
      const name = within === undefined ? match[2]! : `${within.name}.${match[2]}`;
      found.push({ name, from: index + 1, to, head: headOf(lines, index, indent) + 1 });
    }
    return found;
  };
}

/** What holds methods: a class, an implementation or the like, lines counted from 1 and included. */
export interface Container {
  /** Its name. */
  readonly name: string;
  /** First line of it. */
  readonly from: number;
  /** Last line of it. */
  readonly to: number;
  /** First of the comments and decorators right above it; `from` where there are none. */
  readonly head: number;
}

/**
 * Finds the classes of a text and what else holds methods, by the form of their first line.
 *
 * @param text code
 * @returns them in order, those inside others too
 */
export function containersIn(text: string): Container[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index): Container[] => {
    const match = line.length > LONGEST_FIRST_LINE ? null : CLASS.exec(line);
    if (match === null) return [];
    const indent = match[1]!.length;
    const head = headOf(lines, index, indent) + 1;
    return [{ name: match[2]!, from: index + 1, to: endOf(lines, index, indent), head }];
  });
}

/** Index of the first of the comments and decorators right above a line. */
function headOf(lines: readonly string[], index: number, indent: number): number {
  let head = index;
  while (head > 0 && ATTACHED.test(lines[head - 1]!) && indentOf(lines[head - 1]!) >= indent) head--;
  return lines.slice(head, index).some((line) => OF_THE_FILE.test(line)) ? index : head;
}

/** Finds the last line of what begins at a line: the next one at its indentation that closes it, or the one before the next that does not. */
function endOf(lines: readonly string[], start: number, indent: number): number {
  if (/\{.*\}\s*;?\s*$/.test(lines[start]!) && balance(lines[start]!) === 0) return start + 1;
  let last = start;
  let quoted = turnsQuotes(lines[start]!);
  for (let index = start + 1; index < lines.length; index++) {
    const line = lines[index]!;
    const inside = quoted;
    if (turnsQuotes(line)) quoted = !quoted;
    if (line.trim() === "" && !inside) continue;
    if (inside || indentOf(line) > indent) {
      last = index;
      continue;
    }
    // A comment at the margin ends nothing when what comes after it stands deeper.
    if (ATTACHED.test(line) && goesOn(lines, index, indent)) continue;
    if (!/^\s*[)\]}]/.test(line) && !/^\s*(?:\{|->|where\b)/.test(line)) return last + 1;
    last = index;
    if (/^\s*\}/.test(line) && !/\{\s*$/.test(line)) return index + 1;
  }
  return last + 1;
}

/** Whether the first line after a place that is code stands deeper than an indentation. */
function goesOn(lines: readonly string[], from: number, indent: number): boolean {
  const next = lines.slice(from + 1).find((line) => line.trim() !== "" && !ATTACHED.test(line));
  return next !== undefined && indentOf(next) > indent;
}

/**
 * Whether a string over several lines begins or ends in a line: in three quotes, or between backticks.
 *
 * @param line the line
 */
export function turnsQuotes(line: string): boolean {
  const count = (sign: string) => line.split(sign).length - 1;
  return (count('"""') + count("'''")) % 2 === 1 || (line.match(/(?<!\\)`/g) ?? []).length % 2 === 1;
}

function balance(line: string): number {
  return line.split("{").length - line.split("}").length;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
