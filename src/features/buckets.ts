/**
 * Values by key, of which a run collects more and more. A change copies one small part of them: a record of hundreds of keys is copied
 * whole at each change, which costs V8 a tenth of a millisecond and more.
 */
export type Buckets<V> = readonly Readonly<Record<string, V>>[];

/** Sixteen, so that some hundred keys are about ten in each. */
const BUCKETS = 16;

/** Buckets without a value. */
export const NO_VALUES: Buckets<never> = Array.from({ length: BUCKETS }, () => ({}));

/**
 * Finds a value.
 *
 * @returns undefined where the key has none
 */
export function valueIn<V>(buckets: Buckets<V>, key: string): V | undefined {
  const bucket = buckets[placeOf(key)]!;
  return Object.hasOwn(bucket, key) ? bucket[key] : undefined;
}

/**
 * Gives a key its value.
 *
 * @returns buckets of which all but one are those given
 */
export function withValue<V>(buckets: Buckets<V>, key: string, value: V): Buckets<V> {
  const place = placeOf(key);
  return buckets.with(place, { ...buckets[place], [key]: value });
}

/** Lists all values, in no order that says anything. */
export function valuesOf<V>(buckets: Buckets<V>): V[] {
  return buckets.flatMap((bucket) => Object.values(bucket));
}

/** Names the bucket of a key: ids that are counted up, and hexadecimal digits, are spread evenly by their last two letters. */
function placeOf(key: string): number {
  return (key.charCodeAt(key.length - 1) + 10 * key.charCodeAt(key.length - 2)) % BUCKETS || 0;
}
