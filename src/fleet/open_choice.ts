import type { Ledger } from "../features/ledger/slice.ts";
import { gateOf } from "./breaker.ts";
import type { Choice, Pair } from "./choices.ts";
import type { FleetSnapshot, HostSnapshot } from "./fleet_snapshot.ts";
import { freeSlots } from "./lanes.ts";
import { wantedModel } from "./model_name.ts";
import type { PendingAsk } from "./pending_ask.ts";

/** The best choice that is to be had, with the hosts as they are by now. `not` and `avoid` are given up last. */
export function openChoice(
  ask: PendingAsk,
  choices: readonly Choice[],
  hosts: ReadonlyMap<string, HostSnapshot>,
  fleet: FleetSnapshot,
  now: number,
  ledger: Ledger,
): { readonly choice: Choice; readonly pairs: readonly Pair[] } | null {
  const open = choices.map((choice) => ({
    choice,
    pairs: choice.pairs.flatMap(({ host: { name }, model }) => {
      const host = hosts.get(name);
      const isOpen = host?.state === "up" && gateOf(host.breakers, model, now).state !== "shut";
      return isOpen ? [{ host, model }] : [];
    }),
  }));
  const isOther = ({ model }: Pair) =>
    ask.not === undefined || model !== ask.not && model !== wantedModel(ask.not, fleet).name;
  const isElsewhere = ({ host }: Pair) => host.name !== ask.avoid;
  const tiers = [
    (pair: Pair) => isOther(pair) && isElsewhere(pair),
    isElsewhere,
    isOther,
    () => true,
  ];
  const isFree = ({ host }: Pair) => freeSlots(host, ledger) > 0;
  if (ask.isBeside === true) {
    for (const { choice, pairs } of open) {
      const kept = pairs.filter((pair) => isOther(pair) && isElsewhere(pair));
      if (choice.preference !== null && kept.some(isFree)) return { choice, pairs: kept };
    }
  }
  for (const keeps of tiers) {
    for (const { choice, pairs } of open) {
      const kept = pairs.filter(keeps);
      if (kept.length > 0) return { choice, pairs: kept };
    }
  }
  return null;
}
