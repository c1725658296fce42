/** Figures of how long requests took, in milliseconds. */

/** The smallest and the largest time. */
export function range(times) {
  if (times.length === 0) throw new RangeError("no times");
  return { least: Math.min(...times), most: Math.max(...times) };
}

/**
 * The time that a share of all requests does not exceed.
 *
 * @param {number[]} times in any order; stay as they are
 * @param {number} share 0.5 for the median, 0.95 for the slowest twentieth
 */
export function percentile(times, share) {
  if (times.length === 0) throw new RangeError("no times");
  const ordered = [...times].sort();
  return ordered[Math.max(0, Math.ceil(ordered.length * share) - 1)];
}

/** A line such as `3 requests, 8 to 120 ms, median 40 ms`. */
export function describe(times) {
  const { least, most } = range(times);
  return `${times.length} requests, ${least} to ${most} ms, median ${percentile(times, 0.5)} ms`;
}
