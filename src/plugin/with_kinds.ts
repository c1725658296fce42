import type { EffectKind } from "../effects/effect_kind.ts";
import { broughtBy } from "../features/brought_by.ts";
import type { Kinds } from "../features/registry.ts";

/** Kinds that are added to others. */
export type AddedKinds = Partial<Kinds<EffectKind>>;

/**
 * Adds kinds to those that there are: features, decisions and phases after them, strategies before them, since the first that fits is asked.
 * What an added kind brings to remember its outcome by is a feature like the others.
 *
 * @throws where a name is taken, and where an ask stands in the table by another word than its purpose; all faults in one message
 */
export function withKinds(kinds: Kinds<EffectKind>, added: AddedKinds): Kinds<EffectKind> {
  const { features = [], effects = {}, asks = {}, decisions = [], phases = [], strategies = [], languages = {} } =
    added;
  const joined: Kinds<EffectKind> = {
    features: [...kinds.features, ...new Set([...features, ...broughtBy(added)])],
    effects: { ...kinds.effects, ...effects },
    asks: { ...kinds.asks, ...asks },
    decisions: [...kinds.decisions, ...decisions],
    phases: [...kinds.phases, ...phases],
    strategies: [...strategies, ...kinds.strategies],
    languages: { ...kinds.languages, ...languages },
  };
  const faults = [
    ...twice("feature", joined.features.map(({ name }) => name)),
    ...twice("fact", joined.features.flatMap(({ facts }) => Object.keys(facts ?? {}))),
    ...twice("effect", [...Object.keys(kinds.effects), ...Object.keys(effects)]),
    ...twice("ask", [...Object.keys(kinds.asks), ...Object.keys(asks)]),
    ...twice("decision", joined.decisions.map(({ name }) => name)),
    ...twice("phase", joined.phases.map(({ phase }) => phase)),
    ...twice("strategy", joined.strategies.map(({ name }) => name)),
    ...twice("language", [...Object.keys(kinds.languages), ...Object.keys(languages)]),
    ...Object.entries(asks).filter(([word, { purpose }]) => word !== purpose)
      .map(([word, { purpose }]) => `The ask "${word}" has the purpose "${purpose}": add it by that word.`),
  ];
  if (faults.length > 0) throw new Error(faults.join(" "));
  return joined;
}

/** A sentence for each name that more than one of a table has. */
function twice(what: string, names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
    .map((name) =>
      `There is ${/^[ae]/.test(what) ? "an" : "a"} ${what} called "${name}" already: give the added one another name.`
    );
}
