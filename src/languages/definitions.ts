/** A function or method of a text, lines counted from 1 and included. */
export interface Definition {
  /** Its name; `Class.method` for one inside a class. */
  readonly name: string;
  /** First line of the definition itself. */
  readonly from: number;
  /** Last line of the definition. */
  readonly to: number;
  /** First of the comments and decorators right above it; `from` where there are none. */
  readonly head: number;
}

const WORDS = new Set(
  "if for while switch catch return function else do try with match loop await new throw".split(" "),
);

/** Forms of a definition; the first group is the indentation, the second the name. */
const FORMS: readonly RegExp[] = [
  /^(\s*)(?:async\s+)?def\s+(\w+)/,
  /^(\s*)(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*(\w+)/,
  /^(\s*)(?:export\s+)?(?:const|let|var)\s+(\w+)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\b|\([^)]*\)\s*(?::[^=]+)?=>|\w+\s*=>)/,
  /^(\s*)(?:pub(?:\([^)]*\))?\s+)?(?:const\s+)?(?:async\s+)?(?:unsafe\s+)?fn\s+(\w+)/,
  /^()func\s+(?:\([^)]*\)\s*)?(\w+)/,
  /^(\s+)(?:(?:public|private|protected|static|async|override|get|set|final|synchronized)\s+)*\*?#?(\w+)\s*(?:<[^>]*>)?\([^;]*\)\s*(?::[^;{]+|->[^;{]+)?\{\s*$/,
  /^(\s*)(?:(?:public|private|protected|internal|static|final|virtual|inline|synchronized)\s+)*[\w<>[\],*&:]+(?:\s+[\w<>[\],*&:]+)*\s+\*?(\w+)\s*\([^;=]*\)\s*(?:const\s*)?(?:throws\s+[\w,\s]+)?\{\s*$/,
];
const CLASS =
  /^(\s*)(?:export\s+)?(?:default\s+)?(?:abstract\s+|final\s+|public\s+)*(?:class|impl(?:<[^>]*>)?|interface|trait|struct)\s+(?:[\w<>]+\s+for\s+)?(\w+)/;
const ATTACHED = /^\s*(?:\/\/|\/\*|\*|#(?:[\s#[]|$)|@\w|--)/;
/** Comments that belong to the file and to no function of it. */
const OF_THE_FILE = /licen[sc]e|copyright|spdx/i;

/**
 * Finds the functions and methods of a text by their form and indentation, in the languages that projects are mostly written in:
 * Python, JavaScript and TypeScript, Rust, Go, Java, C#, C and their kin. Functions inside functions belong to the outer one.
 *
 * @param text code
 * @returns definitions in order, a name twice where it is defined twice; none where no form is known
 */
export function definitionsIn(text: string): Definition[] {
  const lines = text.split("\n");
  const found: Definition[] = [];
  const classes: { readonly indent: number; readonly name: string; readonly to: number }[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    if (found.some((one) => index + 1 <= one.to)) continue;
    const container = CLASS.exec(line);
    if (container !== null) {
      const indent = container[1]!.length;
      classes.push({ indent, name: container[2]!, to: endOf(lines, index, indent) });
      continue;
    }
    const match = FORMS.map((form) => form.exec(line)).find((one) => one !== null && !WORDS.has(one[2]!));
    if (match === undefined || match === null) continue;
    const indent = match[1]!.length;
    const to = endOf(lines, index, indent);
    if (to === index + 1 && !/[{:]|=>/.test(line)) continue;
    const within = classes.findLast((one) => one.indent < indent && index + 1 <= one.to);
    const name = within === undefined ? match[2]! : `${within.name}.${match[2]}`;
    found.push({ name, from: index + 1, to, head: headOf(lines, index, indent) + 1 });
  }
  return found;
}

/**
 * Finds the functions that can be taken out of a text and put back: each defined once, with brackets and quotes that close in it.
 *
 * @param text code
 * @returns such definitions in order
 */
export function replaceableDefinitions(text: string): Definition[] {
  const lines = text.split("\n");
  const all = definitionsIn(text);
  return all.filter((one) =>
    all.filter((other) => other.name === one.name).length === 1 && isClosed(lines.slice(one.from - 1, one.to))
  );
}

/** Where the body of a definition begins. */
export interface BodyPlace {
  /** Line after the one that opens the body; a description in quotes is part of the body. */
  readonly from: number;
  /** Last line of the description in quotes that the body begins with, as in Python; null where there is none. */
  readonly described: number | null;
}

/**
 * Finds where the body of a definition begins: after the line that opens it, which may be some lines below its name.
 *
 * @param lines lines of the text
 * @param definition the definition
 * @returns lines counted from 1; null where the body stands in the same line, or cannot be told apart
 */
export function bodyPlace(lines: readonly string[], definition: Pick<Definition, "from" | "to">): BodyPlace | null {
  let opened = definition.from;
  let depth = 0;
  for (; opened <= definition.to; opened++) {
    const line = lines[opened - 1]!;
    depth += line.split(/[([]/).length - line.split(/[)\]]/).length;
    // What ends a line inside the parameters opens a type or a default value.
    if (depth <= 0 && /(?:\{|:|=>)\s*(?:#.*|\/\/.*)?$/.test(line)) break;
  }
  if (opened >= definition.to) return null;
  const from = opened + 1;
  const first = lines[from - 1]!;
  if (/^\s*[rRuU]?(?:"(?!")[^"]*"|'(?!')[^']*')\s*$/.test(first)) return { from, described: from };
  const quotes = /^\s*[rRuU]?("""|''')/.exec(first)?.[1];
  if (quotes === undefined) return { from, described: null };
  if (first.split(quotes).length > 2) return { from, described: from };
  const closing = lines.findIndex((line, index) => index >= from && index < definition.to && line.includes(quotes));
  return closing < 0 ? null : { from, described: closing + 1 };
}

/** Whether every bracket and every quote over several lines that opens in some lines closes there. */
function isClosed(lines: readonly string[]): boolean {
  const text = lines.join("\n");
  const count = (sign: string) => text.split(sign).length - 1;
  return count("{") === count("}") && count("(") === count(")") && count("[") === count("]") &&
    count("`") % 2 === 0 && count('"""') % 2 === 0 && count("'''") % 2 === 0;
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
  let quoted = turns(lines[start]!);
  for (let index = start + 1; index < lines.length; index++) {
    const line = lines[index]!;
    const inside = quoted;
    if (turns(line)) quoted = !quoted;
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

/** Whether a string over several lines begins or ends in a line: in three quotes, or between backticks. */
function turns(line: string): boolean {
  const count = (sign: string) => line.split(sign).length - 1;
  return (count('"""') + count("'''")) % 2 === 1 || (line.match(/(?<!\\)`/g) ?? []).length % 2 === 1;
}

function balance(line: string): number {
  return line.split("{").length - line.split("}").length;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
