import { hasRoom, type Room } from "./room.ts";

/** How long a loaded model may keep asks of other models waiting, in milliseconds. */
const FAIR_MS = 20_000;
/** The longest time for which it may, where a load takes long. */
const LONGEST_FAIR_MS = 300_000;
/** A loaded model stays for so many times as long as the load of another one takes, so that most of the time is work. */
const FAIR_LOADS = 2;

/** Asks of loaded models that may pass over one that needs a load. */
const FAIR_PASSES = 4;

/**
 * The stay of a model in a host's memory: since it was loaded, its asks go first. Fairness is counted within a stay, so that
 * a queue in which every ask is old does not reload at each of them.
 */
export interface Stay {
  /** The model that was loaded last. */
  readonly model: string;
  /** When its first ask began, ms. */
  readonly since: number;
  /** When the latest asks on the host began, newest last; as many as fairness counts. */
  readonly begun: readonly number[];
}

/** What of a host is needed to know what it holds. */
interface Holding extends Room {
  readonly residentUnknown?: boolean;
  readonly stay: Stay | null;
  readonly loading?: readonly { readonly model: string }[];
}

/**
 * Says whether a host holds a model. What was loaded since the host last told is known by the stay alone: it pushed out all that the host
 * told of, unless there is room beside it. Of a host that does not tell, nobody knows of a load that could be waited for.
 *
 * @param host what the host told, and its stay
 * @param model model as the host names it
 * @returns true when an ask of the model needs no load, as far as is known
 */
export function isWarm(host: Holding, model: string): boolean {
  return host.residentUnknown === true || heldModels(host).includes(model);
}

/** Models that a host holds or is loading ahead, as far as is known. */
export function heldModels(host: Holding): readonly string[] {
  const names = [...host.resident.map(({ name }) => name), ...(host.loading ?? []).map(({ model }) => model)];
  const told = [...new Set(names)];
  if (host.stay === null || told.includes(host.stay.model)) return told;
  return hasRoom(host, host.stay.model, told) ? [...told, host.stay.model] : [host.stay.model];
}

/** What a load of a model would push out of a host's memory, as far as is known. */
export function pushedOut(host: Holding, model: string): readonly string[] {
  if (isWarm(host, model)) return [];
  const held = heldModels(host);
  return hasRoom(host, model, held) ? [] : held;
}

/**
 * Notes that an ask begins on a host.
 *
 * @param host what the host told, and its stay until now
 * @param model model as the host names it
 * @param now ms
 * @returns the stay from now on: a new one where the model has to be loaded
 */
export function stayAfter(host: Holding, model: string, now: number): Stay {
  if (host.stay === null || !isWarm(host, model)) return { model, since: now, begun: [now] };
  return { ...host.stay, begun: [...host.stay.begun, now].slice(-FAIR_PASSES) };
}

/**
 * Says when an ask that needs a load goes first, at the latest.
 *
 * @param stay stay on the host, null before the first ask
 * @param since when the ask began to wait, ms
 * @param loadMs how long its load takes, ms; null where nobody knows
 * @returns ms; 0 when it was passed over often enough already
 */
export function fairAt(stay: Stay | null, since: number, loadMs: number | null): number {
  const dear = Math.min((loadMs ?? 0) * FAIR_LOADS, LONGEST_FAIR_MS);
  if (stay === null) return since + Math.max(FAIR_MS, dear);
  const passes = stay.begun.filter((at) => at >= since).length;
  const from = Math.max(since, stay.since);
  if (passes < FAIR_PASSES) return from + Math.max(FAIR_MS, dear);
  return dear <= FAIR_MS ? 0 : from + dear;
}
