import type { Crew } from "./crew.ts";
import type { State } from "../features/state.ts";
import type { Store } from "../tui/store.ts";
import type { CliContext } from "./context.ts";
import { Machine } from "./machine.ts";
import { presentState } from "./present_state.ts";
import { screenOffers } from "./screen_offers.ts";
import { handOf, ScreenUndo, type Undone } from "./screen_undo.ts";
import type { StartedRun } from "./start_run.ts";
import { storyOf } from "./story_of.ts";
import { threadRoles } from "./thread_roles.ts";

/**
 * Gives the screen what it reads of a run.
 *
 * @param context the world
 * @param crew who works
 * @param started the run at work with its journal
 * @param undone what is undone of it on this screen, by whichever store
 * @returns the store
 */
export function screenStore(
  context: CliContext,
  { fleet, capabilities: { registry } }: Crew,
  { id, run, journal, offers }: StartedRun,
  undone: Undone[] = [],
): Store {
  const machine = new Machine(() => Date.now());
  const roles = threadRoles();
  const listeners = new Set<() => void>();
  // What a person does to a run that is over is told by its journal alone.
  let late: State | null = null;
  const state = () => late ?? run.state();
  const undo = new ScreenUndo(
    context,
    id,
    journal,
    () => {
      late = presentState(state(), journal);
      for (const listener of listeners) listener();
    },
    () => state().run.ending === null,
    true,
    undone,
  );
  const story = storyOf(id, journal, journal, registry, state);
  return {
    state,
    subscribe(listener) {
      const end = run.subscribe(() => listener());
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        end();
      };
    },
    signals: () => run.signals(),
    hosts: () => fleet.status(),
    machine: () => machine.status(),
    now: () => Date.now(),
    roles: () => roles(Object.keys(run.registry().roles), state().threads),
    ...story,
    ...screenOffers(offers, state),
    ...handOf(undo, story.parts),
    inSession: true,
    send: (intent) => run.send(intent),
  };
}
