import type { ResidentModel } from "../ports/model_host.ts";

/** How long a loaded model may keep asks of other models waiting, in milliseconds. */
const FAIR_MS = 20_000;

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
interface Holding {
  readonly resident: readonly ResidentModel[];
  readonly residentUnknown?: boolean;
  readonly stay: Stay | null;
}

/**
 * Says whether a host holds a model. What was loaded since the host last told is known by the stay alone: it may have pushed
 * out all that the host told of. Of a host that does not tell, nobody knows of a load that could be waited for.
 *
 * @param host what the host told, and its stay
 * @param model model as the host names it
 * @returns true when an ask of the model needs no load, as far as is known
 */
export function isWarm(host: Holding, model: string): boolean {
  if (host.residentUnknown === true) return true;
  const holds = (name: string) => host.resident.some((one) => one.name === name);
  if (host.stay === null || holds(host.stay.model)) return holds(model);
  return host.stay.model === model;
}

/** What a host held, apart from one model: that a load may push out. */
export function holdsAnother(host: Holding, model: string): boolean {
  if (host.residentUnknown === true) return false;
  if (host.stay !== null && host.stay.model !== model) return true;
  return host.resident.some((one) => one.name !== model);
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
 * @returns ms; 0 when it was passed over often enough already
 */
export function fairAt(stay: Stay | null, since: number): number {
  if (stay === null) return since + FAIR_MS;
  const passes = stay.begun.filter((at) => at >= since).length;
  return passes >= FAIR_PASSES ? 0 : Math.max(since, stay.since) + FAIR_MS;
}
