import type { AnyEffect } from "./effects.ts";
import type { AnyFact } from "./fact.ts";
import type { AnyFeature } from "./feature.ts";

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

/**
 * Says what a person's wish warrants: the feature that knows its kind decides.
 *
 * @throws where no feature knows the kind: that is a fault of the program, not of the person
 */
export function wish<S, R, F extends AnyFact, E extends AnyEffect>(
  features: readonly AnyFeature<S, R, F, E>[],
  state: S,
  intent: AnyIntent,
): Granted<F> {
  for (const { wishes } of features) {
    if (wishes !== undefined && Object.hasOwn(wishes, intent.kind)) return wishes[intent.kind]!(state, intent as never);
  }
  throw new Error(`No feature knows the wish "${intent.kind}".`);
}
