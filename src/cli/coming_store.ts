import type { Stamped } from "../features/fact.ts";
import { folding } from "../kernel/fold.ts";
import type { Store } from "../tui/store.ts";
import { assembled } from "./assembled.ts";
import type { CliContext } from "./context.ts";
import type { AskedCrew } from "./crew.ts";
import { Machine } from "./machine.ts";
import { runStarted } from "./run_started.ts";
import { storyOf } from "./story_of.ts";
import { storeAtRest } from "./store_at_rest.ts";
import { threadRoles } from "./thread_roles.ts";

/** What is said where something would be sent. */
const SOON = "The run has not begun: its hosts are being asked. Send it again in a moment.";

/**
 * Gives the screen what it reads of a run that is about to begin: its goal, its crew, and its hosts while they are asked what they have. A
 * host that does not answer takes seconds, and a person who waits sees for whom.
 *
 * @param context the world
 * @param crew who is going to work
 * @param wish the goal, and the word for the title bar
 */
export function comingStore(
  context: CliContext,
  crew: AskedCrew,
  wish: { readonly goal: string; readonly label: string },
): Store {
  const { fleet, capabilities } = crew;
  const { registry } = capabilities;
  const now = () => Date.now();
  const at = now();
  const facts: readonly Stamped[] = [
    { seq: 1, at, ...runStarted(context, crew, { ...wish, headless: false }, { run: "", dirty: [] }) },
    { seq: 2, at, ...assembled(capabilities, fleet, "at the start") },
  ];
  const folds = folding(registry.features);
  const state = folds.fold(facts, folds.empty);
  const machine = new Machine(now);
  const roles = threadRoles();
  const stored = { read: (from = 0) => facts.filter(({ seq }) => seq >= from), last: () => facts.length };
  const nowhere = { putBlob: () => "", getBlob: () => undefined };
  return {
    state: () => state,
    subscribe: (listener) => fleet.onChange(listener),
    hosts: () => fleet.status(),
    machine: () => machine.status(),
    now,
    roles: () => roles(Object.keys(registry.roles), state.threads),
    ...storyOf("", stored, nowhere, registry, () => state),
    inSession: true,
    isComing: true,
    ...storeAtRest(SOON),
  };
}
