import { sayingsOf } from "./sayings_of.ts";
import type { Criterion } from "./slice.ts";

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
interface Said {
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
  const first = new Map<string, Said>();
  for (const saying of criteria.flatMap(({ text }) => sentencesOf(text).flatMap(saidIn))) {
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

function saidIn(sentence: string): readonly Said[] {
  if (CONDITIONAL.test(sentence)) return [];
  let end = 0;
  return sayingsOf(sentence).flatMap(({ call, gives, isPlain, from, to }): readonly Said[] => {
    // A call without arguments may give another value each time.
    if (gives === null || !isPlain || call.endsWith("()")) return [];
    const lead = sentence.slice(end, from);
    end = to;
    return [{ call, gives, under: JOINING.test(lead) ? "" : lead.trim() }];
  });
}

/** A code without what writes the same in other signs: quotes, blanks, `4.0`, `True`. */
function plain(code: string): string {
  return code.replace(/['"`]/g, '"').replace(/\s+/g, "").replace(/(\d)_(?=\d)/g, "$1").replace(/\.0+(?!\d)/g, "")
    .replace(/True|False/g, (word) => word.toLowerCase()).replace(/None|nil/g, "null");
}
