import type { CrewInUse } from "../effects/crew_in_use.ts";
import { perform } from "../effects/perform.ts";
import type { Models } from "../effects/ask/models.ts";
import type { Effect } from "../effects/effect.ts";
import type { RunRegistry, World } from "../effects/effect_kind.ts";
import type { Fact, Stamped } from "../features/fact.ts";
import type { Intent } from "../features/intent.ts";
import type { EndingKind } from "../features/run/endings.ts";
import { rolesToCome } from "../features/seats/roles_to_come.ts";
import { roleOfSeat } from "../features/seats/seat.ts";
import type { State } from "../features/state.ts";
import { wish } from "../features/wish.ts";
import { tokensLeft } from "../kernel/budget.ts";
import { due } from "../kernel/due.ts";
import type { Folding } from "../kernel/fold.ts";
import type { AnyIntent } from "../kernel/granted.ts";
import { earliest } from "../kernel/owed.ts";
import type { Signal } from "../ports/host_status.ts";
import { Alarm } from "./alarm.ts";
import type { CrewWatch } from "./crew_watch.ts";
import { interpreterChange } from "./interpreter_place.ts";
import { LoadsAhead } from "./loads_ahead.ts";
import { JournalError } from "./journal_error.ts";
import { Learning } from "./learning.ts";
import type { Run, RunParts } from "./run.ts";
import { Seating } from "./seating.ts";
import { seatsChange } from "./seats_change.ts";
import { Signals } from "./signals.ts";
import type { PromptChange } from "./watch_prompts.ts";
import { worldOf } from "./world_of.ts";

/** Facts in a row without an effect after which the core must be wrong. */
const MOST_FACTS_IN_A_ROW = 1_000;

/** A run at work on its journal, from its first facts on. */
export class Loop implements Run {
  readonly done: Promise<{ readonly kind: EndingKind; readonly cause: string } | null>;
  readonly #parts: RunParts;
  readonly #folds: Folding<State>;
  readonly #listeners = new Set<(facts: readonly Stamped[]) => void>();
  readonly #signals = new Signals();
  readonly #seating: Seating;
  readonly #loadsAhead: LoadsAhead;
  readonly #learning: Learning;
  readonly #models: Models;
  /** What ends each effect that is at work, by key. */
  readonly #working = new Map<string, AbortController>();
  readonly #alarm: Alarm;
  #crew: CrewInUse;
  #crewWatch: CrewWatch | null = null;
  #state: State;
  #stopping: string | null = null;
  #resolve: (ending: { kind: EndingKind; cause: string } | null) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(parts: RunParts, folds: Folding<State>, state: State) {
    this.#parts = parts;
    this.#folds = folds;
    const { registry, tools, named } = parts;
    this.#crew = { registry, tools, named };
    this.#alarm = new Alarm(parts.now);
    this.#learning = new Learning(parts.registry.asks, parts.memory ?? null);
    this.#state = state;
    const common = {
      fleet: parts.fleet,
      named: () => this.#crew.named,
      now: parts.now,
      registry: () => this.#crew.registry,
      state: () => this.#state,
    };
    this.#seating = new Seating({
      ...common,
      show: (key, status) => this.#show(key, status),
      wake: () => this.#alarm.wake(),
    });
    this.#loadsAhead = new LoadsAhead({
      ...common,
      coming: () => rolesToCome(this.#state, this.#crew.registry),
      note: (fact) => this.#commitBeside([fact]),
    });
    this.#models = this.#modelsOf(parts);
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  state(): State {
    return this.#state;
  }

  registry(): RunRegistry {
    return this.#crew.registry;
  }

  signals(): ReadonlyMap<string, Signal> {
    return this.#signals.all;
  }

  subscribe(listener: (facts: readonly Stamped[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send<Own extends AnyIntent = never>(intent: Intent | NoInfer<Own>): string | null {
    const granted = wish(this.#state, intent, this.#crew.registry.features);
    if ("refused" in granted) return granted.refused;
    this.commit(granted.facts);
    this.#alarm.wake();
    return null;
  }

  async stop(reason: string): Promise<void> {
    this.#stopping = reason;
    this.#alarm.wake();
    await this.done.catch(() => null);
  }

  /** One synchronous transaction: written first, then so, then told. */
  commit(facts: readonly Fact[]): void {
    if (facts.length === 0) return;
    const stamped = this.#parts.journal.append(facts, this.#parts.now());
    for (const fact of stamped) this.#state = this.#folds.evolve(this.#state, fact);
    for (const listener of this.#listeners) listener(stamped);
    this.#crewWatch?.heard(stamped);
    const forgotten = this.#learning.learn(stamped, this.#parts.now());
    if (forgotten !== null) this.commit([forgotten]);
  }

  start(): void {
    const watch = this.#parts.watchPrompts?.((change) => this.#changePrompts(change));
    this.#crewWatch = this.#parts.watchCrew?.(() => this.#alarm.wake()) ?? null;
    const quiet = this.#parts.fleet.onChange(() => this.#alarm.wake());
    this.#work().then(
      () => {
        const { ending } = this.#state.run;
        this.#resolve(ending === null ? null : { kind: ending.kind, cause: ending.cause });
      },
      (error) => this.#reject(error),
    ).finally(() => {
      watch?.close();
      this.#crewWatch?.close();
      quiet();
    });
  }

  /** Takes changed prompts into use for the next asks; a wrong change is only noted. */
  #changePrompts({ prompts, files, faults }: PromptChange): void {
    if (this.#state.run.ending !== null || this.#stopping !== null) return;
    if (prompts !== null) this.#crew = { ...this.#crew, registry: { ...this.#crew.registry, prompts } };
    this.#commitBeside([{ type: "prompts_changed", files: [...files], faults: faults.map((fault) => ({ ...fault })) }]);
    this.#alarm.wake();
  }

  /** Commits what happened beside the loop. */
  #commitBeside(facts: readonly Fact[]): void {
    try {
      this.commit(facts);
    } catch (error) {
      // A journal that cannot be written ends the run through its own loop, which meets it at its next fact.
      if (!(error instanceof JournalError)) throw error;
    }
  }

  async #work(): Promise<void> {
    try {
      for (;;) {
        const wakeAt = this.#stopping === null ? this.#settleAndOpen() : this.#cancelAll(this.#stopping);
        if (this.#working.size === 0 && (this.#state.run.ending !== null || this.#stopping !== null)) return;
        await this.#alarm.sleep(wakeAt);
      }
    } catch (error) {
      // A journal that cannot be written ends the loop; nothing may go on working behind its back.
      for (const controller of this.#working.values()) controller.abort("the run broke off");
      throw error;
    } finally {
      await this.#loadsAhead.close();
    }
  }

  /** Commits what is due as facts until nothing is, then opens effects and places asks. Returns when time alone changes that. */
  #settleAndOpen(): number | null {
    for (let round = 0; round < MOST_FACTS_IN_A_ROW; round++) {
      this.#takeUp();
      const { registry, named } = this.#crew;
      const { fleet } = this.#parts;
      const changed = interpreterChange(this.#state, registry, fleet);
      if (changed !== null) this.commit([changed]);
      const seats = seatsChange(this.#state, registry, fleet, named);
      if (seats !== null) this.commit([seats]);
      const owed = due(this.#state, registry, this.#parts.now());
      for (const key of owed.cancel) this.#cancel(key, "nobody waits for it any more");
      if (owed.facts.length > 0) {
        this.commit(owed.facts);
        continue;
      }
      for (const effect of owed.effects) this.#open(effect);
      const wakeAt = this.#seating.place();
      this.#loadsAhead.begin();
      return earliest(owed.wakeAt, wakeAt);
    }
    throw new Error(
      `The run settled ${MOST_FACTS_IN_A_ROW} facts in a row without doing anything: this is a fault of Autonomy; the run can be continued.`,
    );
  }

  /** Takes up what became of the crew: no turn begins or ends here. */
  #takeUp(): void {
    const change = this.#state.run.ending === null ? this.#crewWatch?.next(this.#state, this.#crew) ?? null : null;
    if (change === null) return;
    if (change.crew !== null) this.#crew = change.crew;
    this.commit(change.facts);
    this.#alarm.wake();
  }

  #open(effect: Effect): void {
    this.commit([{ type: "effect_opened", effect }]);
    const controller = new AbortController();
    this.#working.set(effect.key, controller);
    const kind = this.#crew.registry.effects[effect.kind];
    void this.#finish(effect.key, perform(effect, kind, this.#world(effect), controller.signal));
  }

  /** Commits the closing fact of an effect, once. */
  async #finish(key: string, closing: ReturnType<typeof perform>): Promise<void> {
    try {
      const [closed, ...after] = await closing;
      if (!this.#working.delete(key)) return;
      this.#signals.delete(key);
      // A run ends once: another effect may have ended it meanwhile.
      this.commit(this.#state.run.ending === null ? [closed, ...after] : [closed]);
    } catch (error) {
      this.#working.delete(key);
      this.#reject(error);
      this.#stopping = "the journal could not be written";
    } finally {
      this.#alarm.wake();
    }
  }

  #cancel(key: string, by: string): void {
    const controller = this.#working.get(key);
    if (controller === undefined) {
      // Opened by an earlier process and settled since, or closing right now.
      if (this.#state.effects.open[key] !== undefined) this.commit([{ type: "effect_cancelled", key, by, ms: 0 }]);
    } else if (!controller.signal.aborted) controller.abort(by);
  }

  #cancelAll(by: string): null {
    for (const key of [...this.#working.keys()]) this.#cancel(key, by);
    return null;
  }

  #show(key: string, status: string): void {
    this.#signals.show(key, status, this.#parts.now());
  }

  /** What an effect is carried out through. What changes of the crew meanwhile is in use at once. */
  #world(effect: Effect): World {
    return worldOf(effect, this.#parts, {
      state: this.#state,
      crew: () => this.#crew,
      models: this.#models,
      note: (fact) => this.commit([fact]),
      show: (status) => this.#show(effect.key, status),
    });
  }

  #modelsOf({ ways, reader, now }: RunParts): Models {
    const memory = () => this.#learning.memory;
    return {
      seat: (ask, signal) => this.#seating.seat(ask, signal),
      left: (role) => tokensLeft(this.#state, roleOfSeat(role)),
      ways,
      refusing: new Map(),
      probing: new Map(),
      get memory() {
        return memory();
      },
      reader,
      stream: (key, piece) => this.#signals.append(key, piece, now()),
      restart: (key) => this.#signals.restart(key),
    };
  }
}
