import type * as z from "zod";
import type { AnyEffect } from "./effects.ts";
import type { AnyFact, Place } from "./fact.ts";
import type { Due } from "./owed.ts";
import type { Granted } from "./granted.ts";
import type { Tell } from "./told.ts";

/** What a slice becomes by a fact. It is shown the state before the fact, and no other slice after it. */
export type Handler<Own, F, S> = (own: Own, fact: F & Place, before: S) => Own;

/** Handlers by type of fact. */
export type Handlers<Own, F extends AnyFact, S> = {
  readonly [Type in F["type"]]?: Handler<Own, Extract<F, { readonly type: Type }>, S>;
};

/** What a feature is beside its slice: the same for every feature. */
interface Part<S, R, F extends AnyFact, E extends AnyEffect> {
  /** Unique; the name of its slice of the state. */
  readonly name: string;
  /** Schemas of the facts that are its own, by type, without `type` itself. */
  readonly facts?: Readonly<Record<string, z.ZodType>>;
  /** How they are told, by type; one that is left out is told by its name alone. */
  readonly tell?: Tell;
  /** What it owes the world now; asked in the order of the registry. */
  due?(state: S, registry: R, now: number): Due<F, E>;
  /** What a person may wish of it, by kind of intent, and which facts that warrants. */
  readonly wishes?: Readonly<Record<string, (state: S, intent: never) => Granted<F>>>;
}

/**
 * One thing that can go on in a run, whole in one place: its facts, what it remembers of them, what it owes, what a person may wish of it.
 * `S` is the state, `R` the registry, `F` the facts that it hears and owes, `E` the effects that it wants opened.
 */
export interface Feature<Own, S, R, F extends AnyFact, E extends AnyEffect> extends Part<S, R, F, E> {
  /** Its slice before the first fact; absent where it keeps none. */
  readonly empty?: Own;
  /** What its slice becomes, by type of fact. */
  readonly on?: Handlers<Own, F, S>;
  /** What its slice becomes by any fact at all: for what depends on time alone. */
  readonly each?: Handler<Own, AnyFact, S>;
}

/** A feature whose slice is nobody else's business: how a registry holds it. */
export interface AnyFeature<S, R, F extends AnyFact, E extends AnyEffect> extends Part<S, R, F, E> {
  readonly empty?: unknown;
  readonly on?: Readonly<Record<string, ((own: never, fact: never, before: S) => unknown) | undefined>>;
  readonly each?: (own: never, fact: AnyFact & Place, before: S) => unknown;
}
