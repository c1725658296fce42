import type { Stamped } from "../../src/core/fact.ts";
import { ableSpecialist, erratic, sensibleArbiter } from "../laws/players.ts";
import { CALM, simulate } from "../laws/simulation.ts";

/** A large project and a weak crew: many attempts at each of 29 tasks, and more of everything than the usual bounds allow. */
const BOUNDS = { attempts: 20, steps: 40, repeats: 20, stale: 40, plans: 20, tasks: 100, reviews: 20 };

/**
 * Makes the log of a long run: a simulated run with faults of models and tools, attempts that are taken back and a person who
 * meddles, about 8,600 facts, gone through again and again. Every round has tasks, decisions, turns, messages, effects and
 * situations of its own, so that what a run keeps grows as it does in work that goes on for days.
 *
 * @param length number of facts
 * @returns the facts, in order, with places from 1
 */
export function longLog(length: number): Stamped[] {
  const { log, state } = simulate({
    ...CALM,
    seed: 1,
    sources: 29,
    trouble: 0.03,
    bounds: BOUNDS,
    arbiter: erratic(sensibleArbiter, 0.7),
    specialist: erratic(ableSpecialist(0.03), 0.7),
    person: 0.01,
    meddling: 1_000_000,
  });
  const [started, assembled] = log;
  const round = log.filter(({ type }) => !["run_started", "crew_assembled", "run_ended"].includes(type));
  const text = JSON.stringify(round);
  const used: Readonly<Record<string, number>> = {
    T: state.tasks.length,
    d: state.decisionCount,
    t: state.turnCount,
    m: state.messageCount,
    h: state.effectCount,
  };
  const facts: Stamped[] = [started!, assembled!];
  for (let number = 0; facts.length < length; number++) {
    // Ids are a letter with a number; keys of effects and questions are built on them.
    const renamed = text
      .replaceAll(
        /"(q\d*\.)?([Tdtmh])(\d+)((?:\.[\w.]+)?)"/g,
        (_, before = "", letter, id, after) => `"${before}${letter}${Number(id) + number * used[letter]!}${after}"`,
      )
      .replaceAll(/"fingerprint":"(\w+)"/g, (_, situation) => `"fingerprint":"${situation}${number}"`);
    for (const fact of JSON.parse(renamed) as Stamped[]) {
      if (facts.length === length) break;
      const last = facts.at(-1)!;
      facts.push({ ...fact, seq: last.seq + 1, at: last.at + 16 });
    }
  }
  return facts;
}
