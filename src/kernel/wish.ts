import type { AnyEffect } from "./effects.ts";
import type { AnyFact } from "./fact.ts";
import type { AnyFeature } from "./feature.ts";
import type { AnyIntent, Granted } from "./granted.ts";

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
