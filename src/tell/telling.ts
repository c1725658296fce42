import type { Known } from "../features/known.ts";
import type { Kinds } from "../features/registry.ts";
import type { AnyFact, Stamped } from "../kernel/fact.ts";
import { plainName } from "../kernel/say.ts";
import type { Entry, Part, Row, Told } from "../kernel/told.ts";
import { effectFactsTold } from "./effect_facts.ts";
import { jsonLine, membersOf } from "./json_line.ts";

/** Tells facts of any type, each place of telling by one function. */
export interface Telling {
  /** Says a fact as a line of JSON, with a closing line break. Its names stay the same when the facts' own form changes. */
  json(fact: Stamped, known: Known): string;
  /** Says a fact as calm lines of progress without closing line breaks; most facts say nothing. */
  lines(fact: Stamped, known: Known): readonly string[];
  /** What a fact adds to threads. */
  entries(fact: Stamped, known: Known): readonly Entry[];
  /** What a fact adds to what is shown of the run; null for nothing. */
  row(fact: Stamped, known: Known): Row | null;
  /** What a fact adds to what is shown of turns, decisions, messages and effects. */
  parts(fact: Stamped, known: Known): readonly Part[];
}

/** A fact of a type that nobody tells is told by its name. */
const BY_NAME: Told<AnyFact, Known> = {
  json: [],
  lines: ({ type }) => [plainName(type)],
  row: ({ type }) => ({ section: "Also", id: type, cells: [plainName(type)] }),
};

/**
 * Joins how all facts are told: by their features, and by the kinds of their effects.
 *
 * @param kinds features and kinds of effects
 */
export function tellingOf({ features, effects }: Pick<Kinds, "features" | "effects">): Telling {
  const own = [effectFactsTold(effects), ...features.map(({ tell = {} }) => tell)];
  const byType = new Map(own.flatMap((tell) => Object.entries(tell)));
  // A row is only asked of facts of its own type.
  const told = ({ type }: AnyFact) => (byType.get(type) ?? BY_NAME) as unknown as Told<AnyFact, Known>;
  return {
    json(fact, known) {
      const { type = fact.type.replace("_", "."), ...rest } = membersOf(fact, told(fact).json, known);
      return jsonLine({ type: String(type), seq: fact.seq, at: new Date(fact.at).toISOString(), ...rest });
    },
    lines: (fact, known) => told(fact).lines?.(fact, known) ?? [],
    entries: (fact, known) => told(fact).entries?.(fact, known) ?? [],
    row: (fact, known) => told(fact).row?.(fact, known) ?? null,
    parts: (fact, known) => told(fact).parts?.(fact, known) ?? [],
  };
}
