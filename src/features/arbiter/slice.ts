import type { Call } from "../../kernel/call.ts";
import type { Unread } from "../turns/slice.ts";

/** What the arbiter's own asking is up to. */
export interface ArbiterSlice {
  /** Asks in this turn of the arbiter, faults and failures counted. */
  readonly tries: number;
  /** Sentence about what was wrong with the last reply. */
  readonly fault: string | null;
  /** Its last reply, to be quoted. */
  readonly reply: string | null;
  /** Model to pass over at the next try. */
  readonly not: string | null;
  /** Its last reply, while the interpreter may read it; null when there is none. */
  readonly unread: Unread | null;
  /** Calls of a reply not decided on yet. */
  readonly calls: readonly Call[];
  /** Words of the person that stand in its present prompt. */
  readonly heard: readonly string[];
  /** Words of the person that it has not seen. */
  readonly words: readonly string[];
  /** Decisions in a row that it was asked for in vain. */
  readonly vain: number;
}

/** An arbiter that has not been asked. */
export const NOT_ASKED: Omit<ArbiterSlice, "words" | "vain"> = {
  tries: 0,
  fault: null,
  reply: null,
  not: null,
  unread: null,
  calls: [],
  heard: [],
};
