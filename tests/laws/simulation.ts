import type { Bounds } from "../../src/features/bounds.ts";
import type { Fact, Stamped } from "../../src/features/fact.ts";
import { EMPTY, evolve, fold } from "../../src/features/features.ts";
import { NO_WRITING } from "../../src/features/files/slice.ts";
import type { Intent } from "../../src/features/intent.ts";
import type { Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import { wish } from "../../src/features/wish.ts";
import { due } from "../../src/kernel/due.ts";
import type { Limits } from "../../src/kernel/limits.ts";
import { parseFact } from "../../src/plugin/built_in.ts";
import { Chance } from "./chance.ts";
import { crew, largeCrew, narrowed } from "./crew.ts";
import { Killed, type Ledger, type Witness } from "./disk.ts";
import { helpOf, wishOf } from "./persons.ts";
import { shortSummariser } from "./players.ts";
import { describe } from "./describe.ts";
import { deepFreeze } from "./deep_freeze.ts";
import { World } from "./world.ts";
import type { WorldSettings } from "./world_settings.ts";

/** A run to be simulated. */
export interface Scenario extends WorldSettings {
  readonly seed: number;
  readonly mode: "driver" | "observer" | "off";
  readonly headless: boolean;
  /** Whether models talk beside the work; absent: as much as ever. */
  readonly talk?: "on" | "off";
  readonly trusted: boolean;
  readonly limits: Limits;
  readonly roleLimits: Readonly<Record<string, Limits>>;
  readonly bounds: Partial<Bounds>;
  /** Prompt files beside the crew's own; none where absent. */
  readonly prompts?: Registry["prompts"];
  /** Whether the models are large: small ones are led more closely. */
  readonly large: boolean;
  /** Most tokens of the window of each role; null for the crew's own. */
  readonly window: number | null;
  /** Share of steps in which the person does something, for the first `meddling` steps. */
  readonly person: number;
  readonly meddling: number;
  /** Most kills of the program, each followed by a resume. */
  readonly crashes: number;
  /** Most asks that are cancelled from outside. */
  readonly cancels: number;
  /** Attempts that hosts can serve at once. */
  readonly seats: number;
  /** Most facts until the run must have ended. */
  readonly most: number;
}

/** A simulated run. */
export interface Run {
  readonly scenario: Scenario;
  readonly registry: Registry;
  readonly log: readonly Stamped[];
  readonly state: State;
  readonly world: World;
  readonly ledger: Ledger;
  /** Wishes that were refused, with the reason. */
  readonly refused: readonly string[];
}

const NO_LIMITS: Limits = { tokens: null, turns: null, wallMs: null };

/** Times in a row that only facts may be due. */
const SETTLING = 60;

/** Of a run that was not before. */
const NOTHING_UNTOLD: Pick<Ledger, "saves" | "judged"> = { saves: [], judged: new Map() };

/** Share of effects of a kind that are cancelled from outside. */
const CANCELLED: Readonly<Record<string, number>> = { ask: 0.02, prove: 0.2, apply: 0.1 };

/** Limits with some of them set. */
export function limits(some: Partial<Limits>): Limits {
  return { ...NO_LIMITS, ...some };
}

/** What happens to a run that nobody disturbs. */
export const CALM: Omit<Scenario, "arbiter" | "specialist" | "seed"> = {
  sources: 2,
  suite: "cases",
  trouble: 0,
  counted: true,
  interprets: null,
  copies: "never",
  saves: 0,
  summariser: shortSummariser,
  mode: "driver",
  headless: true,
  trusted: true,
  limits: NO_LIMITS,
  roleLimits: {},
  bounds: {},
  window: null,
  large: false,
  person: 0,
  meddling: 0,
  crashes: 0,
  cancels: 0,
  seats: 1,
  most: 20_000,
};

/**
 * Runs the core against a made world: commits what is due, opens effects, closes them in any order, and lets a person meddle.
 *
 * @param scenario who plays, what goes wrong, what the person does
 * @param past facts of a run that was killed after them; it is resumed
 * @param ledger what no fact tells of that run
 * @returns the log and the last state
 * @throws when the run is stuck, does not settle or does not end
 */
export function simulate(
  scenario: Scenario,
  past: readonly Stamped[] = [],
  ledger: Pick<Ledger, "saves" | "judged"> = NOTHING_UNTOLD,
): Run {
  const chance = new Chance(scenario.seed);
  const offered = (scenario.large ? largeCrew : crew)(scenario.bounds);
  const prompts = { ...offered.prompts, ...scenario.prompts };
  const registry = narrowed({ ...offered, prompts }, scenario.window);
  const world = new World(scenario, registry, chance);
  const log: Stamped[] = [...past];
  const refused: string[] = [];
  let state: State = deepFreeze(fold(past, EMPTY));
  world.remember(past, ledger);
  let time = state.at + 1_000;
  let crashes = scenario.crashes;
  let cancels = scenario.cancels;
  let steps = 0;
  const begun = new Set<string>();
  const queued = new Map<string, Fact[]>();
  const opened = new Map<string, State>();

  const commit = (...facts: readonly Fact[]): void => {
    for (const fact of facts) {
      time += chance.below(5);
      const parsed = parseFact(JSON.parse(JSON.stringify(fact)));
      const stamped: Stamped = { ...parsed, seq: state.seq + 1, at: time };
      log.push(deepFreeze(stamped));
      state = deepFreeze(evolve(state, stamped));
    }
  };
  const want = (intent: Intent): void => {
    const decided = wish(state, intent);
    if ("refused" in decided) refused.push(`${intent.kind}: ${decided.refused}`);
    else commit(...decided.facts);
  };
  const perform = (key: string): void => {
    const open = state.effects.open[key]!;
    const rest = queued.get(key);
    if (rest !== undefined) {
      commit(rest.shift()!);
      if (rest.length === 0) queued.delete(key);
      return;
    }
    if (!begun.has(key)) {
      begun.add(key);
      const first = world.begin(open.effect, opened.get(key) ?? state, state);
      if (first !== null) return commit(...first);
    }
    if (cancels > 0 && chance.happens(CANCELLED[open.effect.kind] ?? 0)) {
      cancels -= 1;
      return commit({ type: "effect_cancelled", key, by: "person", ms: 3 });
    }
    const facts = world.end(open, state, opened.get(key) ?? state, witness);
    commit(facts[0]!);
    if (facts.length > 1) queued.set(key, facts.slice(1));
  };
  const witness: Witness = {
    note: (fact) => commit(fact),
    kill: () => {
      if (crashes === 0 || !chance.happens(0.1)) return;
      crashes -= 1;
      throw new Killed();
    },
  };
  const cancel = (key: string): void => {
    const { write, command } = state.files.writing[key] ?? NO_WRITING;
    if (queued.has(key) || write !== null || command !== null) return perform(key);
    commit({ type: "effect_cancelled", key, by: "the run", ms: 3 });
  };

  const offer: readonly Fact[] = scenario.copies === "never"
    ? []
    : [{ type: "workspaces_offered", tier: "bubblewrap", why: null, network: false }];
  const resume = (): void => {
    while (scenario.saves > 0 && chance.happens(scenario.saves)) world.disk.save(state);
    for (const open of Object.values(state.effects.open)) {
      commit(...world.settle(open, state));
    }
    world.forget();
    queued.clear();
    begun.clear();
    time += 10_000;
    commit({ type: "run_resumed", headless: scenario.headless }, ...offer);
  };

  if (past.length > 0) resume();
  else {commit(
      {
        type: "run_started",
        run: "r1",
        project: "/project",
        goal: "Make the tests pass",
        mode: scenario.mode,
        headless: scenario.headless,
        label: "",
        trusted: scenario.trusted,
        limits: scenario.limits,
        roleLimits: { ...scenario.roleLimits },
        version: "0",
        dirty: [],
        ...(scenario.talk === undefined ? {} : { talk: scenario.talk }),
      },
      {
        type: "crew_assembled",
        roles: Object.values(registry.roles).map((role) => ({
          role: role.role,
          describes: role.describes,
          models: [...role.models],
          window: role.window,
          temperature: role.temperature,
        })),
        tools: Object.keys(registry.tools),
        reason: "the run starts",
      },
      ...offer,
    );}
  const interpreter = (is: boolean): void =>
    commit({
      type: "interpreter_changed",
      host: is ? "fast" : null,
      model: is ? "interpreter-model" : null,
      reason: is ? "it is there" : "its host is down",
    });
  if (scenario.interprets !== null) interpreter(true);
  const seats = (open: number): void => commit({ type: "seats_changed", seats: open, reason: "hosts" });
  if (scenario.seats > 1) seats(scenario.seats);

  let settling = 0;
  while (state.run.ending === null) {
    steps += 1;
    if (log.length - past.length > scenario.most) {
      throw new Error(`The run did not end within ${scenario.most} facts. ${describe(state, log)}`);
    }
    time += chance.below(40);
    if (steps <= scenario.meddling && chance.happens(scenario.person)) want(wishOf(state, chance, world.mark));
    if (state.run.ending !== null) break;
    const isApart = state.workspaces.proof?.holds === true;
    if (isApart && steps <= scenario.meddling && chance.happens(scenario.saves)) world.disk.save(state);
    if (crashes > 0 && chance.happens(0.01)) {
      crashes -= 1;
      resume();
    }
    // The interpreter's host comes and goes.
    if (scenario.interprets !== null && scenario.trouble > 0 && chance.happens(0.02)) {
      interpreter(state.interpreter === null);
    }
    // So do hosts that serve attempts.
    if (scenario.seats > 1 && scenario.trouble > 0 && chance.happens(0.02)) {
      seats(state.seats.open > 1 ? 1 : scenario.seats);
    }
    const owed = due(state, registry, time);
    if (owed.facts.length > 0) {
      settling += 1;
      if (settling > SETTLING) {
        throw new Error(`The run does not settle: ${JSON.stringify(owed.facts)} ${describe(state, log)}`);
      }
      commit(...owed.facts);
      continue;
    }
    settling = 0;
    for (const effect of owed.effects) {
      commit({ type: "effect_opened", effect });
      opened.set(effect.key, state);
    }
    for (const key of owed.cancel) if (chance.happens(0.7)) cancel(key);
    const open = Object.keys(state.effects.open);
    if (open.length > 0) {
      try {
        perform(chance.one(open));
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        resume();
      }
      continue;
    }
    const help = helpOf(state);
    if (help !== null) want(help);
    else if (owed.cancel.length > 0) continue;
    else if (owed.wakeAt !== null && owed.wakeAt > time) time = owed.wakeAt;
    else throw new Error(`Nothing is due and nothing is open. ${describe(state, log)}`);
  }
  // What is open at the end is cancelled, and nothing is opened any more.
  while (Object.keys(state.effects.open).length > 0) {
    const owed = due(state, registry, time);
    if (owed.facts.length + owed.effects.length > 0) throw new Error("Something is due after the end.");
    for (const key of owed.cancel) if (state.effects.open[key] !== undefined) cancel(key);
  }
  return { scenario, registry, log, state, world, ledger: world.disk, refused };
}
