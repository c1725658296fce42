import type { CheckFact } from "../../effects/check/check_effect.ts";

/** What the project's checks said. */
export interface ChecksSlice {
  /** Results when the run started; null while none were taken. */
  readonly first: readonly CheckFact[] | null;
  readonly latest: readonly CheckFact[] | null;
  /** What results have in common whose names differed each time before any work. */
  readonly changing: readonly string[];
  /** How many passed in each of the last rounds that say how the project stands, the oldest first. */
  readonly course: readonly { readonly passed: number; readonly of: number }[];
  /** Whether something was written since `latest`. */
  readonly stale: boolean;
  readonly commands: readonly string[];
  /** How long a round takes. */
  readonly ms: number;
}

/** Results that fail, of a list of results. */
export function failing(results: readonly CheckFact[] | null): readonly CheckFact[] {
  return (results ?? []).filter((result) => !result.passed);
}
