import type { AnyFact, Place } from "./fact.ts";
import type { Text } from "./text.ts";

/** Members of a line of JSON, in order. */
export type Members = Readonly<Record<string, unknown>>;

/** A piece of a thread, as it is scrolled back to. */
export interface Entry {
  /** Whose thread. */
  readonly role: string;
  readonly kind: "message" | "model" | "call" | "result" | "failure" | "decision" | "outcome" | "application";
  /** Turn it belongs to, or decision for the arbiter; null for neither. */
  readonly of: string | null;
  /** A few words: sender, tool name, decision name. */
  readonly title: string;
  readonly text: string;
}

/** A row in a section of what is shown of a run. */
export interface Row {
  /** Title of the section. */
  readonly section: string;
  /** Unique in its section: a later fact may go on with the row of an earlier one. Absent: a row of its own. */
  readonly id?: string;
  /** Cells; an empty one leaves what stood there before. */
  readonly cells: readonly string[];
  /** The line below it. */
  readonly below?: string;
}

/** Where texts stand that facts only name. */
export interface Texts {
  /** Reads the whole of a text. */
  whole(text: Text): string;
  /** Reads what is stored under a hash; null where there is nothing. */
  stored(hash: string): string | null;
}

/** A part of what is shown of a turn, a decision, a message or an effect. */
export interface Part {
  /** Ids of what it is shown for. */
  readonly of: readonly string[];
  /** What is said, without a closing line break; where that reads long texts, what says it where it is wanted. */
  readonly text: string | ((texts: Texts) => string);
}

/** Members of a line of JSON: names of a thing's own members, as they stand, or what makes others of them. */
export type Json<T, K> = readonly (keyof T & string)[] | ((thing: T, known: K) => Members);

/**
 * How a type of fact is told, in each place where facts are. What is absent says nothing there. `F` is the fact, `K` what is known of what it
 * names only by an id.
 */
export interface Told<F extends AnyFact, K> {
  /** Its line of JSON; a member `type` replaces its name. */
  readonly json: Json<F & Place, K>;
  /** Calm lines of progress, for people who look on. */
  readonly lines?: (fact: F & Place, known: K) => readonly string[];
  readonly entries?: (fact: F & Place, known: K) => readonly Entry[];
  readonly row?: (fact: F & Place, known: K) => Row | null;
  readonly parts?: (fact: F & Place, known: K) => readonly Part[];
}

/** How facts are told, by type. */
export type Tell = Readonly<Record<string, Told<never, never>>>;

/** How effects of a kind are told: `E` is the effect, `R` what it gives, `O` what is known of it when it is over. */
export interface ToldEffect<E, R, O, K> {
  /** The line of JSON of its beginning. */
  readonly started: Json<E, K>;
  /** The line of JSON of its end, behind its key. */
  readonly finished: Json<R, K>;
  readonly lines?: (result: R) => readonly string[];
  /** Entries of its beginning. */
  readonly begins?: (effect: E, known: K) => readonly Entry[];
  /** Entries of its end. */
  readonly entries?: (result: R, opened: O) => readonly Entry[];
  readonly row?: (result: R, opened: O) => Row | null;
  /** Its end in what is shown of its turn, decision or message. */
  readonly text?: (result: R, opened: O, texts: Texts) => string;
}

/** Takes some members of a thing, in this order. */
export function pick<T extends object>(thing: T, ...names: readonly (keyof T & string)[]): Members {
  return Object.fromEntries(names.map((name) => [name, thing[name]]));
}
