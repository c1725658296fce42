import { type AnyIntent, refused } from "../kernel/granted.ts";
import { wish as wishOf } from "../kernel/wish.ts";
import type { Granted } from "./feature.ts";
import { FEATURES } from "./features.ts";
import type { Intent } from "./intent.ts";
import type { RunFeature } from "./registry.ts";
import type { State } from "./state.ts";

/**
 * Says what a person's wish warrants: facts to be committed, or a sentence why there are none.
 *
 * @param features who may know the wish
 */
export function wish(state: State, intent: Intent | AnyIntent, features: readonly RunFeature[] = FEATURES): Granted {
  if (state.run.info === null) return refused("There is no run yet.");
  if (state.run.ending !== null) return refused("The run has ended.");
  return wishOf(features, state, intent);
}
