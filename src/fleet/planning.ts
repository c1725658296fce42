import type { Ledger } from "../features/ledger/slice.ts";
import type { FleetSnapshot, HostSnapshot } from "./fleet_snapshot.ts";
import type { PendingAsk } from "./pending_ask.ts";

/** What is planned at one moment. */
export interface Planning {
  readonly fleet: FleetSnapshot;
  /** The hosts by name, with what was placed and planned on them by now. */
  readonly hosts: ReadonlyMap<string, HostSnapshot>;
  readonly ledger: Ledger;
  /** Models that the crew works with. */
  readonly usual: readonly string[];
  /** Asks that are not planned yet. */
  readonly pending: readonly PendingAsk[];
  readonly now: number;
}
