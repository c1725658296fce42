import type { Ledger } from "../features/ledger/slice.ts";
import { bestBid, type Bid, bidOf } from "./bid.ts";
import { afterBegin } from "./breaker.ts";
import { choicesFor } from "./choices.ts";
import type { FleetSnapshot, HostSnapshot } from "./fleet_snapshot.ts";
import { freeSlots } from "./lanes.ts";
import { bareName, wantedModel } from "./model_name.ts";
import type { PendingAsk } from "./pending_ask.ts";
import type { Planning } from "./planning.ts";
import { reasonOf } from "./place_reason.ts";
import { stayAfter } from "./stay.ts";
import { unplaced, waitsFor } from "./unplaced.ts";
import { heldTo, type Windows } from "./windows_for.ts";

/** Where an ask goes. */
export interface Placement {
  readonly key: string;
  readonly host: string;
  /** Name as the host gives it. */
  readonly model: string;
  /** Context window in tokens. */
  readonly window: number;
  /** Why there, in words. */
  readonly reason: string;
  /** Whether its model is not there and has to be loaded, as far as is known. */
  readonly loads: boolean;
  /** When it is expected to be done, ms. */
  readonly until: number;
}

/** What comes of the asks that wait. */
export interface Placing {
  readonly placements: readonly Placement[];
  /** Asks that wait on, with the host they wait for, if it is one. */
  readonly waiting: readonly { readonly key: string; readonly host: string | null; readonly why: string }[];
  /** Asks that no host can serve. */
  readonly impossible: readonly { readonly key: string; readonly text: string }[];
  /** When time alone changes this, ms. */
  readonly wakeAt: number | null;
}

/**
 * Places asks on hosts: the only place where slots are enforced. Each ask goes to its best model that is to be had, and among the hosts that
 * have it to where it is expected to be done first: now, where a slot is free there, else it waits for that host. On each host what is
 * loaded goes first, within bounds of fairness.
 *
 * @param fleet the hosts at this moment
 * @param asks all asks that wait
 * @param now ms
 * @param windows window of each model on each host, from `windowsFor` with all roles that are played
 * @param ledger what was measured of the hosts; absent: nothing yet
 * @param usual models that the crew works with, whether an ask of them waits or not: none of them should be without a host
 * @returns placements, to be begun at once, and what becomes of the others
 */
export function place(
  fleet: FleetSnapshot,
  asks: readonly PendingAsk[],
  now: number,
  windows: Windows,
  ledger: Ledger = {},
  usual: readonly string[] = [],
): Placing {
  const hosts = new Map(fleet.hosts.map((host) => [host.name, host]));
  const choices = new Map(asks.map((ask) => [ask, choicesFor(ask, fleet)]));
  const placements: Placement[] = [];
  const waiting: { key: string; host: string | null; why: string }[] = [];
  const impossible: { key: string; text: string }[] = [];
  const wakes: number[] = [];
  const pending = new Set(asks);
  const named = asks.flatMap(({ models }) => models.map((text) => wantedModel(text, fleet).name));
  const wanted = new Set([...usual, ...named].map(bareName));
  const planning: Planning = { fleet, hosts, ledger, usual, wanted, now };
  let open = asks.toSorted((a, b) => a.since - b.since);
  while (open.length > 0) {
    // Where every slot is taken nothing can begin any more: then each has its turn in the order of their age.
    const isFree = [...hosts.values()].some((host) => host.state === "up" && freeSlots(host, ledger) > 0);
    const next = isFree ? open : open.slice(0, 1);
    const bids = next.map((ask) => bidOf(ask, choices.get(ask) ?? [], planning));
    const bid = bestBid(bids.filter((one) => one !== null));
    open = open.filter((ask) => bid === null ? !next.includes(ask) : ask !== bid.ask);
    if (bid === null) continue;
    pending.delete(bid.ask);
    const { pair: { host, model }, start, warm, expected } = bid.best;
    const until = start + expected.loadMs + expected.workMs;
    if (start <= now) {
      const window = heldTo(host, model, windows[host.name]?.[model] ?? bid.ask.window);
      const reason = reasonOf(bid, fleet, now);
      placements.push({ key: bid.ask.key, host: host.name, model, window, reason, loads: !warm, until });
      hosts.set(host.name, begun(host, bid, until, now, window));
    } else {
      const { wakeAt, ...why } = waitsFor(bid, ledger, now);
      waiting.push({ key: bid.ask.key, ...why });
      wakes.push(...wakeAt);
      // The ask has its turn there before those that are planned after it.
      hosts.set(host.name, begun(host, bid, until, start, null));
    }
  }
  for (const ask of pending) {
    const verdict = unplaced(ask, choices.get(ask) ?? [], hosts, fleet, now);
    if ("text" in verdict) impossible.push({ key: ask.key, text: verdict.text });
    else {
      waiting.push({ key: ask.key, host: verdict.host, why: verdict.why });
      if (verdict.wakeAt !== null) wakes.push(verdict.wakeAt);
    }
  }
  return { placements, waiting, impossible, wakeAt: wakes.length === 0 ? null : Math.min(...wakes) };
}

/** A host once an ask is at work there, or is planned to be: then nothing is fixed by it. */
function begun(
  host: HostSnapshot,
  { ask: { key }, best: { pair: { model } } }: Bid,
  until: number,
  since: number,
  window: number | null,
): HostSnapshot {
  return {
    ...host,
    inFlight: [...host.inFlight, { key, model, since, until }],
    stay: stayAfter(host, model, since),
    ...(window === null ? {} : {
      windows: { ...host.windows, [model]: window },
      breakers: afterBegin(host.breakers, { key, model }, since),
    }),
  };
}
