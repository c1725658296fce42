import type { Fact } from "../features/fact.ts";
import { recorderOf } from "../run/recorder_of.ts";
import type { MoveReport } from "../work/move_files.ts";
import type { WriteRecorder } from "../work/write_record.ts";
import type { ByHandEffect } from "../effects/by_hand/by_hand_effect.ts";
import type { ReadRun } from "./stored_run.ts";

/** A person's command on the project of a run, as its journal is told of it. */
export interface NotedByHand {
  /** Hears of each write. */
  readonly recorder: WriteRecorder;
  /**
   * Notes what it did, where it wrote anything.
   *
   * @throws {JournalError} where the journal could not be written, which was met at a write
   */
  end(report: Pick<MoveReport, "left">): void;
}

/**
 * Notes in a run's journal what a person's command writes, before each write and after it. A run that had ended is gone on with for that long
 * and ends again as it did: so each version reads it as a run that was continued, its ending stays the last fact, and the time in between
 * is no time at work. Nothing is noted before the first write.
 *
 * @param run the run, its journal open for writing
 * @param what whose work is taken over or back
 * @param settled facts that close what was being written when the program ended
 */
export function noteByHand(
  run: ReadRun,
  what: Pick<ByHandEffect, "attempt" | "takes">,
  settled: readonly Fact[],
): NotedByHand {
  const { journal, state } = run;
  const key = `hand.${what.attempt === null ? "undo" : "apply"}${state.effects.count}`;
  const { info } = state.run;
  const { ending, closings } = brokenOff(run);
  const written = new Set<string>();
  const failures: unknown[] = [];
  let hasBegun = false;
  const append = (...facts: readonly Fact[]) => {
    try {
      journal.append(facts, Date.now());
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  const recorder = recorderOf(key, (fact) => append(fact));
  return {
    recorder: {
      ...recorder,
      opened(write) {
        const begin: Fact[] = [
          { type: "run_resumed", headless: info?.headless ?? true },
          ...settled,
          ...closings,
          { type: "effect_opened", effect: { kind: "by_hand", key, ...what } },
        ];
        if (!hasBegun) append(...begin);
        hasBegun = true;
        recorder.opened(write);
      },
      closed(write, done) {
        if (done) written.add(write.path);
        recorder.closed(write, done);
      },
    },
    end({ left }) {
      if (failures.length > 0) throw failures[0];
      if (!hasBegun) return;
      const named = left.map((one) => ({ ...one }));
      const result = { kind: "by_hand" as const, ...what, written: [...written].sort(), left: named };
      append(
        { type: "effect_finished", key, result },
        ...(ending === null ? [] : [endedAs(ending)]),
      );
    },
  };
}

/** The end of a run as it was: what it ended for want of is wanted still where it goes on. */
function endedAs({ kind, cause, spent }: NonNullable<ReadRun["state"]["run"]["ending"]>): Fact {
  return { type: "run_ended", kind, cause, ...(spent === undefined ? {} : { spent }) };
}

/** A command that was killed while it wrote left the run open: it is closed, and what the run had ended with is its ending still. */
function brokenOff({ facts, state }: ReadRun) {
  const closings = Object.values(state.effects.open).filter(({ effect }) => effect.kind === "by_hand")
    .map(({ effect: { key } }): Fact => (
      { type: "effect_failed", key, failure: "interrupted", text: "The command was stopped meanwhile.", ms: 0 }
    ));
  // The newest, which was killed: earlier ones closed, and the run may have gone on since.
  const opened = facts.findLastIndex((fact) => fact.type === "effect_opened" && fact.effect.kind === "by_hand");
  const last = closings.length === 0 ? undefined : facts.slice(0, opened).findLast(({ type }) => type === "run_ended");
  return { closings, ending: state.run.ending ?? (last?.type === "run_ended" ? last : null) };
}
