import type { Ledger } from "../features/ledger/slice.ts";
import { gateOf } from "./breaker.ts";
import { choicesFor, type CrewRole, type Pair } from "./choices.ts";
import { expectedTime, loadTime } from "./expected_time.ts";
import type { FleetSnapshot, HostSnapshot } from "./fleet_snapshot.ts";
import { hasRoom } from "./room.ts";
import { heldModels, isWarm } from "./stay.ts";
import { heldTo, type Windows } from "./windows_for.ts";

/** A model that is loaded before anybody asks it. */
export interface LoadAhead {
  readonly host: string;
  /** Name as the host gives it. */
  readonly model: string;
  /** Context window in tokens. */
  readonly window: number;
  /** Why, in words. */
  readonly reason: string;
  /** When it is expected to be there, ms. */
  readonly until: number;
}

/** What loads ahead are planned by. */
export interface Coming {
  /** Roles that will be asked next, the one that comes first at the front. */
  readonly roles: readonly CrewRole[];
  /** Names of the hosts that asks wait for. */
  readonly awaited: ReadonlySet<string>;
  readonly windows: Windows;
  readonly ledger: Ledger;
  /** ms */
  readonly now: number;
}

/**
 * Plans loads of models that are needed next and that no host has in memory, on hosts where nothing is at work and for which nobody waits.
 * Nothing is pushed out for them, a host loads one at a time, and what was loaded ahead and never asked is not loaded ahead again.
 */
export function planAhead(
  fleet: FleetSnapshot,
  { roles, awaited, windows, ledger, now }: Coming,
): readonly LoadAhead[] {
  const planned: LoadAhead[] = [];
  if (fleet.hosts.every(({ inFlight }) => inFlight.length === 0)) return planned;
  let hosts = fleet.hosts;
  for (const role of roles) {
    const seen = { hosts };
    const best = choicesFor(role, seen).find(({ pairs }) => pairs.some(isOpen(now)));
    const pairs = best?.pairs.filter(isOpen(now)) ?? [];
    // Where one host has it, or does not say, an ask waits for no load.
    if (pairs.some(({ host, model }) => isWarm(host, model))) continue;
    const free = pairs.filter(({ host, model }) =>
      isIdle(host) && !awaited.has(host.name) && hasRoom(host, model, heldModels(host)) &&
      !wasInVain(ledger, host.name, model)
    );
    const costOf = (pair: Pair) => loadTime(pair, ledger) + expectedTime({}, pair, false, ledger, now).workMs;
    const [pair] = free.toSorted((one, other) => costOf(one) - costOf(other));
    if (pair === undefined) continue;
    const { host, model } = pair;
    const until = now + loadTime(pair, ledger);
    planned.push({
      host: host.name,
      model,
      window: heldTo(host, model, windows[host.name]?.[model] ?? role.window),
      reason: `${role.role} comes next, no host has its model loaded, and ${host.name} is idle and has room for it`,
      until,
    });
    hosts = hosts.map((one) =>
      one.name === host.name ? { ...one, loading: [...one.loading ?? [], { model, until }] } : one
    );
  }
  return planned;
}

function isOpen(now: number): (pair: Pair) => boolean {
  return ({ host, model }) => host.state === "up" && gateOf(host.breakers, model, now).state === "closed";
}

function isIdle({ canLoad, inFlight, loading = [], others = 0 }: HostSnapshot): boolean {
  return canLoad === true && inFlight.length === 0 && loading.length === 0 && others === 0;
}

/** Whether a model was loaded ahead on a host, or that failed, and nobody asked it there since. */
function wasInVain(ledger: Ledger, host: string, model: string): boolean {
  const own = ledger[host]?.[model];
  return own !== undefined && own.triedAhead === own.replies;
}
