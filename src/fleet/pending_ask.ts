import type { CrewRole } from "./choices.ts";

/** An ask that waits for a host. */
export interface PendingAsk extends CrewRole {
  readonly key: string;
  /** When it began to wait, ms. */
  readonly since: number;
  /** Model to be passed over where there is another one. */
  readonly not?: string;
  readonly userNamed: boolean;
  /** Host that just failed this ask: any other one is better. */
  readonly avoid?: string;
  /** Whether its role is at work already: a wanted model with a free slot is better than a better one without. */
  readonly isBeside?: boolean;
  /** Thread and turn that it goes on with: where their last prompt was read, the beginning of this one may be there still. */
  readonly thread?: string;
  readonly turn?: string | null;
  /** Tokens of its prompt, about; absent where nobody knows. */
  readonly promptTokens?: number;
  /** Tokens that asks of its role are answered with, on average; absent before the first. */
  readonly answerTokens?: number;
}
