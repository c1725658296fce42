import type { TestCase } from "../../languages/test_cases.ts";
import { sayingsOf } from "./sayings_of.ts";

/** Cases of one test. */
const MOST = 4;
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
  const said = examples.flatMap(sayingsOf);
  const found = said.flatMap(({ call, gives, isPlain }): readonly TestCase[] =>
    gives === null || !isPlain ? [] : [{ call, gives }]
  );
  const isPlain = examples.every((text) => !DOUBTFUL.test(text.replace(SURELY_QUOTED, ""))) &&
    said.length === found.length &&
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
