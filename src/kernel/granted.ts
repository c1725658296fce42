import type { AnyFact } from "./fact.ts";

/** What a person wants, as the kernel sees it: its kind says which feature it is about. */
export interface AnyIntent {
  readonly kind: string;
}

/** What a wish warrants: facts, or a sentence why there are none. */
export type Granted<F extends AnyFact = AnyFact> = { readonly facts: readonly F[] } | { readonly refused: string };

/** The wish is granted: these facts follow. */
export function granted<F extends AnyFact>(...facts: readonly F[]): Granted<F> {
  return { facts };
}

/** The wish is refused, for a reason that a person reads. */
export function refused(reason: string): Granted<never> {
  return { refused: reason };
}
