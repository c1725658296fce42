import { type Replay, replayOf } from "../../src/cli/replay/replay_store.ts";
import { findRun, type ReadRun, readRun } from "../../src/cli/stored_run.ts";
import { evolve } from "../../src/features/features.ts";
import type { Fact } from "../../src/features/fact.ts";
import type { State } from "../../src/features/state.ts";
import type { Signal } from "../../src/ports/host_status.ts";
import type { Store } from "../../src/tui/store.ts";
import { contextHere } from "../cli/fixtures/call_here.ts";
import { withStoredRun } from "../end_to_end/fixtures/stored_run.ts";
import { ManualClock } from "../fakes/manual_clock.ts";
import { MACHINE } from "./demo_store.ts";

/** A moment of the stored run. */
export interface Moment {
  /** Facts that have happened; absent: all. */
  readonly at?: number;
  /** Milliseconds since the last of them. */
  readonly later?: number;
  /** A fact that is newer than the program that made the run. */
  readonly and?: Fact;
  /** Whether the open ask has written half of what came of it. */
  readonly streams?: boolean;
}

/** A run that version 0.1.0 made: three tasks, an attempt that was taken back, messages that were held and edited. */
export function withGoldenRun(work: (golden: GoldenRun) => Promise<void>): Promise<void> {
  return withStoredRun("0.1.0/accepted", async ({ place, id }) => {
    const run = readRun(findRun(contextHere(place).context, id));
    const replay = replayOf(run, 1, { now: () => 0, after: new ManualClock().timer });
    try {
      await work(new GoldenRun(run, replay));
    } finally {
      replay.player.close();
      run.journal.close();
    }
  });
}

/** The stored run as the screen of a run at work shows it, at any of its moments. */
export class GoldenRun {
  readonly #run: ReadRun;
  readonly #replay: Replay;

  constructor(run: ReadRun, replay: Replay) {
    this.#run = run;
    this.#replay = replay;
  }

  /** All that happened, in a project of a name that does not change. */
  get facts(): ReadRun["facts"] {
    return this.#run.facts.map((fact) => fact.type === "run_started" ? { ...fact, project: PROJECT } : fact);
  }

  /** The run at a moment; the one that was given before is of that moment, too. */
  storeAt({ at = this.#run.facts.length, later = 0, and, streams = false }: Moment): Store {
    const { store, player } = this.#replay;
    player.jump(at);
    const state = stateWith(store.state(), and);
    const signals = streams ? this.#half(state, at) : new Map<string, Signal>();
    return {
      ...store,
      state: () => state,
      now: () => state.at + later,
      machine: () => MACHINE,
      signals: () => signals,
      playing: undefined,
      play: undefined,
    };
  }

  /** What the ask that is open has written so far. */
  #half(state: State, at: number): ReadonlyMap<string, Signal> {
    const signals = new Map<string, Signal>();
    for (const fact of this.#run.facts.slice(at)) {
      if (fact.type !== "effect_finished" || fact.result.kind !== "ask" || !(fact.key in state.effects.open)) continue;
      const text = this.#replay.store.text(fact.result.text);
      signals.set(fact.key, {
        text: [text.slice(0, text.length / 2)],
        thinking: [],
        status: "writing",
        since: state.at,
      });
    }
    return signals;
  }
}

const PROJECT = "/home/person/sample";

function stateWith(state: State, and: Fact | undefined): State {
  const now = and === undefined ? state : evolve(state, { ...and, seq: state.seq + 1, at: state.at });
  const { info } = now.run;
  return info === null ? now : { ...now, run: { ...now.run, info: { ...info, project: PROJECT } } };
}
