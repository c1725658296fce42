import type { Ledger } from "../features/ledger/slice.ts";
import type { Bid } from "./bid.ts";
import { type Gate, gateOf } from "./breaker.ts";
import { type Choice, isNamed } from "./choices.ts";
import { expectedLoad } from "./expected_time.ts";
import type { FleetSnapshot, HostSnapshot } from "./fleet_snapshot.ts";
import { impossibleText } from "./impossible.ts";
import { doneAt, freeSlots } from "./lanes.ts";
import { wantedModel } from "./model_name.ts";
import type { PendingAsk } from "./pending_ask.ts";
import { causeText } from "./place_reason.ts";
import { fairAt } from "./stay.ts";

/** How long hosts that are all down are waited for, in milliseconds. */
const DOWN_MS = 60_000;
/** How long one of them is that answers that it is busy: a large model takes minutes to be loaded from a slow disk. */
const BUSY_MS = 600_000;

/**
 * Says what an ask waits for that is planned for later.
 *
 * @param now ms
 * @returns the host, why in words, and the times at which the plan may be another although nothing happened, ms
 */
export function waitsFor(
  { ask, best: { pair: { host, model }, warm }, options }: Bid,
  ledger: Ledger,
  now: number,
): { readonly host: string; readonly why: string; readonly wakeAt: readonly number[] } {
  const other = host.inFlight.find((one) => one.model !== model)?.model;
  const isPutOff = freeSlots(host, ledger) > 0 && other !== undefined && !warm;
  const free = options.filter((option) => freeSlots(option.pair.host, ledger) > 0);
  const fair = free.map(({ pair }) => fairAt(pair.host.stay, ask.since, expectedLoad(pair.host, pair.model, ledger)));
  // An ask at work that takes longer than expected makes another place the better one.
  const late = free.length === 0 ? [] : host.inFlight.filter(({ until }) => until !== undefined)
    .map((one) => doneAt(one, now));
  return {
    host: host.name,
    why: isPutOff ? `waiting until ${host.name} is done with ${other}` : `waiting for a slot on ${host.name}`,
    wakeAt: [...fair, ...late].filter((at) => at > now),
  };
}

/**
 * Says what becomes of an ask that no host can be asked now: it waits for one that rests or is down, or it is impossible.
 *
 * @param choices places that are good for it
 * @param hosts the hosts by name, with what was placed on them by now
 * @param now ms
 */
export function unplaced(
  ask: PendingAsk,
  choices: readonly Choice[],
  hosts: ReadonlyMap<string, HostSnapshot>,
  fleet: FleetSnapshot,
  now: number,
): { readonly host: string | null; readonly why: string; readonly wakeAt: number | null } | { readonly text: string } {
  const resting = choices.flatMap(({ pairs }) => pairs).flatMap(({ host: { name }, model }) => {
    const host = hosts.get(name);
    const gate = host?.state === "up" ? gateOf(host.breakers, model, now) : null;
    return gate?.state === "shut" ? [{ name, gate }] : [];
  });
  const first = resting[0];
  if (first !== undefined) {
    const times = resting.flatMap(({ gate }) => gate.until === null ? [] : [gate.until]);
    return {
      host: first.name,
      why: restText(first.name, first.gate),
      wakeAt: times.length === 0 ? null : Math.min(...times),
    };
  }
  const pins = ask.models.map((text) => wantedModel(text, fleet).host);
  const isOfUse = ({ name }: HostSnapshot) => !isNamed(ask) || pins.some((pin) => pin === null || pin === name);
  const away = fleet.hosts.filter((host) => host.state !== "up" && isOfUse(host));
  const asked = away.find(({ state }) => state === "asking");
  if (asked !== undefined) {
    return { host: asked.name, why: `waiting for ${asked.name} to answer for the first time`, wakeAt: null };
  }
  const last = away.toSorted((a, b) => (b.downSince ?? now) - (a.downSince ?? now))[0];
  const until = Math.max(0, ...away.map((host) => waitedFor(host, ask, now)));
  if (last === undefined || until <= now) return { text: impossibleText(ask, fleet) };
  const names = away.map(({ name }) => name).join(" and ");
  return {
    host: away.length === 1 ? last.name : null,
    why: `waiting for ${names}: down (${last.reason})`,
    wakeAt: until === Infinity ? null : until,
  };
}

/** Until when a host that is down is waited for, ms. What works for us, and answers no other question meanwhile, has bounds of its own. */
function waitedFor({ downSince, isBusy = false, inFlight }: HostSnapshot, { since }: PendingAsk, now: number): number {
  if (inFlight.length > 0) return Infinity;
  return Math.max(downSince ?? now, since > now ? 0 : since) + (isBusy ? BUSY_MS : DOWN_MS);
}

/** Says that a host's breaker is open. */
function restText(host: string, gate: Extract<Gate, { readonly state: "shut" }>): string {
  const cause = causeText(gate.cause);
  return gate.until === null
    ? `waiting for another request, which tries ${host} again after ${cause}`
    : `waiting while ${host} rests${wishText(gate.wishMs)} after ${cause}`;
}

/** @returns such as ` for 20 s, as it asked,`; "" where the host asked for nothing */
function wishText(wishMs: number | undefined): string {
  return wishMs === undefined ? "" : ` for ${Math.ceil(wishMs / 1_000)} s, as it asked,`;
}
