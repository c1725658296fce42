import type { FailureClass } from "../kernel/failure.ts";
import type { HostFailure } from "../ports/model_host.ts";

/** Failures in a row that open a breaker. */
const OPENS_AFTER = 2;

/** First and longest pause of an open breaker, in milliseconds. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

/** Longest pause that a host may ask for, in milliseconds: after it the host is asked whether it still wants one. */
const LONGEST_WISH_MS = 600_000;

/** Failures after which asking again at once is known to be in vain: the first one opens the breaker. */
const AT_ONCE: ReadonlySet<FailureClass> = new Set(["rate_limited"]);

/** Failures that tell of a whole host. */
const HOST_CAUSES: ReadonlySet<FailureClass> = new Set([
  "unreachable",
  "busy",
  "unauthorized",
  "rate_limited",
  "cut_off",
  "protocol",
]);

/** Failures that tell of one model on a host: the others there may work. */
const MODEL_CAUSES: ReadonlySet<FailureClass> = new Set([
  "model_missing",
  "crashed",
  "out_of_memory",
  "load_failed",
  "first_token_timeout",
  "idle_timeout",
  "total_timeout",
  "truncated",
]);

/** Failures of our own side: nothing is learned about the host. */
const OWN_CAUSES: ReadonlySet<FailureClass> = new Set(["interrupted", "cancelled", "tool_error"]);

/** What one cause of failure has done to a host, or to one model there. A host without failures has none. */
export interface Breaker {
  /** Model it is about, null for the whole host. */
  readonly model: string | null;
  readonly cause: FailureClass;
  /** Failures in a row. */
  readonly failures: number;
  /** Nothing is placed before this time; null while closed. From then on one ask probes. */
  readonly openUntil: number | null;
  /** Length of the next pause, in milliseconds. */
  readonly pauseMs: number;
  /** How long the host itself wants to be left alone, in milliseconds; absent where the pause is ours. */
  readonly wishMs?: number;
  /** Key of the ask that probes, null where none does. */
  readonly probe: string | null;
}

/** What the breakers of a host say about one of its models. */
export type Gate =
  | { readonly state: "closed" }
  /** One ask may try. */
  | { readonly state: "probe"; readonly cause: FailureClass }
  /** Shut until a time, or, with null, until the probe at work has ended. */
  | {
    readonly state: "shut";
    readonly cause: FailureClass;
    readonly until: number | null;
    /** How long the host itself wanted to be left alone, in milliseconds. */
    readonly wishMs?: number;
  };

/**
 * Says whether an ask of a model may be placed on a host.
 *
 * @param model model as the host names it
 * @param now ms
 * @returns closed, probe or shut
 */
export function gateOf(breakers: readonly Breaker[], model: string, now: number): Gate {
  const open = breakers.filter((one) => one.openUntil !== null && concerns(one, model));
  const last = open.toSorted((a, b) => (b.openUntil ?? 0) - (a.openUntil ?? 0))[0];
  if (last === undefined || last.openUntil === null) return { state: "closed" };
  if (rests(last, now)) return { state: "shut", cause: last.cause, until: last.openUntil, wishMs: last.wishMs };
  const probing = open.find((one) => one.probe !== null);
  if (probing !== undefined) return { state: "shut", cause: probing.cause, until: null };
  return { state: "probe", cause: last.cause };
}

/**
 * Notes that an ask begins: where a breaker waits for a probe, it is the probe.
 *
 * @param ask key and model of the ask
 * @param now ms
 * @returns the breakers with the probe noted
 */
export function afterBegin(
  breakers: readonly Breaker[],
  ask: { readonly key: string; readonly model: string },
  now: number,
): readonly Breaker[] {
  return breakers.map((one) =>
    concerns(one, ask.model) && one.openUntil !== null && !rests(one, now) && one.probe === null
      ? { ...one, probe: ask.key }
      : one
  );
}

/**
 * Notes how an ask ended. Success closes what concerns host and model. Two failures in a row of one cause open its breaker
 * for 5 s; each failed probe doubles the pause, up to 60 s. A host that says how long it wants to be left alone is left alone so long, from
 * the first failure on, and for 5 s at least once it refused again after that. An answer that refuses the request proves that the host works; what our own side ended proves nothing.
 *
 * @param ask key and model of the ask; `failure` is null for a reply
 * @param now ms
 * @returns the breakers from now on
 */
export function afterEnd(
  breakers: readonly Breaker[],
  ask: {
    readonly key: string;
    readonly model: string;
    readonly failure: FailureClass | null;
    readonly retryAfterMs?: number;
  },
  now: number,
): readonly Breaker[] {
  const { key, model, failure } = ask;
  if (failure === null) return breakers.filter((one) => !concerns(one, model));
  const released = breakers.map((one) => one.probe === key ? { ...one, probe: null } : one);
  if (OWN_CAUSES.has(failure)) return released;
  if (!HOST_CAUSES.has(failure) && !MODEL_CAUSES.has(failure)) return released.filter((one) => one.model !== null);

  const about = HOST_CAUSES.has(failure) ? null : model;
  const { retryAfterMs } = ask;
  const wishMs = retryAfterMs === undefined || retryAfterMs === 0 ? undefined : Math.min(retryAfterMs, LONGEST_WISH_MS);
  const fresh: Breaker = {
    model: about,
    cause: failure,
    failures: 0,
    openUntil: null,
    pauseMs: FIRST_PAUSE_MS,
    probe: null,
  };
  const isCounted = breakers.some((one) => one.model === about && one.cause === failure);
  return [...breakers, ...isCounted ? [] : [fresh]].map((one) => {
    const same = one.model === about && one.cause === failure;
    const failures = same ? one.failures + 1 : one.failures;
    if (one.probe === key) {
      const pauseMs = Math.min(one.pauseMs * 2, LONGEST_PAUSE_MS);
      // A short wish that was heeded in vain is none: whoever keeps it asks without end, and has no step left for the work.
      const isVain = failures > OPENS_AFTER && wishMs !== undefined && wishMs < FIRST_PAUSE_MS;
      const wish = same && !isVain ? wishMs : undefined;
      const rest = wish ?? (same && isVain ? FIRST_PAUSE_MS : pauseMs);
      return { ...one, failures, pauseMs, openUntil: now + rest, wishMs: wish, probe: null };
    }
    // Asks that were under way when the breaker opened fail too: they are no further proof, but may know better how long it will take.
    if (same && wishMs !== undefined && now + wishMs > (one.openUntil ?? 0)) {
      return { ...one, failures, openUntil: now + wishMs, wishMs };
    }
    const opens = one.openUntil === null && same && (failures >= OPENS_AFTER || AT_ONCE.has(failure));
    return { ...one, failures, openUntil: opens ? now + one.pauseMs : one.openUntil };
  });
}

/** Whether an open breaker still rests. A longer rest than any that was begun is one of a clock that was set back since. */
function rests({ openUntil, pauseMs, wishMs = 0 }: Breaker, now: number): boolean {
  return openUntil !== null && openUntil > now && openUntil - now <= Math.max(pauseMs, wishMs);
}

/** Whether a breaker stands between a host and asks of a model. */
function concerns(breaker: Breaker, model: string): boolean {
  return breaker.model === null || breaker.model === model;
}

/** What a load that failed before anybody was asked is to breakers: as good a sign as a failed ask. */
export function failedLoad(model: string, { failure, details }: HostFailure): Parameters<typeof afterEnd>[1] {
  return { key: `load of ${model}`, model, failure, retryAfterMs: details.retryAfterMs };
}

/** Says which breaker is open, since that is what was wrong last; "" where none is. */
export function troubleOf(breakers: readonly Breaker[]): string {
  const open = breakers.find(({ openUntil }) => openUntil !== null);
  if (open === undefined) return "";
  const about = open.model === null ? "requests" : `requests to ${open.model}`;
  const times = open.failures === 1 ? "once" : `${open.failures} times`;
  const pause = open.wishMs === undefined ? "a pause" : `the ${Math.ceil(open.wishMs / 1_000)} s that it asked for`;
  return `${about} failed ${times} (${open.cause.replaceAll("_", " ")}); one tries again after ${pause}`;
}
