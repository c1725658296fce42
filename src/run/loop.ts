import { decide } from "../kernel/wish.ts";
import { due } from "../kernel/due.ts";
import type { Way } from "../kernel/call.ts";
import type { AskEffect, Effect } from "../effects/effect.ts";
import { evolve, fold } from "../features/evolve.ts";
import type { EndingKind, Fact, Stamped } from "../features/fact.ts";
import type { Signal } from "../ports/host_status.ts";
import type { Intent } from "../kernel/intent.ts";
import { INTERPRETER, type Registry } from "../features/registry.ts";
import { tokensLeft } from "../kernel/budget.ts";
import { EMPTY, type State } from "../features/state.ts";
import type { Fleet } from "../fleet/fleet.ts";
import type { CrewRole } from "../fleet/choices.ts";
import { planCrew } from "../fleet/crew_plan.ts";
import { type PendingAsk, place } from "../fleet/place.ts";
import { billions } from "../fleet/model_name.ts";
import { windowsFor } from "../fleet/windows_for.ts";
import type { RunnableTool } from "../ports/tool.ts";
import type { Journal } from "./journal.ts";
import { JournalError } from "./journal_error.ts";
import { type Memory, MemoryError } from "./memory.ts";
import { type ClosingFact, closingOf, perform, type PerformPorts } from "../effects/perform.ts";
import { type AskPorts, performAsk } from "../effects/ask/perform_ask.ts";
import { settle, toFact } from "./settle.ts";
import { Signals } from "./signals.ts";
import { Trials } from "./trials.ts";
import type { PromptChange, PromptWatch } from "./watch_prompts.ts";
import type { ProjectWorkspace } from "../work/workspace.ts";
import type { WriteRecorder } from "../work/write_record.ts";

/** What a run is made of. */
export interface RunParts {
  readonly journal: Journal<Fact>;
  readonly workspace: ProjectWorkspace;
  readonly fleet: Fleet;
  readonly registry: Registry;
  readonly tools: ReadonlyMap<string, RunnableTool>;
  /** Way of calling that configuration wants for a role. */
  readonly ways: Readonly<Record<string, Way>>;
  /** Roles whose model the user named: no other one is taken for them. */
  readonly named: ReadonlySet<string>;
  /** What is remembered of models from run to run; null or absent: nothing is. */
  readonly memory?: Memory | null;
  /** Reads replies in place of the ladder of mediation; absent in every real run. */
  readonly reader?: AskPorts["reader"];
  /** Watches the prompt files while the run is at work; absent: they stay as they were read. */
  readonly watchPrompts?: (tell: (change: PromptChange) => void) => PromptWatch;
  readonly now: () => number;
}

/** A run at work. */
export interface Run {
  state(): State;
  /** Tells after every commit. */
  subscribe(listener: (facts: readonly Stamped[]) => void): () => void;
  /** What streams in for open effects, by key. */
  signals(): ReadonlyMap<string, Signal>;
  /** Carries out a person's wish; the sentence says why it was refused. */
  send(intent: Intent): string | null;
  /** Stops working without ending the run: it can be continued. Resolves when nothing is open any more. */
  stop(reason: string): Promise<void>;
  /** Resolves when the run has ended, or was stopped. Rejects only for faults of the journal or of our own. */
  readonly done: Promise<{ readonly kind: EndingKind; readonly cause: string } | null>;
}

/** Facts in a row without an effect after which the core must be wrong. */
const MOST_FACTS_IN_A_ROW = 1_000;

/**
 * Starts the loop of a run on its journal: a new one whose first facts are committed, or one that goes on where it was left.
 *
 * @param parts journal, project, fleet and registry
 * @param first facts to begin with: of the start, or of the resume
 * @param wishes what the person wants from the beginning; heard before the run does anything by itself
 * @returns the run at work
 */
export async function openRun(parts: RunParts, first: readonly Fact[], wishes: readonly Intent[] = []): Promise<Run> {
  const state = fold(parts.journal.read() as Iterable<Stamped>, EMPTY);
  const loop = new Loop(parts, state);
  if (state.seq > 0) {
    const settled = await settle(state, {
      root: parts.workspace.root,
      settleCommand: (words, snapshot) => parts.workspace.recordedBy(SILENT).settleCommand(words, snapshot),
    });
    // After the first facts, so that the time since the stop does not count as time of the run.
    loop.commit([...first, ...settled]);
  } else loop.commit(first);
  for (const wish of wishes) {
    const refused = loop.send(wish);
    if (refused !== null) throw new Error(`${wish.kind} is not possible: ${refused}`);
  }
  loop.start();
  return loop;
}

/** Settling returns what it found; the caller commits it. */
const SILENT: WriteRecorder = { opened() {}, closed() {}, commandOpened() {}, commandClosed() {} };

interface Working {
  readonly effect: Effect;
  readonly state: State;
  readonly controller: AbortController;
}

class Loop implements Run {
  readonly done: Promise<{ readonly kind: EndingKind; readonly cause: string } | null>;
  readonly #parts: RunParts;
  readonly #listeners = new Set<(facts: readonly Stamped[]) => void>();
  readonly #signals = new Signals();
  readonly #working = new Map<string, Working>();
  /** Asks that wait for a slot, in order. */
  readonly #waiting = new Map<string, PendingAsk>();
  readonly #refusing = new Map<string, Way>();
  readonly #probing = new Map<string, Promise<void>>();
  readonly #trials = new Trials();
  #memory: Memory | null;
  /** Host on which the last ask of a role failed: any other one is better for the next. */
  readonly #failedOn = new Map<string, string>();
  #registry: Registry;
  #state: State;
  #stopping: string | null = null;
  #wake: () => void = () => {};
  #resolve: (ending: { kind: EndingKind; cause: string } | null) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(parts: RunParts, state: State) {
    this.#parts = parts;
    this.#registry = parts.registry;
    this.#memory = parts.memory ?? null;
    this.#state = state;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  state(): State {
    return this.#state;
  }

  signals(): ReadonlyMap<string, Signal> {
    return this.#signals.all;
  }

  subscribe(listener: (facts: readonly Stamped[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send(intent: Intent): string | null {
    const decided = decide(this.#state, intent);
    if ("refused" in decided) return decided.refused;
    this.commit(decided.facts);
    this.#wake();
    return null;
  }

  async stop(reason: string): Promise<void> {
    this.#stopping = reason;
    this.#wake();
    await this.done.catch(() => null);
  }

  /** One synchronous transaction: written first, then so, then told. */
  commit(facts: readonly Fact[]): void {
    if (facts.length === 0) return;
    const stamped = this.#parts.journal.append(facts, this.#parts.now()) as readonly Stamped[];
    for (const fact of stamped) this.#state = evolve(this.#state, fact);
    for (const listener of this.#listeners) listener(stamped);
    this.#learn(stamped);
  }

  /** Improves what is remembered of models by what happened. A memory that cannot be written is left alone for the rest of the run. */
  #learn(facts: readonly Stamped[]): void {
    const trials = facts.flatMap((fact) => this.#trials.of(fact));
    if (trials.length === 0 || this.#memory === null) return;
    try {
      this.#memory.add(trials, this.#parts.now());
    } catch (error) {
      if (!(error instanceof MemoryError)) throw error;
      this.#memory = null;
      this.commit([{ type: "memory_failed", text: error.message }]);
    }
  }

  start(): void {
    const watch = this.#parts.watchPrompts?.((change) => this.#changePrompts(change));
    const quiet = this.#parts.fleet.onChange(() => this.#wake());
    this.#work().then(
      () =>
        this.#resolve(
          this.#state.ending === null ? null : { kind: this.#state.ending.kind, cause: this.#state.ending.cause },
        ),
      (error) => this.#reject(error),
    ).finally(() => {
      watch?.close();
      quiet();
    });
  }

  /** Takes changed prompts into use for the next asks; a wrong change is only noted. */
  #changePrompts({ prompts, files, faults }: PromptChange): void {
    if (this.#state.ending !== null || this.#stopping !== null) return;
    if (prompts !== null) this.#registry = { ...this.#registry, prompts };
    try {
      this.commit([{ type: "prompts_changed", files: [...files], faults: faults.map((fault) => ({ ...fault })) }]);
    } catch (error) {
      // A journal that cannot be written ends the run through its own loop, which meets it at its next fact.
      if (!(error instanceof JournalError)) throw error;
    }
    this.#wake();
  }

  async #work(): Promise<void> {
    try {
      for (;;) {
        const wakeAt = this.#stopping === null ? this.#settleAndOpen() : this.#cancelAll(this.#stopping);
        if (this.#working.size === 0 && (this.#state.ending !== null || this.#stopping !== null)) return;
        await this.#sleep(wakeAt);
      }
    } catch (error) {
      // A journal that cannot be written ends the loop; nothing may go on working behind its back.
      for (const { controller } of this.#working.values()) controller.abort("the run broke off");
      throw error;
    }
  }

  /** Commits what is due as facts until nothing is, then opens effects and places asks. Returns when time alone changes that. */
  #settleAndOpen(): number | null {
    this.#noteInterpreter();
    for (let round = 0; round < MOST_FACTS_IN_A_ROW; round++) {
      const owed = due(this.#state, this.#registry, this.#parts.now());
      for (const key of owed.cancel) this.#cancel(key, "nobody waits for it any more");
      if (owed.facts.length > 0) {
        this.commit(owed.facts);
        continue;
      }
      for (const effect of owed.effects) this.#open(effect);
      const placedAt = this.#place();
      return earliest(owed.wakeAt, placedAt);
    }
    throw new Error(
      `The run settled ${MOST_FACTS_IN_A_ROW} facts in a row without doing anything: this is a fault of Autonomy; the run can be continued.`,
    );
  }

  #open(effect: Effect): void {
    this.commit([{ type: "effect_opened", effect }]);
    const controller = new AbortController();
    this.#working.set(effect.key, { effect, state: this.#state, controller });
    this.#show(effect.key, "starting");
    if (effect.kind === "ask") {
      this.#waiting.set(effect.key, this.#pendingAsk(effect));
      return;
    }
    void this.#finish(effect.key, perform(effect, this.#state, this.#performPorts(), controller.signal));
  }

  #pendingAsk(ask: AskEffect): PendingAsk {
    const role = this.#registry.roles[ask.role];
    const interpreter = ask.purpose === "interpret" ? this.#state.interpreter : null;
    return {
      key: ask.key,
      role: ask.role,
      // Another model than the interpreter's is no better than the one that wrote the reply.
      models: interpreter === null ? role?.models ?? [] : [`${interpreter.model}@${interpreter.host}`],
      window: role?.window ?? 8192,
      since: this.#parts.now(),
      not: ask.not,
      userNamed: interpreter !== null || this.#parts.named.has(ask.role),
      avoid: interpreter === null ? this.#failedOn.get(ask.role) : undefined,
    };
  }

  /** Notes which model can play the interpreter, when that has changed: one of its own models, on a host that answers. */
  #noteInterpreter(): void {
    const role = this.#registry.roles[INTERPRETER];
    if (role === undefined || this.#state.run === null || this.#state.ending !== null) return;
    const snapshot = this.#parts.fleet.snapshot();
    const [place] = planCrew([{ ...role, userNamed: true }], snapshot);
    const isUp = snapshot.hosts.some((host) => host.name === place?.host && host.state === "up");
    const host = isUp ? place?.host ?? null : null;
    const model = isUp ? place?.model ?? null : null;
    const known = this.#state.interpreter;
    if ((known?.host ?? null) === host && (known?.model ?? null) === model) return;
    const reason = model === null
      ? place?.note ?? "no host has a model for it"
      : `wanted for ${INTERPRETER}, and ${host} answers`;
    this.commit([{ type: "interpreter_changed", host, model, reason }]);
  }

  /** Places the asks that wait, where slots are free. */
  #place(): number | null {
    if (this.#waiting.size === 0) {
      this.#parts.fleet.tellWaiting([]);
      return null;
    }
    const snapshot = this.#parts.fleet.snapshot();
    const windows = windowsFor(this.#crew(), snapshot);
    const asks = [...this.#waiting.values()];
    const { placements, waiting, impossible, wakeAt } = place(snapshot, asks, this.#parts.now(), windows);
    for (const { key, text } of impossible) {
      this.#waiting.delete(key);
      const working = this.#working.get(key);
      if (working === undefined) continue;
      this.#working.delete(key);
      this.#signals.delete(key);
      const failed: Fact = { type: "effect_failed", key, failure: "unreachable", text, ms: 0 };
      // Without an interpreter the model is told its fault, and without a summary the rules make one.
      const isMust = working.effect.kind !== "ask" || !["interpret", "summarise"].includes(working.effect.purpose);
      // No host, and none in sight: the run ends with that cause, once, and can be continued when there is one.
      this.commit(
        isMust && this.#state.ending === null
          ? [failed, { type: "run_ended", kind: "no_host", cause: text }]
          : [failed],
      );
      this.#wakeSoon();
    }
    for (const placement of placements) {
      const working = this.#working.get(placement.key);
      this.#waiting.delete(placement.key);
      if (working === undefined || working.effect.kind !== "ask") continue;
      void this.#finish(placement.key, this.#ask(working.effect, working, placement));
    }
    this.#parts.fleet.tellWaiting(waiting);
    for (const { key, why } of waiting) this.#show(key, why);
    return wakeAt;
  }

  #crew(): readonly CrewRole[] {
    const { named } = this.#parts;
    return Object.values(this.#registry.roles).map((role) => ({ ...role, userNamed: named.has(role.role) }));
  }

  async #ask(
    ask: AskEffect,
    working: Working,
    placement: ReturnType<typeof place>["placements"][number],
  ): Promise<ClosingFact> {
    const { fleet } = this.#parts;
    const { host, model } = placement;
    const began = this.#parts.now();
    fleet.begin(ask.key, host, model, placement.window);
    this.#show(ask.key, `asking ${model} on ${host}`);
    let closing: ClosingFact;
    try {
      const abilities = await fleet.abilities(host, model, working.controller.signal);
      const known = fleet.status().find((one) => one.name === host);
      const held = known?.models.find((one) => one.name === model);
      closing = await performAsk(
        ask,
        working.state,
        {
          host: fleet.host(host),
          hostName: host,
          hostVersion: known?.version ?? "",
          model,
          digest: held?.digest ?? "",
          billions: held === undefined ? null : billions(held),
          window: Math.min(
            placement.window,
            abilities.fixedWindow ?? placement.window,
            abilities.trainedWindow ?? placement.window,
          ),
          reason: placement.reason,
          abilities,
        },
        this.#askPorts(),
        working.controller.signal,
      );
    } catch (error) {
      closing = closingOf(ask.key, error, working.controller.signal, this.#parts.now() - began);
    }
    if (closing.type === "effect_failed") this.#failedOn.set(ask.role, host);
    else this.#failedOn.delete(ask.role);
    const result = closing.type === "effect_finished" && closing.result.kind === "ask" ? closing.result : null;
    fleet.end(ask.key, {
      answerTokens: result?.answerTokens ?? null,
      answerMs: result === null ? null : result.answerMs ?? result.ms,
      failure: closing.type === "effect_failed" ? closing.failure : undefined,
    });
    return closing;
  }

  /** Commits the closing fact of an effect, once. */
  async #finish(key: string, closing: Promise<ClosingFact>): Promise<void> {
    try {
      const fact = await closing;
      if (!this.#working.delete(key)) return;
      this.#signals.delete(key);
      this.commit([fact]);
    } catch (error) {
      this.#reject(error);
      this.#stopping = "the journal could not be written";
    } finally {
      this.#wake();
    }
  }

  #cancel(key: string, by: string): void {
    const working = this.#working.get(key);
    if (working === undefined) {
      // Opened by an earlier process and settled since, or closing right now.
      if (this.#state.effects[key] !== undefined) this.commit([{ type: "effect_cancelled", key, by, ms: 0 }]);
      return;
    }
    if (this.#waiting.delete(key)) {
      this.#working.delete(key);
      this.#signals.delete(key);
      this.commit([{ type: "effect_cancelled", key, by, ms: 0 }]);
      this.#wakeSoon();
    } else if (!working.controller.signal.aborted) working.controller.abort(by);
  }

  #cancelAll(by: string): null {
    for (const key of [...this.#working.keys()]) this.#cancel(key, by);
    return null;
  }

  #show(key: string, status: string): void {
    this.#signals.show(key, status, this.#parts.now());
  }

  #performPorts(): PerformPorts {
    const { journal, workspace, tools, now } = this.#parts;
    return {
      blobs: journal,
      workspaceOf: (key) => workspace.recordedBy(this.#recorder(key)),
      tools,
      note: (fact) => this.commit([fact]),
      show: (key, status) => this.#show(key, status),
      now,
    };
  }

  #askPorts(): AskPorts {
    const { journal, ways, now } = this.#parts;
    return {
      left: (role) => tokensLeft(this.#state, role),
      blobs: journal,
      registry: this.#registry,
      ways,
      refusing: this.#refusing,
      probing: this.#probing,
      memory: this.#memory,
      ...(this.#parts.reader === undefined ? {} : { reader: this.#parts.reader }),
      note: (fact) => this.commit([fact]),
      show: (key, status) => this.#show(key, status),
      restart: (key) => this.#signals.restart(key),
      stream: (key, piece) => this.#signals.append(key, piece, now()),
      now,
    };
  }

  /** Records writes and commands of one effect. */
  #recorder(key: string): WriteRecorder {
    return {
      opened: (write) => this.commit([{ type: "write_opened", key, write: toFact(write) }]),
      closed: (write, done) => this.commit([{ type: "write_closed", key, write: toFact(write), done }]),
      commandOpened: (command, snapshot) =>
        this.commit([{ type: "command_opened", key, command: [...command], snapshot }]),
      commandClosed: (_command, writes, excepted) =>
        this.commit([{ type: "command_closed", key, writes: writes.map(toFact), excepted: [...excepted] }]),
    };
  }

  #woken = false;

  #wakeSoon(): void {
    this.#woken = true;
  }

  /** Waits until something happens, or until time alone changes what is due. */
  #sleep(wakeAt: number | null): Promise<void> {
    if (this.#woken) {
      this.#woken = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = wakeAt === null
        ? undefined
        : setTimeout(() => this.#wake(), Math.max(0, wakeAt - this.#parts.now()));
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = () => this.#wakeSoon();
        resolve();
      };
    });
  }
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}
