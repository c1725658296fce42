import type { CodeLines } from "./code_lines.ts";

const ATTACHED = /^\s*(?:\/\/|\/\*|\*|#(?:[\s#[]|$)|@\w|--)/;
const COMMENT = /^\s*(?:\/\/|\/\*|\*|#(?:[\s#]|$)|--)/;
/** Comments that belong to the file and to no function of it. */
const OF_THE_FILE = /licen[sc]e|copyright|spdx/i;

/** Index of the first of the comments and decorators right above a line. */
export function headOf({ lines }: CodeLines, index: number, indent: number): number {
  let head = index;
  while (head > 0 && ATTACHED.test(lines[head - 1]!) && indentOf(lines[head - 1]!) >= indent) head--;
  return lines.slice(head, index).some((line) => OF_THE_FILE.test(line)) ? index : head;
}

/**
 * Finds the last line of what begins at a line: the next one at its indentation that closes it, or the one before the next that does not.
 *
 * @param start index of the line
 * @param indent signs before its first one that is no blank
 * @returns the line, counted from 1
 */
export function endOf({ lines, code, inside }: CodeLines, start: number, indent: number): number {
  if (/\{.*\}\s*[;,]?\s*$/.test(code[start]!) && balance(code[start]!, "{", "}") === 0) return start + 1;
  let last = start;
  let open = 0;
  let waits = -1;
  for (let index = start + 1; index < lines.length; index++) {
    open += ["()", "[]", "{}"].reduce((sum, [one, other]) => sum + balance(code[index - 1]!, one!, other!), 0);
    const line = lines[index]!;
    if (line.trim() === "" && inside[index] === null) continue;
    // A text or a label at the margin may stand within brackets.
    const isHeld = open > 0 && /^\s*(?:"|\w+:\s*$)/.test(code[index]!);
    if (inside[index] !== null || indentOf(line) > indent || isHeld) {
      last = index;
      continue;
    }
    // A comment at the margin ends nothing when what comes after it stands deeper.
    if (COMMENT.test(line)) {
      if (waits < index) waits = nextOfCode(lines, index);
      if (waits < lines.length && indentOf(lines[waits]!) > indent) continue;
    }
    if (!/^\s*[)\]}>]/.test(line) && !/^\s*(?:\{|->|where\b)/.test(line)) return last + 1;
    // What closes more than was opened belongs to what is around.
    if (indentOf(line) < indent && open <= 0) return last + 1;
    last = index;
    if (/^\s*\}/.test(line) && !/(?:[{([]|=>)\s*$/.test(code[index]!)) return index + 1;
  }
  return last + 1;
}

/** Index of the first line behind a place that is code; the number of lines where none is. */
function nextOfCode(lines: readonly string[], from: number): number {
  for (let index = from + 1; index < lines.length; index++) {
    if (lines[index]!.trim() !== "" && !COMMENT.test(lines[index]!)) return index;
  }
  return lines.length;
}

function balance(line: string, open: string, close: string): number {
  return line.split(open).length - line.split(close).length;
}

/** How many blanks and tabs a line begins with. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
