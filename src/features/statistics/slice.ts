/** What one role did on one model. */
export interface AskStatistics {
  readonly asks: number;
  /** Replies with a legal call read as it was written. */
  readonly right: number;
  /** Replies with a legal call that needed a repair. */
  readonly repaired: number;
  /** Replies without a legal call, and asks that failed. */
  readonly failed: number;
  /** How many of the last replies failed in a row. */
  readonly failedInARow: number;
  readonly promptTokens: number;
  readonly answerTokens: number;
  readonly ms: number;
}

/** Statistics of a run: a fold of its facts. */
export interface Statistics {
  /** By `role model`. */
  readonly asks: Readonly<Record<string, AskStatistics>>;
  readonly messages: Readonly<Record<"sent" | "reviewed" | "modified" | "redirected" | "dropped" | "answered", number>>;
  /** By decision name. */
  readonly decisions: Readonly<
    Record<string, { readonly made: number; readonly succeeded: number; readonly failed: number }>
  >;
  readonly tools: Readonly<Record<string, { readonly finished: number; readonly failed: number }>>;
}
