const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
];

/**
 * Writes a duration for people, such as "1h 30m".
 *
 * @param {number} milliseconds not negative; what is less than a second is dropped
 * @returns {string} parts from days to seconds, zero parts left out, "0s" where nothing is left
 */
export function formatDuration(milliseconds) {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) {
    throw new RangeError(`expected milliseconds from 0, got ${milliseconds}`);
  }
  const parts = [];
  let rest = milliseconds;
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * size;
  }
  return parts.length > 0 ? parts.join(" ") : "0s";
}

/**
 * Reads a duration such as "1h 30m" or "45s".
 *
 * @param {string} text parts with their units, white space between them or not
 * @returns {number} milliseconds
 */
export function parseDuration(text) {
  const trimmed = text.trim();
  if (!/^(\d+\s*[dhms]\s*)+$/.test(trimmed)) {
    throw new RangeError(`expected a duration such as "1h 30m", got "${text}"`);
  }
  const sizes = Object.fromEntries(UNITS);
  let total = 0;
  for (const [, count, unit] of trimmed.matchAll(/(\d+)\s*([dhms])/g)) {
    total += Number(count) * sizes[unit];
  }
  return total;
}
