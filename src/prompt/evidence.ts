import { bound } from "../kernel/text.ts";

/** Lines of a failing check that say nothing a model can act on. */
const NOISE =
  /^\s*(?:\^+|~+|operator: .*|name: '?AssertionError'?|code: '?ERR_\w+'?|generatedMessage: \w+|diff: \w+|stack: \|-|duration_ms: .*|type: '?test'?|failureType: .*|Expected values to be strictly (?:deep-)?equal:|\+ actual - expected|error: \|-|at (?:node:|async |Module|new Promise|process).*|\.\.\.|---)?\s*$/;

/**
 * Makes what a check said shorter without losing a fact: lines that only frame it go, and a difference goes where what was expected
 * and what was found stand beside it in words.
 *
 * @param evidence text of a failing result
 * @param limit most characters, more than 60
 * @returns the same facts in fewer lines
 */
export function terse(evidence: string, limit: number): string {
  const lines = evidence.split("\n");
  const named = /^[^\S\n]*expected: /m.test(evidence) && /^[^\S\n]*actual: /m.test(evidence);
  const kept = lines.filter((line) => !NOISE.test(line) && !(named && isDifference(line, lines)));
  const text = kept.length === 0 ? evidence : outdented(kept).join("\n");
  return bound(text.length < evidence.length ? text : evidence, limit);
}

/** A line of a difference, where the same text stands as expected or as found. */
function isDifference(line: string, lines: readonly string[]): boolean {
  const found = /^\s*[+-] (.+)$/.exec(line)?.[1];
  if (found === undefined) return false;
  return lines.some((other) => {
    const value = /^\s*(?:expected|actual): (.*)$/.exec(other)?.[1];
    // A block under `|-` holds the lines of the difference one by one.
    return value !== undefined && (unquoted(value) === unquoted(found) || value === "|-");
  });
}

function unquoted(text: string): string {
  return text.trim().replace(/^(['"`])(.*)\1,?$/, "$2");
}

/** Lines without the white space that all of them begin with. */
function outdented(lines: readonly string[]): string[] {
  const least = Math.min(...lines.map((line) => /^ */.exec(line)![0].length));
  return lines.map((line) => line.slice(least));
}
