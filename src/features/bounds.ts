/** Numbers that keep a run finite; one place, all in configuration. */
export interface Bounds {
  /** Attempts at a task within one decision. */
  readonly attempts: number;
  /** Asks of a model in one turn. */
  readonly steps: number;
  /** Times the same decision may be made under one fingerprint. */
  readonly repeats: number;
  /** Arbiter turns without a new fingerprint before the rules drive. */
  readonly stale: number;
  /** Plans of a run. */
  readonly plans: number;
  /** Tasks of a run. */
  readonly tasks: number;
  /** Reviews of a run. */
  readonly reviews: number;
  /** Depth to which specialists may ask each other. */
  readonly depth: number;
  /** Tries of an ask whose host or model failed. */
  readonly tries: number;
  /** Attempts at work at the same time, as far as hosts have slots. */
  readonly seats: number;
}

/** Bounds where configuration says nothing. */
export const DEFAULT_BOUNDS: Bounds = {
  attempts: 5,
  steps: 24,
  repeats: 2,
  stale: 6,
  plans: 3,
  tasks: 30,
  reviews: 3,
  depth: 2,
  tries: 3,
  seats: 4,
};
