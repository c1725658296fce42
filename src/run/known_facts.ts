import { z } from "zod";

/** Says what of a value is not known, such as `effect.kind "dance"`; null where all is. */
type Look = (value: unknown) => string | null;

/**
 * Makes the question whether this program knows a stored fact: its type, and every choice in it from a closed list, such as the kind of
 * its effect. Nothing else is looked at, so that reading a long journal stays cheap: its values were validated when they were written.
 *
 * @param schema what a fact is: objects told apart by a key with a fixed text
 * @returns says what of a fact is not known, such as `type "danced"` or `effect.kind "dance"`; null where all is
 */
export function knownFacts(schema: z.ZodDiscriminatedUnion): (fact: { readonly type: string }) => string | null {
  return lookAt(schema, []) ?? (() => null);
}

/** What there is to look at in values of a schema; null where nothing is. */
function lookAt(schema: unknown, path: readonly string[]): Look | null {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    const look = lookAt(schema.unwrap(), path);
    return look && ((value) => value === undefined || value === null ? null : look(value));
  }
  if (schema instanceof z.ZodEnum) {
    const choices = new Set<unknown>(schema.options);
    return (value) => value === undefined || value === null || choices.has(value) ? null : told(path, value);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const key = schema.def.discriminator;
    const looks = new Map(schema.options.flatMap((option) => looksOf(option, key, path)));
    return (value) => {
      const choice = valueAt(value, key);
      const look = looks.get(choice);
      return look === undefined ? told([...path, key], choice) : look(value);
    };
  }
  if (!(schema instanceof z.ZodObject)) return null;
  const looks = Object.entries(schema.shape).flatMap(([key, part]) => {
    const look = lookAt(part, [...path, key]);
    return look === null ? [] : [{ key, look }];
  });
  if (looks.length === 0) return null;
  return (value) => {
    for (const { key, look } of looks) {
      const found = look(valueAt(value, key));
      if (found !== null) return found;
    }
    return null;
  };
}

/** The fixed texts of one option of a union, each with what there is to look at. */
function looksOf(option: unknown, key: string, path: readonly string[]): [unknown, Look][] {
  const fixed: unknown = option instanceof z.ZodObject ? option.shape[key] : null;
  if (!(fixed instanceof z.ZodLiteral)) {
    throw new TypeError(`${[...path, key].join(".")} is no fixed text in each option`);
  }
  const look = lookAt(option, path) ?? (() => null);
  return [...fixed.values].map((value) => [value, look]);
}

function valueAt(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function told(path: readonly string[], value: unknown): string {
  return `${path.join(".")} ${JSON.stringify(value)}`;
}
