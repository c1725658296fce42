/** What the new tests of a run say of the code before it. */
export interface Flips {
  /** Names the tests and their contents, so that it is known whether they are still these. */
  readonly of: string;
  /** Results that fail on the old code, or on code that does nothing, and pass on the new. */
  readonly flips: readonly string[];
  /** Results that pass on both: they show nothing of the work. */
  readonly same: readonly string[];
  /** The tests, for the person who shall say whether they are what was wanted. */
  readonly shown: string;
  /** Whether they were tried on code that does nothing, since tests alone were wished for. */
  readonly isHollow: boolean;
}

/** Says of flips where the tests failed: a clause that goes on behind `fail` or `failed`. */
export function whereTheyFail(flips: Flips | null): string {
  return flips?.isHollow === true ? "where what they test does nothing" : "before the work";
}

/** A source that takes hold of its own test runner. */
export interface Holding {
  readonly path: string;
  /** Hash of its content. */
  readonly hash: string;
  /** The line by which it does. */
  readonly line: string;
}

/** What shows the work beside the checks that failed when the run began. */
export interface EvidenceSlice {
  /** Hash of each test that this run made, by path. */
  readonly tests: Readonly<Record<string, string>>;
  /** Sources that take hold of their own test runner, or of its process, and did not when the run began. */
  readonly holding: readonly Holding[];
  /** Hash of each test that was there and in which names alone changed that the goal renames, by path. */
  readonly renamed: Readonly<Record<string, string>>;
  readonly flips: Flips | null;
  /** Tests and sources as they were when an attempt began that is open: they are so again once it is taken back. */
  readonly before: Readonly<Record<string, Pick<EvidenceSlice, "tests" | "holding" | "renamed">>>;
  /** What the person agreed to, and what they did not, each as {@link shownBy} names it; null while nobody was asked. */
  readonly answer: { readonly of: string; readonly agreed: boolean } | null;
  /** Whether the person said yes ahead to new tests that tell the old code from the new. */
  readonly ahead: boolean;
}

/** Names tests and their contents. */
export function namesOf(tests: EvidenceSlice["tests"]): string {
  return Object.entries(tests).map((one) => one.join(" ")).sort().join("\n");
}

/** What the tests say that stand now; null where nobody looked, or they changed since. */
export function flipsNow({ flips, tests }: EvidenceSlice): Flips | null {
  return flips !== null && flips.of === namesOf(tests) ? flips : null;
}
