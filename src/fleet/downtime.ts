import { HostFailure } from "../ports/model_host.ts";

/** Longest time between two looks at a host that is down, ms: it is looked at every ten seconds. */
const LONGEST_PAUSE_MS = 60_000;

/** What is known of a host that does not answer. */
export interface Downtime {
  /** When it was first found so, ms. */
  readonly since: number;
  /** When it was last found so, ms. */
  readonly seenAt: number;
  /** Whether it answers that it is busy, as a server that loads its model does. */
  readonly isBusy: boolean;
}

/**
 * Notes that a host was found down. A machine that slept meanwhile, or whose clock was set, has not waited: it begins anew.
 *
 * @param before what was known; null where it was not down
 * @param error what the look failed with
 * @param now ms
 * @returns what is known now
 */
export function downAfter(before: Downtime | null, error: unknown, now: number): Downtime {
  const goesOn = before !== null && Math.abs(now - before.seenAt) <= LONGEST_PAUSE_MS;
  const isBusy = error instanceof HostFailure && error.failure === "busy";
  return { since: goesOn ? before.since : now, seenAt: now, isBusy };
}

/**
 * Says why a look failed.
 *
 * @param error what it failed with
 * @param boundMs how long it was waited for, where that was too short; null where it ended by itself
 * @returns words behind a colon
 */
export function lookFailed(error: unknown, boundMs: number | null): string {
  if (boundMs !== null) return `no answer within ${boundMs / 1_000} s`;
  if (error instanceof HostFailure) return error.details.found ?? error.message;
  return error instanceof Error ? error.message : String(error);
}
