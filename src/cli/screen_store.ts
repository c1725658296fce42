import type { Crew } from "./crew.ts";
import type { Store } from "../tui/store.ts";
import { Machine } from "./machine.ts";
import { screenOffers } from "./screen_offers.ts";
import type { StartedRun } from "./start_run.ts";
import { storyOf } from "./story_of.ts";
import { threadRoles } from "./thread_roles.ts";

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
  const roles = threadRoles();
  return {
    state: () => run.state(),
    subscribe: (listener) => run.subscribe(() => listener()),
    signals: () => run.signals(),
    hosts: () => fleet.status(),
    machine: () => machine.status(),
    now: () => Date.now(),
    roles: () => roles(Object.keys(run.registry().roles), run.state().threads),
    ...storyOf(id, journal, journal, registry, () => run.state()),
    ...screenOffers(offers, () => run.state()),
    send: (intent) => run.send(intent),
  };
}
