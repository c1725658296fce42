import type { Crew } from "./crew.ts";
import { ARBITER } from "../features/registry.ts";
import { isFurtherSeat } from "../features/seats/seat.ts";
import type { Store } from "../tui/store.ts";
import { Machine } from "./machine.ts";
import type { Run } from "../run/run.ts";
import { screenOffers } from "./screen_offers.ts";
import type { StartedRun } from "./start_run.ts";
import { storyOf } from "./story_of.ts";

/**
 * Gives the screen what it reads of a run.
 *
 * @param crew who works
 * @param started the run at work with its journal
 * @returns the store
 */
export function screenStore(
  { fleet, capabilities: { registry } }: Crew,
  { id, run, journal, offers }: StartedRun,
): Store {
  const machine = new Machine(() => Date.now());
  const ordered = rolesOf(run);
  return {
    state: () => run.state(),
    subscribe: (listener) => run.subscribe(() => listener()),
    signals: () => run.signals(),
    hosts: () => fleet.status(),
    machine: () => machine.status(),
    now: () => Date.now(),
    roles: ordered,
    ...storyOf(id, journal, journal, registry, () => run.state()),
    ...screenOffers(offers, () => run.state()),
    send: (intent) => run.send(intent),
  };
}

/**
 * Says which roles have a thread, the arbiter first: those of the crew as it is now, its further seats once they worked, and those that were in it and have something to show. The
 * list is the same object while it says the same.
 */
function rolesOf(run: Run): () => readonly string[] {
  let last: readonly string[] = [];
  return () => {
    const { threads } = run.state();
    const inCrew = Object.keys(run.registry().roles).filter((role) =>
      !isFurtherSeat(role) || threads[role] !== undefined
    );
    const roles = [...inCrew, ...Object.keys(threads).filter((role) => !inCrew.includes(role))];
    const ordered = [...roles.filter((role) => role === ARBITER), ...roles.filter((role) => role !== ARBITER)];
    if (ordered.join("\n") !== last.join("\n")) last = ordered;
    return last;
  };
}
