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

/** What became of the messages from one role to another, as they were sent. */
export interface PairStatistics {
  readonly sent: number;
  /** Whose text was changed on the way, by a person or the arbiter. */
  readonly modified: number;
  readonly redirected: number;
  /** Sent back with a question. */
  readonly clarified: number;
  readonly dropped: number;
  readonly answered: number;
  /** Tokens of the texts that came into a prompt, as estimated. */
  readonly tokens: number;
}

/** Statistics of a run: a fold of its facts. */
export interface Statistics {
  /** By `role model`. */
  readonly asks: Readonly<Record<string, AskStatistics>>;
  readonly messages: Readonly<
    Record<"sent" | "reviewed" | "modified" | "redirected" | "clarified" | "dropped" | "answered", number>
  >;
  /** By `sender receiver`: what became of the messages between two roles. */
  readonly pairs: Readonly<Record<string, PairStatistics>>;
  /** By decision name. */
  readonly decisions: Readonly<
    Record<string, { readonly made: number; readonly succeeded: number; readonly failed: number }>
  >;
  readonly tools: Readonly<Record<string, { readonly finished: number; readonly failed: number }>>;
}
