import type { Effect } from "../effects/effect.ts";
import type { AnyEffect, AnyResult } from "../kernel/effects.ts";
import type { AnyFact } from "../kernel/fact.ts";
import type { Feature } from "../kernel/feature.ts";
import type * as granted from "../kernel/granted.ts";
import type { Fact } from "./fact.ts";
import type { Registry, RunFeature } from "./registry.ts";
import type { State } from "./state.ts";

/** What a wish warrants. */
export type Granted = granted.Granted<Fact>;

/** A feature as the registry holds it, which finds its own slice in a state. */
export interface OwnFeature<Own> extends RunFeature {
  /** Its slice, also where {@link State} does not list it; the empty one where the run does not have this feature. */
  of(state: State): Own;
}

/** The facts that a feature hears of effects that only it knows. */
type EffectFacts<E extends AnyEffect, R extends AnyResult> =
  | ([E] extends [never] ? never : { readonly type: "effect_opened"; readonly effect: E })
  | ([R] extends [never] ? never : { readonly type: "effect_finished"; readonly key: string; readonly result: R });

/**
 * Gives a feature its types: the facts and effects that come with Autonomy, and those of its own: facts `F`, effects `E`, and what they
 * give, `R`.
 *
 * @returns the feature as the registry holds it
 */
export function defineFeature<
  Own,
  F extends AnyFact = never,
  E extends AnyEffect = never,
  R extends AnyResult = never,
>(
  feature: Feature<Own, State, Registry, Fact | F | EffectFacts<E, R>, Effect | E>,
): OwnFeature<Own> {
  const { name, empty } = feature;
  const of = (state: State) => (state as unknown as Readonly<Record<string, unknown>>)[name] ?? empty;
  return { ...feature, of } as unknown as OwnFeature<Own>;
}

/** A closing fact of an effect. */
export type Closing = Extract<
  Fact,
  { type: "effect_finished" | "effect_failed" | "effect_refused" | "effect_cancelled" | "effect_unknown" }
>;

/** An effect that did not finish. */
export type Failing = Exclude<Closing, { type: "effect_finished" }>;

/** Whether nobody learned anything from an effect that did not finish: what was due is due again. */
export function isCutShort(fact: Failing): boolean {
  return fact.type === "effect_cancelled" ||
    fact.type === "effect_failed" && (fact.failure === "interrupted" || fact.away === true);
}

/** What an effect that did not finish says, for who reads of it. */
export function causeOf(fact: Failing): string {
  switch (fact.type) {
    case "effect_failed":
    case "effect_unknown":
      return fact.text;
    case "effect_refused":
      return fact.reason;
    case "effect_cancelled":
      return `cancelled by ${fact.by}`;
  }
}

/**
 * Hears the four ways in which an effect does not finish by one handler.
 *
 * @param how what the slice becomes
 * @returns handlers for a feature's `on`
 */
export function onFailure<Own>(how: (own: Own, fact: Failing & { readonly at: number }, before: State) => Own) {
  return { effect_failed: how, effect_refused: how, effect_cancelled: how, effect_unknown: how };
}
