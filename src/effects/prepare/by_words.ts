/** Letters of a word from which it says something. */
const LEAST_LETTERS = 4;
/** Endings by which forms of one word differ: of several things, then of what is done. */
const PLURAL = /(?:es|(?<!s)s)$/;
const ENDING = /(?:ing|ed|e)$/;
/** Words that stand in any text. */
const PLAIN =
  /^(?:this|that|these|those|with|from|into|when|then|than|them|they|their|there|which|what|where|while|have|has|been|must|shall|should|will|would|could|only|also|more|most|many|some|each|every|other|given|gives|give|return|returns|value|values|name|names|text|list|lists|print|prints|write|writes|read|reads|make|makes|show|shows|null|true|false|none|string|number|export|import|function|const|class|self|func|type|error)$/;
/** Words that a source has to share: one may stand anywhere. */
const LEAST_SHARED = 2;
/** Characters of a text in which words are looked for: what a source is about it says early. */
const MOST_CHARS = 40_000;
/** Words of code: what stands in a name side by side is read as several. */
const CODE_WORD = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g;

/**
 * Ranks sources by the words that a wish shares with them: what few of them hold tells them apart better than what all of them do.
 *
 * @param wish in words
 * @param texts of sources, by path
 * @returns those that share more than one, the likeliest first, and as they came where they are alike
 */
export function byWords(wish: string, texts: ReadonlyMap<string, string>): readonly string[] {
  const said = wordsIn(wish);
  const held = [...texts].map(([path, text]) => ({ path, words: wordsIn(text) }));
  const weights = new Map([...said].map((word) => {
    const count = held.filter(({ words }) => words.has(word)).length;
    return [word, count === 0 ? 0 : Math.log(1 + held.length / count)];
  }));
  return held
    .filter(({ words }) => [...said].filter((word) => words.has(word)).length >= LEAST_SHARED)
    .map(({ path, words }) => ({
      path,
      score: [...weights].reduce((sum, [word, weight]) => words.has(word) ? sum + weight : sum, 0),
    }))
    .toSorted((one, other) => other.score - one.score)
    .map(({ path }) => path);
}

function wordsIn(text: string): ReadonlySet<string> {
  const words = (text.slice(0, MOST_CHARS).match(CODE_WORD) ?? []).map((word) => word.toLowerCase());
  const telling = words.filter((word) => word.length >= LEAST_LETTERS && !PLAIN.test(word));
  return new Set(telling.map((word) => word.replace(PLURAL, "").replace(ENDING, "")));
}
