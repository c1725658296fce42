import { z } from "zod";
import type { Fact } from "./fact.ts";
import type { Kinds } from "./registry.ts";

/** Reads facts as they are written and as they stand in a journal. */
export interface FactParser {
  /**
   * Checks a fact in full, before it is written.
   *
   * @throws with the type of the fact, where no feature knows it or it is not of its form
   */
  parse(value: unknown): Fact;
  /** Says what of a stored fact no kind of this program knows, `a fact "weather_changed"`; null where all is known. */
  unknownIn(fact: { readonly type: string }): string | null;
}

/** Makes the reader of the facts that some kinds know. */
export function factParser({ features, effects, asks }: Kinds): FactParser {
  const schemas = new Map(features.flatMap(({ facts }) => Object.entries(facts ?? {})));
  const effectOf = (fact: object) => "effect" in fact ? fact.effect as Readonly<Record<string, unknown>> : null;
  const unknownIn = (fact: { readonly type: string }): string | null => {
    if (!schemas.has(fact.type)) return `a fact "${fact.type}"`;
    const effect = effectOf(fact);
    if (effect === null) return null;
    const { kind, purpose } = effect;
    if (!Object.hasOwn(effects, String(kind))) return `an effect "${kind}"`;
    return kind === "ask" && !Object.hasOwn(asks, String(purpose)) ? `an ask "${purpose}"` : null;
  };
  return {
    unknownIn,
    parse(value) {
      const { type } = z.looseObject({ type: z.string() }).parse(value);
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
