import type { TestCase } from "../../languages/test_cases.ts";

/** Cases of one test. */
const MOST = 4;
/** A call, and what it is said to give as a figure, a text in quotes, a list of these, or a word for true, false and nothing; then the clause ends. */
const CASE =
  /(?<![\w.$])([A-Za-z_$][\w$]{0,60}\([^()\n]{0,120}\))[`'"]? {0,2}(?:is|are|gives|returns|should be|must be|becomes|={1,3}|->|=>|→) {0,2}`?(-?\d[\d_]{0,20}(?:\.\d{1,20})?(?![\w/%:]|[.,]\d)|"[^"\n]{0,90}"|'[^'\n]{0,90}'|\[[^\]\n]{0,90}\]|\b(?:true|false|True|False|None|null|nil)\b)(?=[`'"]?(?:\s*$|[.,;)]|\s+(?:and|but|while|or|so)\b))/g;

/**
 * Reads the cases that examples hold, word for word: then nobody has to be asked what code shall give.
 *
 * @param examples sentences of a goal
 */
export function casesOf(examples: readonly string[]): readonly TestCase[] {
  const found = examples.flatMap((text) =>
    [...text.matchAll(CASE)].map(([, call = "", gives = ""]): TestCase => ({ call, gives }))
  );
  const calls = found.map(({ call }) => call);
  return found.filter(({ call }, index) => calls.indexOf(call) === index).slice(0, MOST);
}
