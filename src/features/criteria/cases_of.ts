import type { TestCase } from "../../languages/test_cases.ts";

/** Cases of one test. */
const MOST = 4;
/** A call, and what it is said to give as a figure, a text in quotes, a list of these, or a word for true, false and nothing; then the clause ends. */
const CASE =
  /(?<![\w.$])([A-Za-z_$][\w$]{0,60}\([^()\n]{0,120}\))[`'"]? {0,2}(?:is|are|gives|returns|should be|shall be|must be|becomes|={1,3}|->|=>|→) {0,2}`?(-?\d[\d_]{0,20}(?:\.\d{1,20})?(?![\w/%:]|[.,]\d)|"[^"\n]{0,90}"|'[^'\n]{0,90}'|\[(?:[^[\]\n]|\[[^[\]\n]{0,60}\]){0,60}\]|\b(?:true|false|True|False|None|null|nil)\b)(?=[`'"]?(?:\s*$|[.,;)]|\s+(?:and|while|so)\b))/g;
/** A call and words for what it gives, whatever these are. */
const SAID =
  /[A-Za-z_$][\w$]{0,60}\([^()\n]{0,120}\)[`'"]? {0,2}(?:is|are|gives|returns|should be|shall be|must be|becomes|={1,3}|->|=>|→)/g;
/** Words by which a sentence says more than that: what is wrong, what was, when something holds, or what else it may be. */
const DOUBTFUL =
  /\b(?:bug|wrong|incorrect|broken|currently|present|now|if|when|unless|instead|not|never|no longer|used to|but|or|except|before|until|raises?|throws?)\b|n't\b/i;
/** A text in quotes that are no apostrophes. */
const SURELY_QUOTED = /"[^"\n]{0,200}"|`[^`\n]{0,200}`/g;
/** Words that are values. */
const VALUES = /^(?:true|false|True|False|None|null|nil)$/;

/**
 * Reads the cases that examples hold, word for word: then nobody has to be asked what code shall give.
 *
 * @param examples sentences of a goal
 * @returns none where one of them says more than what a call gives, or says it of something that only its words explain
 */
export function casesOf(examples: readonly string[]): readonly TestCase[] {
  const found = examples.flatMap((text) =>
    [...text.matchAll(CASE)].map(([, call = "", gives = ""]): TestCase => ({ call, gives }))
  );
  const said = examples.reduce((sum, text) => sum + [...text.matchAll(SAID)].length, 0);
  const isPlain = examples.every((text) => !DOUBTFUL.test(text.replace(SURELY_QUOTED, ""))) && said === found.length &&
    found.every(({ call, gives }) => isLiteral(call.slice(call.indexOf("("))) && isLiteral(gives));
  if (!isPlain) return [];
  const calls = found.map(({ call }) => call);
  return found.filter(({ call }, index) => calls.indexOf(call) === index).slice(0, MOST);
}

/** Whether a code holds figures, texts and lists alone, with brackets that close. */
function isLiteral(code: string): boolean {
  const plain = withoutTexts(code);
  const words = plain.match(/[A-Za-z_$][\w$]*/g) ?? [];
  const count = (sign: string) => plain.split(sign).length;
  return words.every((word) => VALUES.test(word)) && count("[") === count("]") && count("(") === count(")");
}

function withoutTexts(text: string): string {
  return text.replace(/"[^"\n]{0,200}"|'[^'\n]{0,200}'|`[^`\n]{0,200}`/g, "");
}
