import type { Ledger } from "../features/ledger/slice.ts";
import type { FleetSnapshot, HostSnapshot } from "./fleet_snapshot.ts";

/** What is planned at one moment. */
export interface Planning {
  readonly fleet: FleetSnapshot;
  /** The hosts by name, with what was placed and planned on them by now. */
  readonly hosts: ReadonlyMap<string, HostSnapshot>;
  readonly ledger: Ledger;
  /** Models that the crew works with. */
  readonly usual: readonly string[];
  /** Bare names of models that the crew works with or an ask wants. */
  readonly wanted: ReadonlySet<string>;
  readonly now: number;
}
