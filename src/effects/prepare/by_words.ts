/** Letters of a word from which it says something. */
const LEAST_LETTERS = 4;
/** Endings by which forms of one word differ. */
const ENDINGS = /(?:ing|es|ed|s)$/;
/** Words of code: what stands in a name side by side is read as several. */
const CODE_WORD = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g;

/**
 * Ranks sources by the words that a wish shares with them: what few of them hold tells them apart better than what all of them do.
 *
 * @param wish in words
 * @param texts of sources, by path
 * @returns those that share any, the likeliest first, and as they came where they are alike
 */
export function byWords(wish: string, texts: ReadonlyMap<string, string>): readonly string[] {
  const said = wordsIn(wish);
  const held = [...texts].map(([path, text]) => ({ path, words: wordsIn(text) }));
  const weights = new Map([...said].map((word) => {
    const count = held.filter(({ words }) => words.has(word)).length;
    return [word, count === 0 ? 0 : Math.log(1 + held.length / count)];
  }));
  return held
    .map(({ path, words }) => ({
      path,
      score: [...weights].reduce((sum, [word, weight]) => words.has(word) ? sum + weight : sum, 0),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ path }) => path);
}

function wordsIn(text: string): ReadonlySet<string> {
  const words = (text.match(CODE_WORD) ?? []).map((word) => word.toLowerCase().replace(ENDINGS, ""));
  return new Set(words.filter((word) => word.length >= LEAST_LETTERS));
}
