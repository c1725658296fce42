import type { Criterion } from "./slice.ts";

/**
 * A call with arguments, or in its place words that go on with the one before (`and shall be 5`), and what it gives: a figure, a text in quotes, a
 * flat list or a word for true, false and nothing.
 */
const CASE =
  /(?:(?<![\w.$])([A-Za-z_$][\w$]{0,60}\([^()\n]{1,120}\))[`'"]? {0,2}|[`'"]?,? and (?:also |it |at the same time )?)(?:is|are|gives|returns|shall be|shall give|should be|should give|must be|must give|becomes|={1,3}|->|=>|→) {0,2}`?(-?\d[\d_]{0,20}(?:\.\d{1,20})?(?![\w/%:]|[.,]\d)|"[^"\n]{0,90}"|'[^'\n]{0,90}'|\[[^[\]\n]{0,120}\]|\b(?:true|false|True|False|None|null|nil)\b)(?=[`'"]?(?:\s*$|[.,;)]|\s+(?:and|as well|too)\b))/g;
/** Words by which a sentence says when something holds, what was, or what comes one after the other. */
const CONDITIONAL =
  /\b(?:bug|wrong|incorrect|broken|currently|present|now|if|when|while|unless|instead|not|never|no longer|used to|but|or|except|before|after|until|first|second|third|then|again|next|later|once|times?)\b|n't\b/i;
/** What joins one example with another and says nothing of its own. */
const JOINING = /^(?:[\s,;:.`'"()*-]|\b(?:and|also|so|that|such as|e\.g|for example|for instance|example)\b)*$/i;

/** Examples of which no code can fulfil all. */
export interface Contradiction {
  /** The call, as it was written first. */
  readonly call: string;
  /** What it is to give, each as it was written. */
  readonly gives: readonly [string, string];
}

/** What one example says, and the words before it in its sentence, which may say when that holds. */
interface Saying {
  readonly call: string;
  readonly gives: string;
  readonly under: string;
}

/**
 * Finds examples that contradict each other: the same call with the same arguments is to give two values, and no word says that one of them
 * holds under other circumstances. What may be meant otherwise is no contradiction.
 *
 * @returns the first one; null where there is none
 */
export function contradictionIn(criteria: readonly Pick<Criterion, "text">[]): Contradiction | null {
  const first = new Map<string, Saying>();
  for (const saying of criteria.flatMap(({ text }) => sentencesOf(text).flatMap(sayingsIn))) {
    const known = first.get(plain(saying.call));
    if (known === undefined) {
      first.set(plain(saying.call), saying);
    } else if (plain(known.gives) !== plain(saying.gives) && (saying.under === "" || saying.under === known.under)) {
      return { call: known.call, gives: [known.gives, saying.gives] };
    }
  }
  return null;
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.;])\s+|\n/);
}

function sayingsIn(sentence: string): readonly Saying[] {
  if (CONDITIONAL.test(sentence)) return [];
  let end = 0;
  let last = "";
  return [...sentence.matchAll(CASE)].flatMap((match): readonly Saying[] => {
    const [all, call = last, gives = ""] = match;
    const lead = sentence.slice(end, match.index);
    const goesOn = match[1] === undefined;
    end = match.index + all.length;
    if (goesOn && (last === "" || lead !== "")) return [];
    last = call;
    return [{ call, gives, under: JOINING.test(lead) ? "" : lead.trim() }];
  });
}

/** A code without what writes the same in other signs: quotes, blanks, `4.0`, `True`. */
function plain(code: string): string {
  return code.replace(/['"`]/g, '"').replace(/\s+/g, "").replace(/(\d)_(?=\d)/g, "$1").replace(/\.0+(?!\d)/g, "")
    .replace(/True|False/g, (word) => word.toLowerCase()).replace(/None|nil/g, "null");
}
