import type { Breaker } from "./breaker.ts";
import type { Room } from "./room.ts";
import type { Stay } from "./stay.ts";

/** An ask at work on a host. */
export interface AskInFlight {
  readonly key: string;
  readonly model: string;
  /** When it began, ms; absent where nobody noted it. */
  readonly since?: number;
  /** When it is expected to be done, ms; absent where nobody knows. */
  readonly until?: number;
}

/** A model that is being loaded before anybody asks it. */
export interface LoadAtWork {
  readonly model: string;
  /** When it is expected to be there, ms. */
  readonly until: number;
}

/** A host as placing sees it at one moment. */
export interface HostSnapshot extends Room {
  readonly name: string;
  readonly url: string;
  /** Kind of wire, null until the host was found. */
  readonly kind: string | null;
  /** asking: it has not answered or failed yet. */
  readonly state: "asking" | "up" | "down";
  /** Why it is down; empty when it is up. */
  readonly reason: string;
  /** When it was first found down, ms; null while it is not. */
  readonly downSince: number | null;
  /** Names of models that it has and that the patterns of the configuration leave out; absent: none. */
  readonly unused?: readonly string[];
  /** Whether it answers that it is busy, as a server that loads its model does; absent: it does not. */
  readonly isBusy?: boolean;
  /** True where it does not say what it holds: then nobody waits for a load. */
  readonly residentUnknown?: boolean;
  /** Most requests at the same time. */
  readonly slots: number;
  /** Requests of others that were at work or waiting there when it last answered; absent where it does not say. */
  readonly others?: number;
  readonly inFlight: readonly AskInFlight[];
  /** Whether it loads a model without being asked anything; absent: it does not. */
  readonly canLoad?: boolean;
  /** Models that it is loading ahead; absent: none. They take no slot. */
  readonly loading?: readonly LoadAtWork[];
  readonly breakers: readonly Breaker[];
  /** The model loaded last and what began since; null before the first ask. */
  readonly stay: Stay | null;
  /** Largest window by model, in tokens, where it is known: trained, or fixed by the server. */
  readonly windowLimits: Readonly<Record<string, number>>;
  /** Windows that models were asked with in this run: never changed again, since another value reloads the model. */
  readonly windows: Readonly<Record<string, number>>;
}

/** All hosts at one moment, in the order of the configuration. Made anew for each placing, never stored. */
export interface FleetSnapshot {
  readonly hosts: readonly HostSnapshot[];
}
