import { type Buckets, NO_VALUES, withValue } from "../../src/features/buckets.ts";

/** Puts the values of a record into buckets. */
export function bucketsOf<V>(values: Readonly<Record<string, V>>): Buckets<V> {
  return Object.entries(values).reduce<Buckets<V>>((all, [key, value]) => withValue(all, key, value), NO_VALUES);
}
