import type { Crew } from "./crew.ts";
import { ARBITER } from "../features/registry.ts";
import type { Store } from "../tui/store.ts";
import { Earlier, sayDecision } from "../tell/earlier.ts";
import { History } from "../tell/history.ts";
import { Replies } from "../tell/replies.ts";
import { tellingOf } from "../tell/telling.ts";
import { Machine } from "./machine.ts";
import { screenOffers } from "./screen_offers.ts";
import type { StartedRun } from "./start_run.ts";
import { textsOf } from "./texts_of.ts";

/**
 * Gives the screen what it reads of a run.
 *
 * @param crew who works
 * @param started the run at work with its journal
 * @returns the store
 */
export function screenStore({ fleet, capabilities }: Crew, { run, journal }: StartedRun): Store {
  const { registry } = capabilities;
  const history = new History(journal, tellingOf(registry), new Earlier(registry));
  const texts = textsOf(journal);
  const replies = new Replies(journal, texts);
  const machine = new Machine(() => Date.now());
  const roles = Object.keys(registry.roles);
  const ordered = [...roles.filter((role) => role === ARBITER), ...roles.filter((role) => role !== ARBITER)];
  return {
    state: () => run.state(),
    subscribe: (listener) => run.subscribe(() => listener()),
    signals: () => run.signals(),
    hosts: () => fleet.status(),
    machine: () => machine.status(),
    now: () => Date.now(),
    roles: () => ordered,
    text: (text) => texts.whole(text),
    replies: (role) => replies.count(role),
    reply: (role, at) => replies.read(role, at, run.state()),
    scrollback: (role, before, lines) => history.read(role, before, lines),
    ...screenOffers(() => capabilities.plugins.offers, () => run.state()),
    says: (name, args) => sayDecision(registry, name, args),
    send: (intent) => run.send(intent),
  };
}
