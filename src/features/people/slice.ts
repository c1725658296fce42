import type { Text } from "../../kernel/text.ts";

/** A question to the person that is open. */
export interface Question {
  readonly id: string;
  readonly kind: "trust" | "call" | "plugin" | "input";
  readonly text: string;
  readonly context: string;
  readonly turn: string | null;
  readonly at: number;
  /** All that the call would write or run, or the difference of the plugin; absent where nothing more is known than the question says. */
  readonly shows?: Text;
  /** Words that count as the answer where the person agrees, and that they may edit; absent where nothing is proposed. */
  readonly proposes?: string;
}

/** What the person was asked, said and did. */
export interface PeopleSlice {
  readonly trusted: boolean;
  /** What waits for the trust, in sentences for the person; absent where nothing does. */
  readonly waits?: string;
  /** Whether a person refused the trust. */
  readonly denied: boolean;
  readonly questions: readonly Question[];
  /** Last words of the person, seen by the arbiter or not. */
  readonly said: readonly string[];
  /** Seq of the last fact that a person caused. */
  readonly seq: number;
}
