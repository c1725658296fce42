/** One row of the report: a value, what it was held against in the same run, and the bound that it has to keep. */
export interface Figure {
  /** What was measured, with its unit. */
  readonly what: string;
  /** The measured value with its unit. */
  readonly value: string;
  /** What it is held against, measured in the same run; empty where the bound is absolute. */
  readonly baseline: string;
  /** The number that the bound is about. */
  readonly ratio: number;
  /** Words of the bound, such as `≤ 4×`. */
  readonly bound: string;
  /** Whether `ratio` keeps the bound; null where there is none and the row is there for comparison. */
  readonly met: boolean | null;
}

/**
 * Finds the middle of some numbers.
 *
 * @param numbers at least one number
 * @returns the median
 */
export function median(numbers: readonly number[]): number {
  return percentile(numbers, 0.5);
}

/**
 * Finds the number below which a share of all numbers lies.
 *
 * @param numbers at least one number
 * @param share from 0 to 1
 * @returns the number at that place of the sorted list (nearest rank)
 */
export function percentile(numbers: readonly number[], share: number): number {
  if (numbers.length === 0) throw new Error("nothing was measured, so there is no percentile");
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!;
}
