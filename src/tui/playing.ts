/** How far a stored run is played. */
export interface Playing {
  /** Facts that were played, of how many. */
  readonly at: number;
  readonly of: number;
  /** Whether it goes on by itself. */
  readonly goesOn: boolean;
  /** Times as fast as it went. */
  readonly speed: number;
  /** What happened last, in a line. */
  readonly says: string;
}

/** What a person wants of a run that is played: to go on or stand still, one thing that happened further or back, the decision after or before, its begin or end, faster or slower. */
export type PlayWish =
  | "turn"
  | "step"
  | "step_back"
  | "decision"
  | "decision_back"
  | "begin"
  | "end"
  | "faster"
  | "slower";
