import * as z from "zod";
import type { Fact } from "./fact.ts";
import type { Kinds } from "./registry.ts";

/** Reads facts as they are written and as they stand in a journal: a journal of a run is opened with it. */
export interface FactParser {
  /**
   * Checks a fact in full, before it is written.
   *
   * @throws with the type of the fact, where no feature knows it or it is not of its form
   */
  validate(value: unknown): Fact;
  /**
   * Says what of a stored fact no kind of this program knows, such as `effect.kind "dance"`; null where all is known. Nothing else is looked
   * at, so that reading a long journal stays cheap: its values were checked when they were written.
   */
  unknownIn(fact: { readonly type: string }): string | null;
}

/** Whatever has a type. One for all facts: a schema is compiled when it is used first. */
const TypedFact = z.looseObject({ type: z.string() });

/** Makes the reader of the facts that some kinds know. */
export function factParser({ features, effects, asks, phases }: Kinds): FactParser {
  const schemas = new Map(features.flatMap(({ facts }) => Object.entries(facts ?? {})));
  const names = new Set(phases.map(({ phase }) => phase));
  // What is no word is no newer kind: the fact is damaged, which its check says.
  const told = (place: string, value: unknown) =>
    typeof value === "string" ? `${place} ${JSON.stringify(value)}` : null;
  const unknownIn = (fact: Readonly<Record<string, unknown>> & { readonly type: string }): string | null => {
    const { type, effect, result } = fact;
    if (!schemas.has(type)) return told("type", type);
    if (type === "phase_changed") return names.has(String(fact.phase)) ? null : told("phase", fact.phase);
    if (type === "effect_finished") {
      const { kind } = Object(result);
      return Object.hasOwn(effects, String(kind)) ? null : told("result.kind", kind);
    }
    if (type !== "effect_opened") return null;
    const { kind, purpose } = Object(effect);
    if (!Object.hasOwn(effects, String(kind))) return told("effect.kind", kind);
    return kind === "ask" && !Object.hasOwn(asks, String(purpose)) ? told("effect.purpose", purpose) : null;
  };
  return {
    unknownIn,
    validate(value) {
      const { type } = TypedFact.parse(value);
      const unknown = unknownIn(value as { readonly type: string });
      if (unknown !== null) throw new Error(`No kind of this program knows ${unknown}.`);
      const members = schemas.get(type)!.parse(value) as Record<string, unknown>;
      const fact: Record<string, unknown> = { type, ...members };
      if ("effect" in members) fact.effect = inner(effects, members.effect, "schema");
      if ("result" in members) fact.result = inner(effects, members.result, "result");
      return fact as unknown as Fact;
    },
  };
}

/** Checks an effect, or what one gave, by its kind. */
function inner(effects: Kinds["effects"], value: unknown, part: "schema" | "result"): unknown {
  const { kind } = value as { readonly kind: string };
  const schema = effects[kind]?.[part];
  if (schema === undefined) throw new Error(`No kind of effect knows a ${part} "${kind}".`);
  return schema.parse(value);
}
