import type { Beside, Reading, Runner } from "./runner.ts";

/** Longest line that a runner's patterns see, in characters: what a program prints is not to be trusted. */
export const LONGEST_LINE = 2_000;
/** Characters that are kept of the end of a longer line, since many verdicts stand there. */
const KEPT_OF_END = 500;
/** Longest name of a case. */
const LONGEST_NAME = 1_000;
/** Most cases of one output: far above those of real suites. */
const MOST_CASES = 50_000;

/**
 * Reads the output of a check. The one way to a runner's own reading: however long the lines are, none is longer for its patterns than
 * {@link LONGEST_LINE}.
 *
 * @param runner who reads it; null or without `read` where nobody does
 * @param output the whole output, without colours, and with relative paths of the project
 * @param beside what the runner wrote into files, and the files it was about
 * @returns its first 50,000 cases, named by at most 1,000 characters; none where nobody reads it
 */
export function readOutput(
  runner: Runner | null,
  output: string,
  beside: Beside = { reports: [], files: [] },
): Reading {
  const reading = runner?.read?.(withoutLongLines(output), beside) ?? { cases: [], broken: [] };
  const cases = reading.cases.slice(0, MOST_CASES).map((one) =>
    one.name.length > LONGEST_NAME ? { ...one, name: shortened(one.name) } : one
  );
  return { ...reading, cases };
}

/** Leaves out the middle of lines that are too long. */
export function withoutLongLines(output: string): string {
  const parts: string[] = [];
  let from = 0;
  while (from <= output.length) {
    const found = output.indexOf("\n", from);
    const end = found === -1 ? output.length : found;
    if (end - from > LONGEST_LINE) {
      parts.push(output.slice(from, from + LONGEST_LINE - KEPT_OF_END - 1), "…", output.slice(end - KEPT_OF_END, end));
    } else parts.push(output.slice(from, end));
    if (found === -1) break;
    parts.push("\n");
    from = end + 1;
  }
  return parts.join("");
}

function shortened(name: string): string {
  return `${name.slice(0, LONGEST_NAME - 101)}…${name.slice(-100)}`;
}
