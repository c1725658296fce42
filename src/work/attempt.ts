/** Runs a synchronous step as a promise: what it throws rejects. */
export function attempt<T>(step: () => T): Promise<T> {
  return new Promise((resolve) => resolve(step()));
}
