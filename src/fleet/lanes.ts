import type { Ledger } from "../features/ledger/slice.ts";
import { worthSlots } from "../features/ledger/speeds.ts";
import type { AskInFlight, HostSnapshot } from "./fleet_snapshot.ts";
import { hasRoom } from "./room.ts";

/** How long an ask at work is taken to go on where nobody knows, ms. */
const UNKNOWN_MS = 15_000;
/** Share of the time that it has taken by which an ask that is late is taken to go on. */
const LATE = 0.5;

/** Slots of a host that count and that nothing is at work in. */
export function freeSlots(host: HostSnapshot, ledger: Ledger): number {
  return worthSlots(host.slots, ledger[host.name]) - host.inFlight.length;
}

/**
 * Says when an ask at work is expected to be done, at the earliest: one that takes longer than expected, the longer the more.
 *
 * @param now ms
 * @returns ms, later than now
 */
export function doneAt({ since, until }: AskInFlight, now: number): number {
  if (until === undefined) return now + UNKNOWN_MS;
  return until > now ? until : now + Math.max(1_000, (now - (since ?? until)) * LATE);
}

/**
 * Says when an ask of a model could begin on a host, at the earliest: once a slot is free and, where the model has no room beside those at
 * work, once they are done.
 *
 * @param host with what is at work there and what is planned before the ask
 * @param warm whether the model is there
 * @param now ms
 * @returns ms; now where it could begin at once
 */
export function startAt(host: HostSnapshot, model: string, warm: boolean, ledger: Ledger, now: number): number {
  const ends = host.inFlight.map((ask) => doneAt(ask, now)).toSorted((a, b) => a - b);
  const taken = ends.length - worthSlots(host.slots, ledger[host.name]);
  const slot = taken < 0 ? now : ends[taken] ?? now;
  const { inFlight, loading = [] } = host;
  const others = [...new Set([...inFlight, ...loading].map((one) => one.model))].filter((name) => name !== model);
  if (warm || hasRoom(host, model, others)) return slot;
  const drained = inFlight.filter((ask) => ask.model !== model).map((ask) => doneAt(ask, now));
  // A server ends a load before it makes room for another model.
  return Math.max(slot, ...drained, ...loading.map(({ until }) => Math.max(until, now + 1)));
}
