import type { AnyEffect } from "./effects.ts";
import type { AnyFact, Stamped } from "./fact.ts";
import type { AnyFeature } from "./feature.ts";
import type { KernelState } from "./state.ts";

/** The fold of a set of features. */
export interface Folding<S extends KernelState> {
  /** The state before the first fact. */
  readonly empty: S;
  /** Says what is so after a fact: the fold that replay, resume and the live run share. */
  evolve(state: S, fact: Stamped<AnyFact>): S;
  /** Folds facts in their order, from a state on. */
  fold(facts: Iterable<Stamped<AnyFact>>, from: S): S;
}

type Hearing = (own: unknown, fact: AnyFact, before: unknown) => unknown;

interface Listener {
  readonly name: string;
  readonly hears: Hearing;
}

/**
 * Makes the fold of features: each slice is folded by its own feature alone, and reads of all else only what was so before the fact.
 *
 * @param features features with names of their own
 * @throws where two features keep a slice of one name
 */
export function folding<S extends KernelState, R, F extends AnyFact, E extends AnyEffect>(
  features: readonly AnyFeature<S, R, F, E>[],
): Folding<S> {
  const slices: Record<string, unknown> = { seq: 0, at: 0 };
  const byType = new Map<string, Listener[]>();
  const always: Listener[] = [];
  for (const { name, empty, on = {}, each } of features) {
    if (empty === undefined) continue;
    if (Object.hasOwn(slices, name)) throw new Error(`Two features keep a slice of the state called ${name}.`);
    slices[name] = empty;
    for (const [type, handler] of Object.entries(on)) {
      byType.set(type, [...byType.get(type) ?? [], { name, hears: handler as unknown as Hearing }]);
    }
    if (each !== undefined) always.push({ name, hears: each as unknown as Hearing });
  }
  const hearers = new Map([...byType].map(([type, hearing]) => [type, [...hearing, ...always]]));
  const evolve = (state: S, fact: Stamped<AnyFact>): S => {
    const next = { ...state, seq: fact.seq, at: fact.at } as unknown as Record<string, unknown>;
    for (const { name, hears } of hearers.get(fact.type) ?? always) {
      const own = next[name];
      const heard = hears(own, fact, state);
      // Most of who hears a fact changes nothing by it, and to write a slice costs more than to compare it.
      if (heard !== own) next[name] = heard;
    }
    return next as unknown as S;
  };
  return {
    // The slices are what the features of the table keep, which is what `S` says of them. An object that grew by so many names is a slow
    // hash table to V8, and so is each copy of it; copied once it is not.
    empty: { ...slices } as unknown as S,
    evolve,
    fold(facts, from) {
      let state = from;
      for (const fact of facts) state = evolve(state, fact);
      return state;
    },
  };
}
