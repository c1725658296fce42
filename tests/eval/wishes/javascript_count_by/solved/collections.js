/**
 * Parts items into groups.
 *
 * @template T, K
 * @param {Iterable<T>} items
 * @param {(item: T) => K} keyOf the key of an item's group
 * @returns {Map<K, T[]>} groups in the order in which their keys first come
 */
export function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/**
 * Counts items by a key.
 *
 * @template T, K
 * @param {Iterable<T>} items
 * @param {(item: T) => K} keyOf
 * @returns {Map<K, number>} counts in the order in which their keys first come
 */
export function countBy(items, keyOf) {
  const counts = new Map();
  for (const item of items) {
    const key = keyOf(item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/**
 * The items without those whose key another one had before.
 *
 * @template T
 * @param {Iterable<T>} items
 * @param {(item: T) => unknown} [keyOf]
 * @returns {T[]}
 */
export function unique(items, keyOf = (item) => item) {
  return [...groupBy(items, keyOf).values()].map(([first]) => first);
}
