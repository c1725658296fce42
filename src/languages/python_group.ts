import { importsIn } from "./imports.ts";
import type { Language } from "./language.ts";
import { SETS_UP, withGroundOfClass } from "./python_ground.ts";
import { areQuoted } from "./quoted_lines.ts";

/** A test at the margin, and what it is as a method. */
const BARE_TEST = /^(?:async[ \t]+)?def[ \t]+test\w*\(/;
const METHOD = /\([ \t]*self\b/;
/** A class of tests. */
const GROUP = /^class[ \t]+\w+[ \t]*\([^()\n]{0,200}\):/;
/** Step of indentation. */
const STEP = "    ";

/**
 * Puts tests that are written as methods and stand in no class into one as the test beside them has it, with what sets it up: of a class that
 * a small model is shown it writes the next method. Those that stand in one get what it lacks.
 *
 * @param text text of a new test
 * @param like text of the test beside it
 * @param python the language, by which imports and quotes are read
 * @returns the text itself where none of them is such a method and no class lacks anything, or the other has no class
 */
export function inGroupOf(text: string, like: string, python: Language): string {
  const lines = text.split("\n");
  const margin = lines.filter((line) => /^\S/.test(line));
  const tests = margin.filter((line) => BARE_TEST.test(line));
  const areMethods = tests.length > 0 && tests.every((line) => METHOD.test(line));
  const others = like.split("\n");
  if (margin.some((line) => line.startsWith("class "))) {
    const grounded = withGroundOfClass(lines, others, python);
    return grounded === lines ? text : grounded.join("\n");
  }
  if (!areMethods) return text;
  const at = others.findIndex((line) => GROUP.test(line));
  if (at < 0) return text;
  const imported = importsIn(lines, [python]).reduce((last, { to }) => Math.max(last, to), 0);
  const quoted = areQuoted(lines, python);
  const body = lines.slice(imported).map((line, index) =>
    line.trim() === "" || quoted[imported + index] === true ? line : `${STEP}${line}`
  );
  const own = [...lines.slice(0, imported), "", "", others[at]!, ...setUps(others.slice(at + 1))];
  return [...own, ...body].join("\n").replace(/^\n+/, "");
}

/** The methods of a class that set its tests up, up to its end. */
function setUps(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => /^\S/.test(line));
  const found: string[] = [];
  let isIn = false;
  for (const line of end < 0 ? lines : lines.slice(0, end)) {
    if (/^[ \t]+(?:@|(?:async[ \t]+)?def[ \t])/.test(line) && (line.match(/^[ \t]*/)![0].length <= STEP.length)) {
      isIn = SETS_UP.test(line);
    }
    if (isIn) found.push(line);
  }
  while (found.at(-1)?.trim() === "") found.pop();
  return found.length === 0 ? [] : [...found, ""];
}
