import type { Crew } from "./crew.ts";
import { ARBITER } from "../features/registry.ts";
import { isFurtherSeat } from "../features/seats/seat.ts";
import { differenceOf } from "../effects/difference.ts";
import type { FileChange, Store } from "../tui/store.ts";
import { Earlier, sayDecision } from "../tell/earlier.ts";
import { History } from "../tell/history.ts";
import { Replies } from "../tell/replies.ts";
import { tellingOf } from "../tell/telling.ts";
import { Machine } from "./machine.ts";
import type { Run } from "../run/run.ts";
import { screenOffers } from "./screen_offers.ts";
import type { StartedRun } from "./start_run.ts";
import { textsOf } from "./texts_of.ts";

/** Characters of a file that are compared while the screen waits, and lines around each change. */
const MOST_COMPARED = 200_000;
const CONTEXT = 3;

/**
 * Gives the screen what it reads of a run.
 *
 * @param crew who works
 * @param started the run at work with its journal
 * @returns the store
 */
export function screenStore({ fleet, capabilities: { registry } }: Crew, { run, journal, offers }: StartedRun): Store {
  const history = new History(journal, tellingOf(registry), new Earlier(registry));
  const texts = textsOf(journal);
  const replies = new Replies(journal, texts);
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
    text: (text) => texts.whole(text),
    difference: (change) => changeText(change, (hash) => texts.stored(hash)),
    replies: (role) => replies.count(role),
    reply: (role, at) => replies.read(role, at, run.state()),
    scrollback: (role, before, lines) => history.read(role, before, lines),
    ...screenOffers(offers, () => run.state()),
    says: (name, args) => sayDecision(registry, name, args),
    send: (intent) => run.send(intent),
  };
}

/** The difference of two stored texts of a file; null where one is no text or too long to be compared at once. */
function changeText({ path, before, after }: FileChange, stored: (hash: string) => string | null): string | null {
  const [old, now] = [before, after].map((hash) => hash === null ? "" : stored(hash));
  const isShown = (text: string | null | undefined): text is string =>
    typeof text === "string" && text.length <= MOST_COMPARED && !text.includes("\u0000");
  return isShown(old) && isShown(now) ? differenceOf(path, old, now, CONTEXT) : null;
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
