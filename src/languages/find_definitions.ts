import { type CodeLines, codeLines, LONGEST_FIRST_LINE, type Writing } from "./code_lines.ts";
import { containerAt } from "./containers.ts";
import { endOf, headOf, indentOf } from "./definition_end.ts";
import type { Definition } from "./language.ts";

/** What begins at a line. */
export interface Beginning {
  /** Signs before its first one that is no blank. */
  readonly indent: number;
  /** Its name, without that of what it stands in; null where nothing in it is a definition. */
  readonly name: string | null;
}

/**
 * Finds functions and methods by what begins at each line, where nothing did before. What a class, an implementation or the like holds is
 * named with it.
 *
 * @param text code
 * @param writing how its code is told apart
 * @param begins makes of the text what reads a line of it by its index, told whether it stands in what holds methods
 * @returns definitions in order, those inside functions left out
 */
export function findDefinitions(
  text: string,
  writing: Writing,
  begins: (read: CodeLines) => (index: number, isWithin: boolean) => Beginning | null,
): Definition[] {
  const read = codeLines(text, writing);
  const beginsAt = begins(read);
  const found: Definition[] = [];
  const classes: { readonly indent: number; readonly name: string; readonly to: number }[] = [];
  let behind = 0;
  for (let index = 0; index < read.lines.length; index++) {
    if (index < behind || read.inside[index] !== null || read.lines[index]!.length > LONGEST_FIRST_LINE) continue;
    while (classes.length > 0 && classes.at(-1)!.to <= index) classes.pop();
    const container = containerAt(read, index);
    if (container !== null) {
      classes.push({ ...container, to: endOf(read, index, container.indent) });
      continue;
    }
    const own = indentOf(read.code[index]!);
    // What stands behind a comment in its line is at no indentation.
    if (own !== indentOf(read.lines[index]!)) continue;
    const within = classes.findLast((one) => one.indent < own && index + 1 <= one.to);
    const begun = beginsAt(index, within !== undefined);
    if (begun === null) continue;
    const to = endOf(read, index, begun.indent);
    if (begun.name !== null && isSignature(read.code.slice(index, to))) continue;
    behind = to;
    if (begun.name === null) continue;
    const name = within === undefined ? begun.name : `${within.name}.${begun.name}`;
    found.push({ name, from: index + 1, to, head: headOf(read, index, begun.indent) + 1 });
  }
  return found;
}

/** Whether lines only say how something is called: they hold nothing that it does. */
function isSignature(code: readonly string[]): boolean {
  const [first = "", ...rest] = code;
  if (rest.length === 0 && !/[{:]|=>/.test(first)) return true;
  const last = rest.at(-1);
  return /;\s*$/.test(last ?? first) && (last === undefined || /^\s*\)/.test(last)) &&
    !code.some((line) => /\{|=>/.test(line));
}
