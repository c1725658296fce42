import { linearEngine, ToolError } from "../../src/plugin/mod.ts";

/** Tells whether a line holds what is searched for. */
export type LineFinder = (line: string) => boolean;

/** Characters of a line that an expression sees: with the two bounds below, one line costs some hundredths of a second at most. */
export const LONGEST_MATCHED = 2_000;
/** Longest expression, in characters. */
const LONGEST_EXPRESSION = 500;
/** Most steps that an expression may be compiled to: each character of a line may cost as many. */
const MOST_STEPS = 1_000;

/** What expressions of other engines hold and a linear one cannot have, and how to do without. */
const LACKING: readonly (readonly [RegExp, string])[] = [
  [/\(\?<?[=!]/, "looks ahead or behind, `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`: search for the part itself"],
  [/\\(?:[1-9]|k<)/, "refers back to a group, `\\1`: write out what the group stands for"],
  [/\(\?>|[+*?}]\+/, "has an atomic group or a possessive repetition: write a plain one, it is fast here"],
];

/**
 * Finds a text as it stands in a line.
 *
 * @param ignoreCase whether capital and small letters are the same
 */
export function textFinder(text: string, ignoreCase: boolean): LineFinder {
  const wanted = ignoreCase ? text.toLowerCase() : text;
  return (line) => (ignoreCase ? line.toLowerCase() : line).includes(wanted);
}

/**
 * Finds what an expression describes, by an engine (RE2) whose time is linear in the line: a model wrote the expression, and one such as
 * `(a+)+$` would keep the engine of JavaScript busy for years. The engine is loaded when it is first needed.
 *
 * @param expression as JavaScript writes them, without what only an engine that tries all ways can do
 * @param ignoreCase whether capital and small letters are the same
 * @returns a finder that sees the first {@link LONGEST_MATCHED} characters of a line
 * @throws {ToolError} where the expression is wrong, too large, or of a kind that this engine lacks
 */
export async function expressionFinder(expression: string, ignoreCase: boolean): Promise<LineFinder> {
  if (expression.length > LONGEST_EXPRESSION) {
    throw tooLarge(expression, `${expression.length} characters, at most ${LONGEST_EXPRESSION}`);
  }
  const { RE2JS } = await linearEngine();
  // The translation of names that are referred back to would give an expression that finds something else.
  if (/(?<!\\)(?:\\\\)*\\k</.test(expression)) throw unfit(expression);
  let compiled: ReturnType<typeof RE2JS.compile>;
  try {
    compiled = RE2JS.compile(RE2JS.translateRegExp(expression), ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (cause) {
    throw unfit(expression, cause);
  }
  const steps = compiled.programSize();
  if (steps > MOST_STEPS) throw tooLarge(expression, `${steps} steps, at most ${MOST_STEPS}`);
  return (line) => compiled.matcher(line.slice(0, LONGEST_MATCHED)).find();
}

function unfit(expression: string, cause?: unknown): ToolError {
  const lacking = LACKING.find(([pattern]) => pattern.test(expression))?.[1];
  const why = lacking === undefined ? `${cause instanceof Error ? cause.message : String(cause)}.` : `It ${lacking}.`;
  return new ToolError(
    `The expression ${expression} cannot be searched for. ${why} Leave out regex to search for the text as it stands.`,
    { cause },
  );
}

function tooLarge(expression: string, found: string): ToolError {
  const shown = expression.length > 80 ? `${expression.slice(0, 79)}…` : expression;
  return new ToolError(
    `The expression ${shown} is too large (${found}). Write fewer and smaller repetitions, or search for a text without regex.`,
  );
}
