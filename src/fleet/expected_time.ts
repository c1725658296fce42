import type { HostLedger, Ledger, ModelLedger } from "../features/ledger/slice.ts";
import { readingSpeed, writingSpeed } from "../features/ledger/speeds.ts";
import type { Pair } from "./choices.ts";
import type { HostSnapshot } from "./fleet_snapshot.ts";
import { sizeOf } from "./room.ts";
import type { PendingAsk } from "./pending_ask.ts";

/** What is taken for a speed that was measured nowhere: tokens that are written in a second, and read for each one written. */
const WRITES = 20;
const READS_PER_WRITTEN = 20;
/** Bytes that are loaded in a millisecond where no load was measured: a disk of 1 GB a second. */
const LOADS = 1e6;
/** How long a load takes where not even the size of the model is known, ms. */
const LOAD_MS = 10_000;
/** Tokens of a prompt and of an answer where nobody knows them. */
const PROMPT = 1_500;
const ANSWER = 250;

/** Share of a prompt that stays the same from ask to ask of a thread without turns: its head. */
const HEAD = 0.5;

type SpeedOf = (model: ModelLedger | undefined) => number | null;

/** How long an ask is expected to take at a place, ms. */
export interface ExpectedTime {
  /** To load its model, where that is not there. */
  readonly loadMs: number;
  /** To read what the server does not have of its prompt, and to write the answer. */
  readonly workMs: number;
  /** Tokens of its prompt that the server should still have. */
  readonly heldTokens: number;
  /** Whether the speed of the model there was measured, in this run. */
  readonly isMeasured: boolean;
}

/**
 * Says how long an ask would take at a place, by what was measured of it, else of its model elsewhere.
 *
 * @param pair host and model
 * @param warm whether the model is there
 * @param ledger what was measured
 * @param now ms
 */
export function expectedTime(
  ask: Pick<PendingAsk, "thread" | "turn" | "promptTokens" | "answerTokens">,
  pair: Pair,
  warm: boolean,
  ledger: Ledger,
  now: number,
): ExpectedTime {
  const own = ledger[pair.host.name]?.[pair.model];
  const level = pair.host.inFlight.length + 1;
  const writes = writingSpeed(own, own?.writes[level] === undefined ? undefined : level) ??
    bySize(pair, ledger, writingSpeed) ?? fastest(ledger, pair.model, writingSpeed) ?? WRITES;
  const reads = readingSpeed(own) ?? bySize(pair, ledger, readingSpeed) ?? fastest(ledger, pair.model, readingSpeed) ??
    writes * READS_PER_WRITTEN;
  const heldTokens = warm ? keptTokens(ask, pair, ledger) : 0;
  const { promptTokens = PROMPT, answerTokens = ANSWER } = ask;
  const reading = Math.max(0, promptTokens - heldTokens) / reads;
  return {
    loadMs: warm ? leftToLoad(pair, now) : loadTime(pair, ledger),
    workMs: (reading + answerTokens / writes) * 1_000,
    heldTokens: Math.min(promptTokens, heldTokens),
    isMeasured: (own?.replies ?? 0) > 0,
  };
}

/** How long the load of a model would take at a place, ms: a usual one where nobody knows. */
export function loadTime({ host, model }: Pair, ledger: Ledger): number {
  return expectedLoad(host, model, ledger) ?? LOAD_MS;
}

/** How long a load that began ahead still takes, ms; 0 where the model is there. */
function leftToLoad({ host, model }: Pair, now: number): number {
  const until = host.loading?.find((load) => load.model === model)?.until;
  return until === undefined ? 0 : Math.max(0, until - now);
}

/**
 * Says how long the load of a model on a host takes: as the last one there did, else by its size and other loads there, else
 * those of other hosts.
 *
 * @returns ms; null where nothing is known that it could follow from
 */
export function expectedLoad(host: HostSnapshot, model: string, ledger: Ledger): number | null {
  const own = ledger[host.name]?.[model]?.lastLoadMs ?? null;
  if (own !== null) return own;
  const size = sizeOf(host, model);
  if (size === null) return null;
  const here = loadRates(host, ledger[host.name] ?? {});
  // A host that nothing was loaded on yet loads about as the others do.
  const rates = here.length > 0 ? here : Object.values(ledger).flatMap((models) => loadRates(host, models));
  return size / (rates.length === 0 ? LOADS : rates.reduce((sum, rate) => sum + rate, 0) / rates.length);
}

/** Bytes that were loaded in a millisecond, by models whose size a host tells of. */
function loadRates(host: HostSnapshot, models: HostLedger): readonly number[] {
  return Object.entries(models).flatMap(([name, { lastLoadMs }]) => {
    const bytes = sizeOf(host, name);
    return lastLoadMs === null || bytes === null ? [] : [bytes / lastLoadMs];
  });
}

/** Tokens of its turn that the server read last in one of its slots, and nobody's prompt since then pushed out. */
function keptTokens(
  { thread, turn = null }: Pick<PendingAsk, "thread" | "turn">,
  { host, model }: Pair,
  ledger: Ledger,
): number {
  if (thread === undefined) return 0;
  const kept = ledger[host.name]?.[model]?.kept.slice(-host.slots) ?? [];
  const own = kept.find((one) => one.thread === thread && one.turn === turn);
  return Math.floor((own?.tokens ?? 0) * (turn === null ? HEAD : 1));
}

/** What a model should do on a host by what others of another size do there: a token takes as long as it takes to go through the weights. */
function bySize({ host, model }: Pair, ledger: Ledger, speed: SpeedOf): number | null {
  const size = sizeOf(host, model);
  if (size === null) return null;
  const known = Object.entries(ledger[host.name] ?? {}).flatMap(([name, one]) => {
    const [bytes, tokens] = [sizeOf(host, name), speed(one)];
    return bytes === null || tokens === null ? [] : [tokens * bytes / size];
  });
  return known.length === 0 ? null : known.reduce((sum, tokens) => sum + tokens, 0) / known.length;
}

/** What a model does where it was measured to do it fastest: a host that was not tried yet is worth a try. */
function fastest(ledger: Ledger, model: string, speed: SpeedOf): number | null {
  const known = Object.values(ledger).flatMap((host) => speed(host[model]) ?? []);
  return known.length === 0 ? null : Math.max(...known);
}
