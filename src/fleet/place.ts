import { afterBegin, type Gate, gateOf } from "./breaker.ts";
import { type Choice, choiceNote, choicesFor, isNamed, type Pair } from "./choices.ts";
import type { FleetSnapshot, HostSnapshot } from "./fleet_snapshot.ts";
import { impossibleText } from "./impossible.ts";
import { bareName, wantedModel } from "./model_name.ts";
import { fairAt, holdsAnother, isWarm, stayAfter } from "./stay.ts";
import { freeSlots, openChoice } from "./open_choice.ts";
import type { PendingAsk } from "./pending_ask.ts";
import { heldTo, type Windows } from "./windows_for.ts";

/** How long hosts that are all down are waited for, in milliseconds. */
const DOWN_MS = 60_000;

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

/** A free slot that an ask could take. */
interface Bid {
  readonly ask: PendingAsk;
  readonly choice: Choice;
  readonly pair: Pair;
  readonly warm: boolean;
  /** It needs a load and has waited long enough for it. */
  readonly overdue: boolean;
}

/**
 * Places asks on hosts: the only place where slots are enforced. Each ask goes to its best model that is to be had; on each
 * host what is loaded goes first, within bounds of fairness.
 *
 * @param fleet the hosts at this moment
 * @param asks all asks that wait
 * @param now ms
 * @param windows window of each model on each host, from `windowsFor` with all roles that are played
 * @returns placements, to be begun at once, and what becomes of the others
 */
export function place(fleet: FleetSnapshot, asks: readonly PendingAsk[], now: number, windows: Windows): Placing {
  const hosts = new Map(fleet.hosts.map((host) => [host.name, host]));
  const pending = new Map(asks.map((ask) => [ask, choicesFor(ask, fleet)]));
  const placements: Placement[] = [];
  for (;;) {
    const bids = [...pending].map(([ask, choices]) => bidOf(ask, choices, hosts, fleet, now)).filter((bid) =>
      bid !== null
    );
    const bid = bestBid(bids);
    if (bid === null) break;
    const { ask, pair: { host, model } } = bid;
    const window = heldTo(host, model, windows[host.name]?.[model] ?? ask.window);
    placements.push({
      key: ask.key,
      host: host.name,
      model,
      window,
      reason: reasonOf(bid, fleet, now),
    });
    hosts.set(host.name, {
      ...host,
      inFlight: [...host.inFlight, { key: ask.key, model }],
      stay: stayAfter(host, model, now),
      windows: { ...host.windows, [model]: window },
      breakers: afterBegin(host.breakers, { key: ask.key, model }, now),
    });
    pending.delete(ask);
  }

  const waiting: { key: string; host: string | null; why: string }[] = [];
  const impossible: { key: string; text: string }[] = [];
  let wakeAt: number | null = null;
  for (const [ask, choices] of pending) {
    const verdict = verdictOn(ask, choices, hosts, fleet, now);
    if ("text" in verdict) impossible.push({ key: ask.key, text: verdict.text });
    else {
      waiting.push({ key: ask.key, host: verdict.host, why: verdict.why });
      if (verdict.wakeAt !== null) wakeAt = Math.min(wakeAt ?? Infinity, verdict.wakeAt);
    }
  }
  return { placements, waiting, impossible, wakeAt };
}

/** The free slot an ask would take, null when none is free for it. */
function bidOf(
  ask: PendingAsk,
  choices: readonly Choice[],
  hosts: ReadonlyMap<string, HostSnapshot>,
  fleet: FleetSnapshot,
  now: number,
): Bid | null {
  const open = openChoice(ask, choices, hosts, fleet, now);
  if (open === null) return null;
  const free = open.pairs.filter(({ host }) => freeSlots(host) > 0).toSorted((a, b) => preferPair(a, b, now));
  const isOverdue = (pair: Pair) => !isWarmPair(pair) && now >= fairAt(pair.host.stay, ask.since);
  const best = free[0];
  if (best === undefined) return null;
  // The best place may be put off for longer than is fair at another one: the ask takes that, or nobody would ever wake it.
  const pair = isWarmPair(best) || isOverdue(best) || !isHeld(best, open.pairs) ? best : free.find(isOverdue);
  if (pair === undefined) return null;
  return { ask, choice: open.choice, pair, warm: isWarmPair(pair), overdue: isOverdue(pair) };
}

/**
 * Says whether a load is better put off, for as long as is fair: it would push out what another ask is using, or what the host
 * holds for others while a busy host has the model loaded.
 */
function isHeld({ host, model }: Pair, pairs: readonly Pair[]): boolean {
  if (host.inFlight.some((one) => one.model !== model)) return true;
  return holdsAnother(host, model) && pairs.some(isWarmPair);
}

/** Overdue loads first, then what is loaded, then the others; the oldest of each. */
function bestBid(bids: readonly Bid[]): Bid | null {
  const rank = (bid: Bid) => bid.overdue ? 0 : bid.warm ? 1 : 2;
  const best = bids.toSorted((a, b) => rank(a) - rank(b) || a.ask.since - b.ask.since)[0];
  if (best === undefined) return null;
  if (!best.overdue) return best;
  // What is loaded and has waited even longer loses nothing by going before the load.
  const older = bids.filter(({ warm, pair, ask }) =>
    warm && pair.host.name === best.pair.host.name && ask.since < best.ask.since
  );
  return older.toSorted((a, b) => a.ask.since - b.ask.since)[0] ?? best;
}

/** Orders the hosts that have a model: sound ones, loaded ones, fast ones, then those with more room. */
function preferPair(a: Pair, b: Pair, now: number): number {
  const probes = ({ host, model }: Pair) => Number(gateOf(host.breakers, model, now).state === "probe");
  return probes(a) - probes(b) || Number(isWarmPair(b)) - Number(isWarmPair(a)) ||
    Number(isCrowded(a.host)) - Number(isCrowded(b.host)) ||
    (b.host.speeds[b.model] ?? 0) - (a.host.speeds[a.model] ?? 0) || freeSlots(b.host) - freeSlots(a.host);
}

/** Whether others take what a host has free. */
function isCrowded(host: HostSnapshot): boolean {
  return host.others !== undefined && host.others >= freeSlots(host);
}

function isWarmPair({ host, model }: Pair): boolean {
  return isWarm(host, model);
}

/** Says why an ask goes where it goes. */
function reasonOf(
  { ask, choice, pair: { host, model }, warm, overdue }: Bid,
  fleet: FleetSnapshot,
  now: number,
): string {
  const gate = gateOf(host.breakers, model, now);
  const parts = [
    choiceNote(ask, choice, model, fleet) ||
    (choice.preference === null ? `the best that is there` : `wanted for ${ask.role}`),
    host.residentUnknown === true
      ? `on ${host.name}`
      : warm
      ? `loaded on ${host.name}`
      : `to be loaded on ${host.name}`,
  ];
  if (overdue) parts.push("it has waited long enough for the load");
  if (ask.not !== undefined && bareName(ask.not) !== bareName(model)) parts.push(`${ask.not} is passed over`);
  if (ask.avoid !== undefined && ask.avoid !== host.name) parts.push(`it has just failed on ${ask.avoid}`);
  if (gate.state === "probe") parts.push(`a trial after ${causeText(gate.cause)}`);
  return parts.join("; ");
}

/** What becomes of an ask that was not placed. */
function verdictOn(
  ask: PendingAsk,
  choices: readonly Choice[],
  hosts: ReadonlyMap<string, HostSnapshot>,
  fleet: FleetSnapshot,
  now: number,
): { readonly host: string | null; readonly why: string; readonly wakeAt: number | null } | { readonly text: string } {
  const open = openChoice(ask, choices, hosts, fleet, now);
  if (open !== null) {
    const { host, model } = open.pairs.find(isWarmPair) ?? open.pairs[0]!;
    const free = open.pairs.filter((pair) => freeSlots(pair.host) > 0);
    const other = host.inFlight.find((one) => one.model !== model)?.model;
    const isPutOff = free.length > 0 && other !== undefined && !isWarm(host, model);
    const why = isPutOff ? `waiting until ${host.name} is done with ${other}` : `waiting for a slot on ${host.name}`;
    const wakeAt = free.length === 0 ? null : Math.min(...free.map((pair) => fairAt(pair.host.stay, ask.since)));
    return { host: host.name, why, wakeAt };
  }
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
  const until = last === undefined ? 0 : (last.downSince ?? now) + DOWN_MS;
  if (last === undefined || until <= now) return { text: impossibleText(ask, fleet) };
  const names = away.map(({ name }) => name).join(" and ");
  return {
    host: away.length === 1 ? last.name : null,
    why: `waiting for ${names}: down (${last.reason})`,
    wakeAt: until,
  };
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

function causeText(cause: string): string {
  return `failures (${cause.replaceAll("_", " ")})`;
}
