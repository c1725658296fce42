/** One test case as a check's output shows it; skipped ones are not shown. */
export interface CaseResult {
  /** Name within the check. */
  readonly name: string;
  readonly passed: boolean;
  /** What the output says of this failure; empty when it passed. */
  readonly evidence: string;
}

/** What could be read from a check's output. */
export interface Reading {
  readonly cases: readonly CaseResult[];
  /** What kept test files from being run at all, such as a syntax error or a missing import, each as text. */
  readonly broken: readonly string[];
}

/**
 * Reads the output of one kind of test runner. Pure: the output comes without colours, and paths of the project in it are
 * relative.
 */
export type CheckReader = (output: string) => Reading;
