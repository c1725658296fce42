/** How much can be at work at once. */
export interface SeatsSlice {
  /** Attempts that the hosts can serve at the same time. */
  readonly open: number;
}
