import { say, type SentenceKey, type Wording } from "../sentences/say.ts";

/** What a review asks of changes of a kind, and how the kind shows in the added and removed lines. */
const QUESTIONS: readonly { readonly shows: RegExp; readonly question: SentenceKey }[] = [
  {
    shows: /^[+-](?:[^\S\n]*(?:import\b|from[^\S\n]+\S+[^\S\n]+import\b|use\s|#include\b)|.*\brequire\()/m,
    question: "turn.questions_imports",
  },
  {
    shows: /^-[^\S\n]*(?:export\b|pub\b|def\s+\w+|func\s+[A-Z]|public\b).*$/m,
    question: "turn.questions_public",
  },
  {
    shows: /^\+.*\b(?:await|async|Promise|go func|spawn|thread)\b/m,
    question: "turn.questions_asynchronous",
  },
  {
    shows: /^\+.*\b(?:throw|raise|catch|except|panic|unwrap|Err\()/m,
    question: "turn.questions_errors",
  },
  {
    shows: /^\+.*(?:\[[^[\]\n]*[+-]\s*1\]|<=|>=|\bslice\(|\brange\(|\.length\b|\blen\()/m,
    question: "turn.questions_bounds",
  },
  {
    shows: /^\+.*(?:\/[^/\s][^/]*\/[gimsuy]*[.,)]|\bRegExp\(|\bre\.(?:compile|match|sub)\()/m,
    question: "turn.questions_pattern",
  },
  {
    shows: /^-[^\S\n]*(?:test\(|it\(|def test_|#\[test\]|assert|expect\()/m,
    question: "turn.questions_tests",
  },
];

/**
 * Chooses what a review looks at: only questions that these changes can raise.
 *
 * @param difference the changes as a unified difference
 * @returns questions, at most four
 */
export function reviewQuestions(difference: string, from: Wording): string[] {
  return QUESTIONS.filter(({ shows }) => shows.test(difference)).slice(0, 4).map(({ question }) => say(from, question));
}
