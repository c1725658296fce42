import type { Fact } from "../features/fact.ts";
import type { Registry } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import { worthSlots } from "../features/ledger/speeds.ts";
import { rolesOfPhase } from "../features/tasks/role_of_phase.ts";
import { choicesFor } from "../fleet/choices.ts";
import type { Fleet } from "../fleet/fleet.ts";

/**
 * The fact that hosts can serve another number of attempts at once: all slots of hosts that answer and have a model which the role that
 * does the work wants, as far as they were not measured to be worth nothing. null where nothing changed.
 *
 * @param named roles whose model the user named
 */
export function seatsChange(
  state: State,
  registry: Registry,
  fleet: Fleet,
  named: ReadonlySet<string>,
): Fact | null {
  if (state.run.info === null || state.run.ending !== null) return null;
  const phase = registry.phases.find(({ consultsWork }) => consultsWork === true)?.phase;
  const role = phase === undefined ? undefined : registry.roles[rolesOfPhase(registry, phase)[0] ?? ""];
  if (role === undefined) return null;
  const choices = choicesFor({ ...role, userNamed: named.has(role.role) }, fleet.snapshot());
  const wanted = choices.filter(({ preference }) => preference !== null);
  const pairs = (wanted.length > 0 ? wanted : choices.slice(0, 1)).flatMap((choice) => choice.pairs);
  const hosts = new Map(
    pairs.filter(({ host }) => host.state === "up")
      .map(({ host: { name, slots } }) => [name, worthSlots(slots, state.ledger.hosts[name])]),
  );
  const seats = Math.max(1, [...hosts.values()].reduce((sum, slots) => sum + slots, 0));
  if (seats === state.seats.open) return null;
  const reason = hosts.size === 0
    ? `no host with a model for ${role.role} answers`
    : `${[...hosts.keys()].join(" and ")}`;
  return { type: "seats_changed", seats, reason };
}
