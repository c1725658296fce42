/**
 * Waits, or ends early with the signal's reason; leaves neither timer nor listener behind.
 * @param ms milliseconds; 0 or less does not wait at all, Infinity waits for the signal
 * @param signal ends the waiting
 * @throws the signal's reason
 */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    if (ms <= 0) return resolve();
    const left = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = ms === Infinity ? undefined : setTimeout(() => {
      signal.removeEventListener("abort", left);
      resolve();
    }, ms);
    signal.addEventListener("abort", left, { once: true });
  });
}
