import type { FailureClass } from "../../kernel/failure.ts";

/** A failure with its text. */
export interface Failure {
  readonly at: number;
  readonly where: string;
  readonly failure: FailureClass | "no_call" | "refuted" | "empty" | "failed" | "refused";
  readonly text: string;
}

/** Something that a role did wrong, as often as it did so without a success in between. */
export interface Slip {
  /** `call`: no legal call was read; `text`: not the text that was asked for; else the tool that failed. */
  readonly kind: string;
  /** Tool that was meant; null where nobody can tell. */
  readonly tool: string | null;
  /** What was written, bounded. */
  readonly wrong: string;
  /** Why it was wrong, bounded. */
  readonly fault: string;
  readonly count: number;
}

/** Slips by role. */
export type SlipsSlice = Readonly<Record<string, readonly Slip[]>>;
