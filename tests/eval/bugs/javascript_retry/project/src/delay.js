/** Milliseconds to wait before an attempt: 100, 200, 400 and so on, at most 5000. */
export function delayBefore(attempt) {
  return Math.min(5000, 100 * 2 ** (attempt - 2));
}
