import type { Stamped } from "../../src/features/fact.ts";
import { ableSpecialist, erratic, sensibleArbiter } from "../laws/players.ts";
import { CALM, type Run, type Scenario, simulate } from "../laws/simulation.ts";

/** A project with 29 faults, models and tools that err, and a person who meddles. */
const LARGE: Scenario = {
  ...CALM,
  seed: 1,
  sources: 29,
  trouble: 0.03,
  arbiter: erratic(sensibleArbiter, 0.7),
  specialist: erratic(ableSpecialist(0.15), 0.8),
  person: 0.02,
  meddling: 1_000_000,
};

/**
 * Makes the log of about the longest run that the default bounds allow: 29 tasks, some 150 attempts.
 *
 * @returns its facts, as they are read back from a journal
 */
export function fullLog(): readonly Stamped[] {
  return JSON.parse(JSON.stringify(simulate(LARGE).log)) as Stamped[];
}

/**
 * Makes the log of a run that is far longer than the default bounds allow: a weak crew that needs ten attempts a task, some
 * 8,600 facts, gone through again and again. Every round has tasks, decisions, turns, messages, effects and situations of its
 * own, so that what a run keeps grows as it does in work that goes on for days.
 *
 * @param length number of facts
 * @returns the facts, in order, with places from 1
 */
export function longLog(length: number): readonly Stamped[] {
  const { log, state } = simulate({
    ...LARGE,
    specialist: erratic(ableSpecialist(0.03), 0.7),
    person: 0.01,
    bounds: { attempts: 20, steps: 40, repeats: 20, stale: 40, plans: 20, tasks: 100, reviews: 20 },
  });
  const [started, assembled] = log;
  const round = JSON.stringify(
    log.filter(({ type }) => type !== "run_started" && type !== "crew_assembled" && type !== "run_ended"),
  );
  const facts: Stamped[] = [started!, assembled!];
  for (let number = 0; facts.length < length; number++) {
    for (const fact of JSON.parse(renamed(round, number, state)) as Stamped[]) {
      if (facts.length === length) break;
      const last = facts.at(-1)!;
      facts.push({ ...fact, seq: last.seq + 1, at: last.at + 16 });
    }
  }
  return facts;
}

/** The facts of a round under ids of their own: ids are a letter with a number, and keys of effects are built on them. */
function renamed(round: string, number: number, state: Run["state"]): string {
  const used: Readonly<Record<string, number>> = {
    T: state.tasks.list.length,
    d: state.decisions.count,
    t: state.turns.count,
    m: state.messages.count,
    h: state.effects.count,
  };
  return round.replaceAll(
    /"(q\d*\.)?([Tdtmh])(\d+)((?:\.[\w.]+)?)"/g,
    (_, before: string | undefined, letter: string, id: string, after: string) =>
      `"${before ?? ""}${letter}${Number(id) + number * used[letter]!}${after}"`,
  ).replaceAll(/"fingerprint":"(\w+)"/g, (_, situation: string) => `"fingerprint":"${situation}${number}"`);
}
