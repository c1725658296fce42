/** What a review asks of changes of a kind, and how the kind shows in the added and removed lines. */
const QUESTIONS: readonly { readonly shows: RegExp; readonly question: string }[] = [
  {
    shows: /^[+-]\s*(?:import\b|from\s+\S+\s+import\b|use\s|#include\b|.*\brequire\()/m,
    question: "Imports: is each imported name there, and used?",
  },
  {
    shows: /^-\s*(?:export\b|pub\b|def\s+\w+|func\s+[A-Z]|public\b).*$/m,
    question: "A public name or its parameters changed: do its callers still fit?",
  },
  {
    shows: /^\+.*\b(?:await|async|Promise|go func|spawn|thread)\b/m,
    question: "Is every asynchronous call awaited, and its error handled?",
  },
  {
    shows: /^\+.*\b(?:throw|raise|catch|except|panic|unwrap|Err\()/m,
    question: "Errors: is the right one raised, and none swallowed?",
  },
  {
    shows: /^\+.*(?:\[[^\]]*[+-]\s*1\]|<=|>=|\bslice\(|\brange\(|\.length\b|\blen\()/m,
    question: "Bounds: what happens with an empty input, the first and the last element?",
  },
  {
    shows: /^\+.*(?:\/[^/\s][^/]*\/[gimsuy]*[.,)]|\bRegExp\(|\bre\.(?:compile|match|sub)\()/m,
    question: "The pattern: does it match what it should and nothing else?",
  },
  {
    shows: /^-\s*(?:test\(|it\(|def test_|#\[test\]|assert|expect\()/m,
    question: "A test or an assertion was removed: why?",
  },
];

/**
 * Chooses what a review looks at: only questions that these changes can raise.
 *
 * @param difference the changes as a unified difference
 * @returns questions, at most four
 */
export function reviewQuestions(difference: string): string[] {
  return QUESTIONS.filter(({ shows }) => shows.test(difference)).map(({ question }) => question).slice(0, 4);
}
