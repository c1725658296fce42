/**
 * Does something after so many milliseconds.
 *
 * @returns what calls it off
 */
export type Timer = (ms: number, act: () => void) => () => void;

/** Counts by the machine's clock. */
export const byTheClock: Timer = (ms, act) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};
