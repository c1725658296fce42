import type { AnyEffect } from "./effects.ts";
import type { AnyFact } from "./fact.ts";

/** What a run owes now. Facts come first: they need no world, and what is due after them may be something else. */
export interface Due<F extends AnyFact = AnyFact, E extends AnyEffect = AnyEffect> {
  /** Consequences that need no world, to be committed at once. */
  readonly facts: readonly F[];
  /** Effects to open and perform; empty while there are facts. */
  readonly effects: readonly E[];
  /** Keys of open effects that nobody waits for any more. */
  readonly cancel: readonly string[];
  /** When time alone changes what is due, ms; null when it does not. */
  readonly wakeAt: number | null;
  /** Whether all that comes later in the order waits: for a person, for trust, for the first checks. */
  readonly waits?: boolean;
}

/** Nothing is due. */
export const NOTHING: Due<never, never> = { facts: [], effects: [], cancel: [], wakeAt: null };

/** Nothing is due here, nor in what comes later in the order. */
export const WAITING: Due<never, never> = { ...NOTHING, waits: true };

/** Only facts are due. */
export function facts<F extends AnyFact>(...due: readonly F[]): Due<F, never> {
  return { ...NOTHING, facts: due };
}

/** Only effects are due. */
export function effects<E extends AnyEffect>(...due: readonly E[]): Due<never, E> {
  return { ...NOTHING, effects: due };
}

/** The earlier of two moments; null is never. */
export function earliest(one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : Math.min(one, other);
}
