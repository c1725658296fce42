import type { State } from "../features/state.ts";
import { byTheClock } from "../ports/timer.ts";
import { JournalError } from "../run/journal_error.ts";
import type { Refused, SessionWish } from "../tui/session.ts";
import { attentionOf } from "./attention_ways.ts";
import { CommandError } from "./command_error.ts";
import { commitRun, type EndedRun } from "./commit_run.ts";
import type { Config } from "./config.ts";
import { comingStore } from "./coming_store.ts";
import type { AskedCrew, Crew } from "./crew.ts";
import { begin, type Conducted } from "./begin_run.ts";
import { brokenOff } from "./broken_off.ts";
import type { CliContext } from "./context.ts";
import { loadLater } from "./load_later.ts";
import { type PastRuns, pastRuns, tokensSpentBy } from "./past_runs.ts";
import { presentState } from "./present_state.ts";
import { runBefore } from "./run_before.ts";
import { resultOf, type RunResult } from "./run_result.ts";
import { screenStore } from "./screen_store.ts";
import type { RunScreen } from "./screen_run.ts";
import type { Undone } from "./screen_undo.ts";
import { limitsToGoOn } from "./session_choices.ts";
import { SessionCrew } from "./session_crew.ts";
import { LEAVES, type SessionStep } from "./session_step.ts";
import { mustBePlayable, startForm } from "./start_form.ts";
import type { StartedRun } from "./start_run.ts";
import { begunWith, findRun, readRun, withRun } from "./stored_run.ts";

/** What a person does on one screen: runs, one after the other, and what lies before, between and behind them. */
export class Session {
  readonly #results = new Map<string, { readonly result: RunResult; readonly config: Config }>();
  /** What was undone of runs on this screen, by the run. */
  readonly #undone = new Map<string, Undone[]>();
  readonly #context: CliContext;
  readonly #what: Conducted;
  readonly #screen: RunScreen;
  readonly #signal: AbortSignal;
  readonly #spent = new Map<string, number>();
  readonly #crew: SessionCrew;
  /** Whether no run has begun and no form stood on the screen: what cannot begin then ends the program. */
  #isFirst = true;
  /** Whether a run is at work: what breaks it off ends the program. */
  #isAtWork = false;

  /**
   * @param context the world
   * @param what project, goal and manner
   * @param screen the open screen
   * @param signal aborts once the screen is left
   */
  constructor(context: CliContext, what: Conducted, screen: RunScreen, signal: AbortSignal) {
    [this.#context, this.#what, this.#screen, this.#signal] = [context, what, screen, signal];
    this.#crew = new SessionCrew(context, what, signal);
  }

  /** What became of the runs that were at work here, in the order in which they were left. */
  get results(): readonly RunResult[] {
    return [...this.#results.values()].map(({ result }) => result);
  }

  /**
   * Goes from one to the next until the screen is left.
   *
   * @throws {CommandError} where the first cannot begin
   */
  async go(): Promise<void> {
    const { goal, resume } = this.#what;
    this.#screen.callBy(attentionOf(this.#what.situation.config.attention));
    let next: SessionStep = resume !== null
      ? { kind: "resume", run: resume, words: goal }
      : goal !== null
      ? { kind: "new", goal }
      : { kind: "start" };
    try {
      while (next.kind !== "left") next = await this.#stepOrStart(next);
    } finally {
      await this.#crew.drop();
    }
  }

  /** What cannot be done leads to the start screen, which says why, unless it is the first of all. */
  async #stepOrStart(next: SessionStep): Promise<SessionStep> {
    try {
      return await this.#step(next);
    } catch (error) {
      const isTold = error instanceof CommandError || error instanceof JournalError;
      if (!isTold || this.#isFirst || this.#isAtWork || this.#signal.aborted || next.kind === "start") throw error;
      return { kind: "start", refused: { says: error.message, goal: next.kind === "new" ? next.goal : null } };
    }
  }

  #step(next: SessionStep): Promise<SessionStep> {
    switch (next.kind) {
      case "start":
        return this.#start(next.refused);
      case "new":
      case "resume":
        return this.#run(next);
      case "over":
        return this.#over(next.run, next.says);
      case "replay":
        return this.#replay(next.run);
      case "left":
        return Promise.resolve(next);
    }
  }

  async #start(last?: Refused): Promise<SessionStep> {
    if (!this.#isFirst) {
      if (!this.#crew.isThere) this.#screen.ask(null);
      await this.#crew.anew();
    }
    for (let [refused, notice]: [Refused | undefined, string | null] = [last, null];;) {
      const crew = await this.#crew.now();
      this.#isFirst = false;
      const past = pastRuns(this.#context, crew.situation.project, Date.now(), this.#spent);
      const wish = await this.#asked(crew, past, refused, notice);
      if (wish === null) return LEAVES;
      [refused, notice] = [undefined, ""];
      if (wish.kind === "goal") {
        if (startForm(crew, this.#crew.gate, past).lacks.length === 0) return { kind: "new", goal: wish.goal };
        refused = { says: "", goal: wish.goal };
        notice = "No run can begin: what it lacks stands above.";
        continue;
      }
      if ("run" in wish) return this.#after(wish, null);
      await this.#crew.take(wish);
    }
  }

  /** Shows the form until something is wanted; what runs spent is filled in meanwhile. Without a notice what is said there stays. */
  async #asked(
    crew: Crew,
    past: PastRuns,
    refused: Refused | undefined,
    notice: string | null,
  ): Promise<SessionWish | null> {
    let open = true;
    const show = () => {
      const runs = past.runs.map((run) => ({ ...run, tokens: this.#spent.get(run.id) ?? null }));
      this.#screen.ask({ ...startForm(crew, this.#crew.gate, { ...past, runs }), refused });
    };
    show();
    if (notice !== null) this.#screen.say(notice);
    const counting = (async () => {
      for (const { id } of past.runs) {
        if (this.#spent.has(id)) continue;
        // Keys come between two runs.
        await new Promise<void>((resolve) => byTheClock(0, resolve));
        const tokens = open ? tokensSpentBy(this.#context, id) : null;
        if (!open || tokens === null) continue;
        this.#spent.set(id, tokens);
        show();
      }
    })();
    try {
      return await this.#screen.next();
    } finally {
      open = false;
      await counting;
    }
  }

  /** What follows a wish on the screen of a run that is over; null for that of no run. */
  #after(wish: SessionWish | null, state: State | null): SessionStep {
    switch (wish?.kind) {
      case undefined:
        return LEAVES;
      case "goal":
        return { kind: "new", goal: wish.goal, ...(state === null ? {} : { before: runBefore(state) }) };
      case "open":
        return { kind: "over", run: wish.run };
      case "replay":
        return { kind: "replay", run: wish.run };
      case "continue": {
        const run = findRun(this.#context, wish.run);
        const { label } = begunWith(run);
        if (label === this.#what.label) {
          const limits = state === null ? {} : limitsToGoOn(state);
          return { kind: "resume", run, words: null, limits };
        }
        const how = `${this.#context.command} ${label === "" ? "run" : "rehearse"} --resume ${run.id}`;
        return { kind: "over", run: run.id, says: `It cannot go on here, where other hosts are: ${how}` };
      }
      case "start":
      case "trust":
      case "mode":
      case "gate":
      case "place":
        return { kind: "start" };
    }
  }

  /** Has a run work, and shows it until something else is wanted once it is over, or the screen is left. */
  async #run(next: Extract<SessionStep, { kind: "new" | "resume" }>): Promise<SessionStep> {
    if (!this.#isFirst && !this.#crew.isThere || next.kind === "resume" && next.limits !== undefined) {
      await this.#crew.anew(next.kind === "resume" ? next.limits : {});
    }
    const crew = await this.#crew.now((asked) => this.#announce(asked, next));
    let started: StartedRun | null = null;
    try {
      // Who left while the hosts were asked is not told of them.
      this.#signal.throwIfAborted();
      mustBePlayable(crew);
      started = await begin(this.#context, crew, { ...this.#what, step: this.#crew.gate }, {
        goal: next.kind === "new" ? next.goal : next.words,
        resume: next.kind === "new" ? null : next.run,
        // What shall be true was given for the first goal.
        criteria: this.#isFirst ? this.#what.criteria : [],
        ...(next.kind === "new" && next.before !== undefined ? { before: next.before } : {}),
      }, this.#signal);
      [this.#isFirst, this.#isAtWork] = [false, true];
      // What goes on is no longer what it was when something of it was undone.
      const undone: Undone[] = [];
      this.#undone.set(started.id, undone);
      this.#screen.show(screenStore(this.#context, crew, started, undone));
      const wish = await this.#wishedAfter(started);
      // Nothing may be at work any more when the result is read.
      await started.run.stop("the screen was left");
      const { journal } = started;
      const state = await commitRun({ state: presentState(started.run.state(), journal), journal });
      this.#results.delete(started.id);
      await this.#note({ state, journal }, wish, crew.situation.config);
      this.#spent.set(started.id, state.spending.run.tokens);
      this.#isAtWork = false;
      return this.#after(wish, state);
    } catch (error) {
      throw started === null ? error : brokenOff(this.#context, started, crew.situation.config, error);
    } finally {
      await started?.run.stop("the screen was left");
      await started?.close();
      // It may have changed while the run was at work.
      await this.#crew.drop();
    }
  }

  /** Shows who is going to work while the hosts are asked; what goes on is shown with what it was left with. */
  #announce(crew: AskedCrew, next: Extract<SessionStep, { kind: "new" | "resume" }>): void {
    if (next.kind === "new" && !this.#signal.aborted) {
      this.#screen.show(comingStore(this.#context, crew, { goal: next.goal, label: this.#what.label }));
    }
  }

  /** What is wanted once a run is over; a run that breaks off ends the screen. */
  async #wishedAfter({ run }: StartedRun): Promise<SessionWish | null> {
    const breaks = run.done.then(() => new Promise<never>(() => {}));
    for (;;) {
      const wish = await Promise.race([this.#screen.next(), breaks]);
      if (wish === null || run.state().run.ending !== null) return wish;
    }
  }

  /** Notes what became of a run that was at work here; the signal that ends the screen ends it. */
  async #note(ended: EndedRun, wish: SessionWish | null, config: Config): Promise<void> {
    const signal = wish === null ? (await this.#screen.left).signal : null;
    const result = resultOf(ended, signal, config);
    this.#results.set(result.run, { result, config });
  }

  async #over(id: string, says = ""): Promise<SessionStep> {
    const run = readRun(findRun(this.#context, id), false);
    return await withRun(run, async () => {
      const { storedStore } = await loadLater<typeof import("./stored_store.ts")>(
        import.meta.resolve("./stored_store.ts"),
      );
      const undone = this.#undone.get(run.id) ?? [];
      this.#undone.set(run.id, undone);
      const store = storedStore(this.#context, run, undone);
      this.#screen.show(store);
      if (says !== "") this.#screen.say(says);
      const wish = await this.#screen.next();
      const { journal } = run;
      const known = this.#results.get(run.id);
      // What was undone or brought in here is what became of it.
      if (known !== undefined) {
        await this.#note({ state: presentState(run.state, journal), journal }, wish, known.config);
      }
      return this.#after(wish, store.state());
    });
  }

  async #replay(id: string): Promise<SessionStep> {
    const run = readRun(findRun(this.#context, id));
    return await withRun(run, async () => {
      const { replayOf } = await loadLater<typeof import("./replay/replay_store.ts")>(
        import.meta.resolve("./replay/replay_store.ts"),
      );
      const { store, player } = replayOf(run, 1, { now: () => Date.now(), after: byTheClock }, true);
      try {
        this.#screen.show(store);
        player.play("turn");
        return this.#after(await this.#screen.next(), run.state);
      } finally {
        player.close();
      }
    });
  }
}
