import type { Stamped } from "../../features/fact.ts";
import type { State } from "../../features/state.ts";
import { oneLine } from "../../kernel/say.ts";
import { BUILT_IN } from "../../plugin/built_in.ts";
import type { HostStatus } from "../../ports/host_status.ts";
import type { Timer } from "../../ports/timer.ts";
import { decisionWords } from "../../tell/decision_words.ts";
import { Decisions } from "../../tell/decisions.ts";
import { Earlier } from "../../tell/earlier.ts";
import { tellingOf } from "../../tell/telling.ts";
import type { Store } from "../../tui/store.ts";
import type { ReadRun } from "../stored_run.ts";
import { type Story, storyOf } from "../story_of.ts";
import { storeAtRest } from "../store_at_rest.ts";
import { threadRoles } from "../thread_roles.ts";
import { type Happening, Player } from "./player.ts";

/** A stored run as the screen plays it. */
export interface Replay {
  readonly store: Store;
  readonly player: Player;
}

/** What is said where something would be sent. */
const OVER = "This is a replay: nothing can be sent.";

/**
 * Plays a stored run for the screen, out of its journal alone: no host is asked, nothing is written.
 *
 * @param run the run, its journal open
 * @param speed times as fast as it went
 * @param clock present time, and what waits
 * @param inSession whether the screen stays when its player is left
 */
export function replayOf(
  run: ReadRun,
  speed: number,
  clock: { readonly now: () => number; readonly after: Timer },
  inSession = false,
): Replay {
  const player = new Player({
    facts: run.facts,
    begin: beginOf(run.facts),
    happenings: happeningsOf(run.facts),
    speed,
    ...clock,
  });
  const state = () => player.state();
  const newStory = () => storyOf(run.id, player, run.journal, BUILT_IN, state);
  let known = { story: newStory(), at: 0 };
  // What readers learned of facts that are to come again is wrong: they learn anew.
  const story = (): Story => {
    known = { story: player.last() < known.at ? newStory() : known.story, at: player.last() };
    return known.story;
  };
  const roles = threadRoles();
  const store: Store = {
    state,
    subscribe: (listener) => player.subscribe(listener),
    hosts: () => hostsOf(state()),
    machine: () => ({ cpu: null, memoryUsed: 0, memoryTotal: 0 }),
    now: () => player.now(),
    roles: () => roles(state().run.crew.map(({ role }) => role), state().threads),
    text: (text) => story().text(text),
    difference: (change) => story().difference(change),
    replies: (role) => story().replies(role),
    reply: (role, at) => story().reply(role, at),
    scrollback: (role, before, lines) => story().scrollback(role, before, lines),
    says: (name, args, made) => story().says(name, args, made),
    tells: (decision) => story().tells(decision),
    decisions: () => story().decisions(),
    why: (id) => story().why(id),
    message: (id) => story().message(id),
    causedBy: (id) => story().causedBy(id),
    parts: () => story().parts(),
    changes: (part) => story().changes(part),
    playing: () => player.playing(),
    play: (wish) => player.play(wish),
    ...(inSession ? { inSession } : {}),
    isPast: true,
    ...storeAtRest(OVER),
  };
  return { store, player };
}

/** Where a run begins for who looks on: with its crew, without which there is nothing to see. */
function beginOf(facts: readonly Stamped[]): number {
  return Math.max(1, 1 + facts.findIndex(({ type }) => type === "crew_assembled"));
}

/** What happened in a run that progress tells of, and where. */
function happeningsOf(facts: readonly Stamped[]): readonly Happening[] {
  const telling = tellingOf(BUILT_IN);
  const earlier = new Earlier(BUILT_IN);
  const words = wordsOfDecisions(facts);
  return facts.flatMap((fact, index): Happening[] => {
    earlier.note(fact);
    const [told] = telling.lines(fact, earlier);
    const line = fact.type === "decision_made" ? words.get(fact.id) : told;
    return line === undefined
      ? []
      : [{ at: index + 1, says: oneLine(line), isDecision: fact.type === "decision_made" }];
  });
}

/** What each decision was, with whom it gave which task later. */
function wordsOfDecisions(facts: readonly Stamped[]): ReadonlyMap<string, string> {
  const all = { read: () => facts, last: () => facts.length };
  const nowhere = { whole: () => "", stored: () => null };
  const decisions = new Decisions(all, nowhere, BUILT_IN).list();
  return new Map(decisions.map((one) => [one.id, `${one.id} by ${one.by}: ${decisionWords(BUILT_IN, one)}`]));
}

/** The hosts that asks were placed on, as far as facts tell of them. */
export function hostsOf({ ledger, placements, effects }: State): readonly HostStatus[] {
  const placed = Object.values(placements);
  const names = [...new Set([...Object.keys(ledger.hosts), ...placed.map(({ host }) => host)])].sort();
  return names.map((name): HostStatus => {
    const inFlight = Object.keys(effects.open).filter((key) => placements[key]?.host === name);
    return {
      name,
      url: "",
      kind: "",
      state: "up",
      reason: "",
      version: null,
      models: [],
      resident: [],
      residentUnknown: true,
      slots: Math.max(1, inFlight.length),
      inFlight,
      waiting: [],
    };
  });
}
