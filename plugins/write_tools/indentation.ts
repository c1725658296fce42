import { areQuoted, type Writing } from "../../src/plugin/mod.ts";

/** The part of the lines that is as deep as some whole steps. */
const MOST = 0.7;

/** A further line of a description between stars. */
const OF_DESCRIPTION = /^\s*\*(?:[\s/]|$)/;

/**
 * Finds what one step of the indentation of lines is: by how much a line is most often deeper than the one before it. What stands in quotes
 * over several lines, and what is said between stars, has an indentation of its own.
 * @param lines lines of code
 * @returns a tab, or so many blanks; null where no line is indented
 */
export function stepOf(lines: readonly string[], writing?: Writing): string | null {
  const quoted = areQuoted(lines, writing);
  return stepOfCode(lines.filter((line, index) => quoted[index] !== true && !OF_DESCRIPTION.test(line)));
}

function stepOfCode(lines: readonly string[]): string | null {
  const indents = lines.filter(filled).map(indentOf);
  const deep = indents.filter((indent) => indent !== "");
  if (deep.length === 0) return null;
  if (deep.filter((indent) => indent.startsWith("\t")).length * 2 >= deep.length) return "\t";
  const widths = indents.filter((indent) => !indent.includes("\t")).map(({ length }) => length);
  const rises = new Map<number, number>();
  for (const [index, width] of widths.entries()) {
    const rise = width - (widths[index - 1] ?? width);
    if (rise > 1) rises.set(rise, (rises.get(rise) ?? 0) + 1);
  }
  const often = [...rises].sort(([left, one], [right, other]) => other - one || left - right).map(([rise]) => rise);
  const indented = widths.filter((width) => width > 0);
  // What is aligned with something above is no step: most lines are as deep as some whole steps.
  const step = [...often, 8, 4, 3, 2].find((one) =>
    indented.filter((width) => width % one === 0).length >= indented.length * MOST
  );
  return " ".repeat(step ?? Math.min(...indented));
}

/** @returns the blanks and tabs that a line begins with */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/**
 * Writes the indentation of lines in another step: tabs for blanks, blanks for tabs, or as many more or fewer blanks.
 * @param lines lines of code
 * @param from the step that they have
 * @param to the step that they get
 * @returns the lines; what is no whole step stays beside, and what stands in quotes over several lines as it is
 */
export function inStep(lines: readonly string[], from: string, to: string, writing?: Writing): readonly string[] {
  const quoted = areQuoted(lines, writing);
  return from === to ? lines : lines.map((line, index) => {
    if (quoted[index] === true) return line;
    const indent = indentOf(line);
    return indent === "" || line.trim() === "" ? line : stepped(indent, from, to) + line.slice(indent.length);
  });
}

/** @returns an indentation in another step */
export function stepped(indent: string, from: string, to: string): string {
  let result = "";
  let rest = indent;
  while (rest !== "") {
    const step = rest.startsWith(from) ? from : rest.startsWith("\t") ? "\t" : null;
    if (step === null) break;
    // A tab among blanks is a step of either.
    result += to;
    rest = rest.slice(step.length);
  }
  return result + rest;
}

/**
 * Writes lines that take the place of others in the indentation of the file: tabs where it has tabs, blanks where it has blanks, and as
 * deep as the lines before, where they were written at the margin.
 * @param written the new lines
 * @param replaced the lines whose place they take
 * @param file all lines of the file
 */
export function likeReplaced(
  written: readonly string[],
  replaced: readonly string[],
  file: readonly string[],
  writing?: Writing,
): readonly string[] {
  const tabs = replaced.some((line) => line.startsWith("\t"));
  const step = tabs
    ? "\t"
    : replaced.some((line) => line.startsWith(" "))
    ? blanksOf(file, writing)
    : stepOf(file, writing);
  if (step === null) return written;
  const first = indentOf(replaced.find(filled) ?? "");
  const begun = indentOf(written.find(filled) ?? "");
  const lines = inFileStep(written, step, { own: widthOfStep(begun, first, step), writing });
  return deepened(lines, first, replaced, writing);
}

/**
 * Writes lines in the step of a file, where they use blanks and it tabs, or the other way round.
 * @param step the file's step
 * @param known `own`, the step that the lines have, and `writing`, how their code is told apart, where that is known
 */
export function inFileStep(
  lines: readonly string[],
  step: string,
  { own, writing }: { readonly own?: string | null; readonly writing?: Writing } = {},
): readonly string[] {
  const tabs = lines.some((line) => line.startsWith("\t"));
  const blanks = lines.some((line) => /^ +\S/.test(line));
  if (step === "\t") return blanks ? inStep(lines, own ?? ownStep(lines, writing), "\t", writing) : lines;
  return tabs ? inStep(lines, "\t", step, writing) : lines;
}

/** The step of the lines of a file that use blanks. */
function blanksOf(file: readonly string[], writing: Writing | undefined): string | null {
  const quoted = areQuoted(file, writing);
  return stepOfCode(
    file.filter((line, index) => quoted[index] !== true && !line.startsWith("\t") && !OF_DESCRIPTION.test(line)),
  );
}

/**
 * Writes a piece of code that stands at the margin in the step of a file, also where both use blanks, but not as many of them.
 * @param step the file's step
 */
export function inStepOfFile(lines: readonly string[], step: string, writing?: Writing): readonly string[] {
  const own = stepOf(lines, writing);
  const quoted = areQuoted(lines, writing);
  const code = lines.filter((line, index) => quoted[index] !== true && filled(line) && !OF_DESCRIPTION.test(line));
  const even = (line: string) => indentOf(line).length % (own?.length ?? 1) === 0;
  const scales = own !== null && own !== "\t" && step !== "\t" && own !== step && code.every(even) &&
    indentOf(lines.find(filled) ?? "") === "";
  return scales ? inStep(lines, own, step, writing) : inFileStep(lines, step, { writing });
}

/** The step of lines that use blanks: of those lines alone. */
function ownStep(lines: readonly string[], writing: Writing | undefined): string {
  const quoted = areQuoted(lines, writing);
  return stepOfCode(
    lines.filter((line, index) => quoted[index] !== true && line.startsWith(" ") && !OF_DESCRIPTION.test(line)),
  ) ?? "    ";
}

/** How many blanks stand for a step, by a line that takes the place of one that is so many tabs deep. */
function widthOfStep(begun: string, first: string, step: string): string | null {
  const depth = step === "\t" ? first.length : 0;
  const width = begun.length / depth;
  return depth > 0 && !begun.includes("\t") && Number.isInteger(width) && width >= 1 && width <= 8
    ? " ".repeat(width)
    : null;
}

/** A line that begins a definition of its own, which may well stand at the margin. */
const TOP =
  /^(?:export|import|from|def|class|async|function|func|fn|pub|impl|type|interface|struct|enum|const|let|var|package|use|using|namespace|module|#|\/\/|\/\*|@|})/;

/** Lines that were written at the margin in place of deeper ones get their depth. */
function deepened(
  lines: readonly string[],
  first: string,
  replaced: readonly string[],
  writing: Writing | undefined,
): readonly string[] {
  const deep = replaced.filter(filled).every((line) => line.startsWith(first));
  const margin = lines.find(filled);
  if (first === "" || !deep || margin === undefined || indentOf(margin) !== "" || TOP.test(margin)) return lines;
  const quoted = areQuoted(lines, writing);
  return lines.map((line, index) => filled(line) && quoted[index] !== true ? first + line : line);
}

function filled(line: string): boolean {
  return line.trim() !== "";
}
