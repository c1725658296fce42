/** Characters of a call's arguments. */
const MOST_ARGUMENTS = 200;

/** Words by which a call is said to give something, after `should` and its kin or `Make` and `Let` without what tells who does it. */
const INFINITIVE = "(?:be|give|return|equal|yield|become|evaluate to|result in)";
const GIVING =
  `(?:(?:(?:should|shall|must|has to|is to|ought to) )?${INFINITIVE}|is|are|gives|returns|equals|yields|becomes|evaluates to|results in)\\b`;
const SIGNS = "->|=>|→|={1,3}(?![=>])";
/** What else a call does that an example shows. */
const DOING = "(?:(?:should|shall|must|has to|is to|ought to) )?(?:raises?|throws?|prints?)\\b";

/** What says behind a call what it gives, a quote that closes around the call before it. */
const GIVES = new RegExp(`[\`'"]? {0,3}(?:${GIVING}|${SIGNS})`, "y");
const SHOWS = new RegExp(`[\`'"]? {0,3}(${DOING}|${GIVING}|${SIGNS})`, "y");
/** The same where it goes on with the call before: `and shall be 5`. */
const GOES_ON = new RegExp(`[\`'"]?,? and (?:also |it |at the same time )?(?:${GIVING}|${SIGNS})`, "y");
/** A figure, a text in quotes, a list of these, or a word for true, false and nothing; then the clause ends. */
const VALUE =
  / {0,3}`?(-?\d[\d_]{0,20}(?:\.\d{1,20})?(?![\w/%:]|[.,]\d)|"[^"\n]{0,90}"|'[^'\n]{0,90}'|\[(?:[^[\]\n]|\[[^[\]\n]{0,60}\]){0,120}\]|\b(?:true|false|True|False|None|null|nil)\b)(?=[`'"]?(?:\s*$|[.,;)]|\s+(?:and|while|so|as well|too)\b))/y;
/** A word that is a value. */
const VALUE_WORD = /^(?:true|false|True|False|None|null|nil|NaN|Infinity)$/;
/** The name of a call. */
const NAME = /[A-Za-z_$][\w$]{0,60}\(/g;

/** A call that a sentence says something of. */
export interface Saying {
  /** The call, as it stands there. */
  readonly call: string;
  /** Whether it is one of a function by its name alone, and not of what stands before a dot. */
  readonly isPlain: boolean;
  /** What it gives, as it stands there; null where that is told in other words. */
  readonly gives: string | null;
  /** Where the call begins, or where what goes on with the one before it does. */
  readonly from: number;
  /** Behind what is said of it. */
  readonly to: number;
}

/**
 * Finds what a text says that calls give: `f(2) is 4`, `` `f("a (b)")` should return "c" ``, `f((1, 2)) → 3`, `f(2) shall be 4 and shall be 5`.
 *
 * @param text a sentence
 * @returns what it says, in order
 */
export function sayingsOf(text: string): readonly Saying[] {
  const found: Saying[] = [];
  NAME.lastIndex = 0;
  for (let match = NAME.exec(text); match !== null; match = NAME.exec(text)) {
    const end = endOfBrackets(text, NAME.lastIndex - 1);
    const gives = end === null ? null : at(GIVES, text, end);
    if (end === null || gives === null) continue;
    const isPlain = !/[\w.$]/.test(text.charAt(match.index - 1));
    const call = text.slice(match.index, end);
    let to = end + gives[0].length;
    let value = at(VALUE, text, to);
    found.push({ call, isPlain, gives: value?.[1] ?? null, from: match.index, to: to += value?.[0].length ?? 0 });
    while (value !== null) {
      const more = at(GOES_ON, text, to);
      value = more === null ? null : at(VALUE, text, to + more[0].length);
      if (more === null || value === null) break;
      found.push({ call, isPlain, gives: value[1]!, from: to, to: to += more[0].length + value[0].length });
    }
    NAME.lastIndex = to;
  }
  return found;
}

/**
 * Tells whether a text shows by a call what is wished: what it gives, prints, or fails with.
 *
 * @param text a sentence
 */
export function showsCall(text: string): boolean {
  return text.matchAll(NAME).some((match) => {
    const end = endOfBrackets(text, match.index + match[0].length - 1);
    return end !== null && at(SHOWS, text, end) !== null;
  });
}

/** Whether what stands in the brackets of a call are names alone, and no values: `median(values) gives the middle` can be taken by no test. */
export function isSignature(inside: string): boolean {
  const names = inside.split(",").map((one) => one.trim());
  return names.every((name) => /^[A-Za-z_$][\w$]*$/.test(name) && !VALUE_WORD.test(name));
}

/**
 * Finds what stands behind a call and says what it gives or prints.
 *
 * @param text a sentence
 * @param index behind the bracket that closes the call
 * @returns the words with what is before them, and the words; null where there are none
 */
export function relationAt(text: string, index: number): readonly [all: string, words: string] | null {
  const match = at(SHOWS, text, index);
  return match === null ? null : [match[0], match[1]!];
}

/**
 * Finds where a bracket is closed again: brackets in texts in quotes do not count, nor does a quote that none closes.
 *
 * @param text a sentence
 * @param open where the bracket stands
 * @returns behind the one that closes it; null where none does on its line, or only far behind
 */
export function endOfBrackets(text: string, open: number): number | null {
  let depth = 0;
  const line = text.slice(open, open + MOST_ARGUMENTS + 2).split("\n", 1)[0]!;
  for (let index = 0; index < line.length; index += 1) {
    const sign = line[index]!;
    if (/["'`]/.test(sign)) index = Math.max(index, line.indexOf(sign, index + 1));
    else if (sign === "(") depth += 1;
    else if (sign === ")") depth -= 1;
    if (depth === 0) return open + index + 1;
  }
  return null;
}

/** What a sticky pattern finds at a place. */
function at(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}
