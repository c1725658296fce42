import { BUILT_IN } from "../plugin/built_in.ts";
import { asLeft } from "../tell/as_left.ts";
import type { Store } from "../tui/store.ts";
import type { CliContext } from "./context.ts";
import { presentState } from "./present_state.ts";
import { hostsOf } from "./replay/replay_store.ts";
import { handOf, ScreenUndo, type Undone } from "./screen_undo.ts";
import { storyOf } from "./story_of.ts";
import type { ReadRun } from "./stored_run.ts";
import { storeAtRest } from "./store_at_rest.ts";
import { threadRoles } from "./thread_roles.ts";

const OVER = "The run is over: nothing can be sent.";

/**
 * Gives the screen what it reads of a stored run at which nothing is at work: it is looked at, undone and taken over like one that has just
 * ended.
 *
 * @param context the world
 * @param run the run, its journal open for writing
 * @param undone what was undone of it on this screen before
 * @returns the store
 */
export function storedStore(context: CliContext, run: ReadRun, undone: Undone[] = []): Store {
  const { id, journal } = run;
  const listeners = new Set<() => void>();
  let now = asLeft(run.state);
  const state = () => now;
  const undo = new ScreenUndo(
    context,
    id,
    journal,
    () => {
      now = asLeft(presentState(run.state, journal));
      for (const listener of listeners) listener();
    },
    () => false,
    false,
    undone,
  );
  const roles = threadRoles();
  const story = storyOf(id, journal, journal, BUILT_IN, state);
  return {
    state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hosts: () => hostsOf(now),
    machine: () => ({ cpu: null, memoryUsed: 0, memoryTotal: 0 }),
    now: () => now.at,
    roles: () => roles(now.run.crew.map(({ role }) => role), now.threads),
    ...story,
    ...handOf(undo, story.parts),
    inSession: true,
    isPast: true,
    ...storeAtRest(OVER),
  };
}
