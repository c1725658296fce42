import type { Ledger } from "../features/ledger/slice.ts";
import { gateOf } from "./breaker.ts";
import type { Choice, Pair } from "./choices.ts";
import { expectedLoad, type ExpectedTime, expectedTime } from "./expected_time.ts";
import { freeSlots, startAt } from "./lanes.ts";
import { loadPrice } from "./load_price.ts";
import { openChoice } from "./open_choice.ts";
import type { PendingAsk } from "./pending_ask.ts";
import type { Planning } from "./planning.ts";
import { fairAt, isWarm, pushedOut } from "./stay.ts";

/** What a trial of a host that failed counts, ms: it may fail again. */
const TRIAL_MS = 5_000;

/** A place that an ask could go to. */
export interface Option {
  readonly pair: Pair;
  readonly warm: boolean;
  /** It needs a load and has waited long enough for it. */
  readonly overdue: boolean;
  /** When it could begin, ms. */
  readonly start: number;
  readonly expected: ExpectedTime;
  /** Models that its load would push out. */
  readonly pushes: readonly string[];
  /** What earlier waits for its model paid of the load, ms. */
  readonly paidMs: number;
  /** When it would be done, ms, and what it costs others. */
  readonly cost: number;
}

/** The place that an ask would take, beside the others that it had. */
export interface Bid {
  readonly ask: PendingAsk;
  readonly choice: Choice;
  readonly best: Option;
  readonly options: readonly Option[];
}

/**
 * Says where an ask would go: where it is expected to be done first, the queue and loads counted in.
 *
 * @param choices places that are good for it
 * @returns null where no host that is up has one of its models
 */
export function bidOf(ask: PendingAsk, choices: readonly Choice[], planning: Planning): Bid | null {
  const { hosts, fleet, now, ledger } = planning;
  const open = openChoice(ask, choices, hosts, fleet, now, ledger);
  if (open === null) return null;
  const options = open.pairs.map((pair) => optionOf(ask, pair, planning));
  // What is overdue somewhere takes a place at once, or nobody would ever wake it.
  const some = options.some(({ overdue }) => overdue) ? options.filter(({ start }) => start <= now) : options;
  const [best] = some.toSorted((a, b) => compared(a, b, ledger));
  return best === undefined ? null : { ask, choice: open.choice, best, options };
}

/** What is done sooner goes before; of the same time what is loaded, what has a thread's prompt, what has more room. */
function compared(a: Option, b: Option, ledger: Ledger): number {
  return a.cost - b.cost || Number(b.warm) - Number(a.warm) || b.expected.heldTokens - a.expected.heldTokens ||
    freeSlots(b.pair.host, ledger) - freeSlots(a.pair.host, ledger);
}

function optionOf(ask: PendingAsk, pair: Pair, planning: Planning): Option {
  const { fleet, ledger, now } = planning;
  const { host, model } = pair;
  const warm = isWarm(host, model);
  // What is being loaded ahead is needed next: it is there before fairness asks for another load.
  const isFree = freeSlots(host, ledger) > 0 && (host.loading ?? []).length === 0;
  const overdue = !warm && isFree && now >= fairAt(host.stay, ask.since, expectedLoad(host, model, ledger));
  const start = overdue ? now : startAt(host, model, warm, ledger, now);
  const expected = expectedTime(ask, pair, warm, ledger, now);
  const pushes = pushedOut(host, model);
  const load = warm || overdue
    ? { price: expected.loadMs, paid: 0 }
    : loadPrice(host, model, pushes, expected.loadMs, planning);
  const isTrial = gateOf(host.breakers, model, now).state === "probe";
  const busy = 1 + (fleet.hosts.find(({ name }) => name === host.name)?.others ?? 0) / host.slots;
  const cost = start + load.price + expected.workMs * busy + (isTrial ? TRIAL_MS : 0);
  return { pair, warm, overdue, start, expected, pushes, paidMs: load.paid, cost };
}

/**
 * Chooses the bid that is planned next: overdue loads first, then what is loaded, then the others; the oldest of each.
 *
 * @returns null for none
 */
export function bestBid(bids: readonly Bid[]): Bid | null {
  const rank = ({ best }: Bid) => best.overdue ? 0 : best.warm ? 1 : 2;
  const first = bids.toSorted((a, b) => rank(a) - rank(b) || a.ask.since - b.ask.since)[0];
  if (first === undefined) return null;
  if (!first.best.overdue) return first;
  // What is loaded and has waited even longer loses nothing by going before the load.
  const older = bids.filter(({ best, ask }) =>
    best.warm && best.pair.host.name === first.best.pair.host.name && ask.since < first.ask.since
  );
  return older.toSorted((a, b) => a.ask.since - b.ask.since)[0] ?? first;
}
