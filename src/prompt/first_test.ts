import { definitionsIn } from "../languages/definitions.ts";
import type { Language } from "../languages/language.ts";

/** Lines of a test that show how tests are written: one that goes on for longer is cut. */
const MOST_LINES = 40;

/**
 * Leaves of a file of tests its beginning up to the end of its first test. It shows how tests are written there; a small model that sees all
 * of them writes them anew in place of the new one.
 *
 * @param text code of the file
 * @param rest line that stands for what is left out
 * @param by the languages whose forms count
 * @returns the text itself where it holds no second test
 */
export function firstTest(text: string, rest: string, by: readonly Language[]): string {
  const lines = text.split("\n");
  const named = definitionsIn(text, by).filter(({ name }) => /(?:^|\.)test/i.test(name)).map(({ head }) => head);
  const cases = lines.flatMap((line, index) => by.some(({ testCase }) => testCase?.test(line)) ? [index + 1] : []);
  const [, second] = named.length > 0 ? named : cases;
  const end = Math.min((second ?? lines.length + 1) - 1, MOST_LINES);
  if (end >= lines.length) return text;
  const shown = lines.slice(0, end);
  while (shown.at(-1)?.trim() === "") shown.pop();
  return [...shown, `${/^\s*/.exec(lines[end] ?? "")![0]}${rest}`].join("\n");
}
