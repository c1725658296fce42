import type { ModelLedger } from "./slice.ts";

/** Time after which a wait counts half, ms: a queue that was there a while ago says little about the next one. */
const HALF_MS = 120_000;

/**
 * Says how long asks waited for a model on a host of late.
 *
 * @param now ms
 * @returns ms; 0 where none waited since a load of it was placed
 */
export function waitedMs(model: ModelLedger | undefined, now: number): number {
  const { ms = 0, at = now } = model?.waited ?? {};
  return ms * 2 ** (-Math.max(0, now - at) / HALF_MS);
}
