/** Something that happened, as the kernel sees it: its type says which feature it belongs to. */
export interface AnyFact {
  readonly type: string;
}

/** Place and time that the journal gives a fact. */
export interface Place {
  /** Counted from 1. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A fact with its place and time. */
export type Stamped<F extends AnyFact = AnyFact> = F & Place;
