import { parseFact } from "../../src/plugin/built_in.ts";
import { ENDINGS } from "../../src/features/run/endings.ts";
import { EMPTY, fold } from "../../src/features/features.ts";
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Stamped } from "../../src/features/fact.ts";
import { uphold } from "./laws.ts";
import { ableSpecialist, sensibleArbiter } from "./players.ts";
import { anyRacing, anySaving, anyScenario } from "./scenarios.ts";
import { CALM, simulate } from "./simulation.ts";

/** How many runs are tried, and from which seed: of the number of a thorough look, what is wanted of it. */
export type Tried = (runs: number) => { readonly numRuns: number; readonly seed: number };

/**
 * Says how runs are tried.
 *
 * @param share of the runs of a thorough look
 * @param seed the runs are the same for the same number, so that a broken law is the work of the last change
 */
export function tried(share: number, seed: number): Tried {
  return (runs) => ({ numRuns: Math.ceil(runs * share), seed });
}

/** What holds in whole runs, by the sentence that says it; each is tried on runs that are made up. */
export const LAWS: Readonly<Record<string, (how: Tried) => void>> = {
  "whatever models, hosts, tools and persons do, a run ends and every law holds at every fact": (how) => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const run = simulate(scenario);
        uphold(run);
        assert.ok(run.state.run.ending !== null && ENDINGS.includes(run.state.run.ending.kind));
        assert.notEqual(run.state.run.ending.cause, "", "a run ends with a cause");
        assert.equal(Object.keys(run.state.effects.open).length, 0);
        assert.equal(run.state.spending.run.reserved, 0);
      }),
      how(150),
    );
  },
  "whatever a person saves while attempts work in copies, a run ends and every law holds at every fact": (how) => {
    fc.assert(
      fc.property(anySaving, (scenario) => {
        const run = simulate(scenario);
        uphold(run);
        assert.notEqual(run.state.run.ending, null);
        assert.deepEqual(run.state.files.writing, {});
      }),
      how(120),
    );
  },
  "whatever attempts race and whenever they are cut short, a run ends and every law holds at every fact": (how) => {
    let together = 0;
    let lost = 0;
    fc.assert(
      fc.property(anyRacing, (scenario) => {
        const run = simulate(scenario);
        uphold(run);
        assert.notEqual(run.state.run.ending, null);
        assert.equal(run.state.spending.run.reserved, 0);
        lost += run.log.filter((fact) => fact.type === "attempt_closed" && fact.verdict === "cancelled").length;
        together += run.log.filter((fact) => fact.type === "decision_made" && fact.beside !== undefined).length;
      }),
      how(80),
    );
    const { numRuns } = how(80);
    assert.ok(
      together > numRuns && lost > numRuns / 4,
      `${together} attempts began beside others and ${lost} lost a race`,
    );
  },
  "what is read back from a journal folds to the very state of the live run, from any place on": (how) => {
    fc.assert(
      fc.property(anyScenario, fc.double({ min: 0, max: 1, noNaN: true }), (scenario, share) => {
        const run = simulate(scenario);
        const read = run.log.map((fact): Stamped => {
          const { seq, at, ...rest } = JSON.parse(JSON.stringify(fact));
          return { ...parseFact(rest), seq, at };
        });
        assert.deepEqual(fold(read, EMPTY), run.state);
        const place = Math.floor(share * read.length);
        assert.deepEqual(fold(read.slice(place), fold(read.slice(0, place), EMPTY)), run.state);
      }),
      how(40),
    );
  },
  "a run that is killed after any fact and resumed reaches an end, and the laws hold across the kill": (how) => {
    fc.assert(
      fc.property(anyScenario, fc.double({ min: 0, max: 1, noNaN: true }), (scenario, share) => {
        const run = simulate(scenario);
        const place = Math.max(2, Math.floor(share * run.log.length));
        const past = run.log.slice(0, place);
        const resumed = simulate(
          {
            ...CALM,
            sources: scenario.sources,
            suite: scenario.suite,
            seed: scenario.seed + 1,
            arbiter: scenario.arbiter,
            specialist: scenario.specialist,
            bounds: scenario.bounds,
            copies: scenario.copies,
            window: scenario.window,
            large: scenario.large,
            seats: scenario.seats,
          },
          past,
          run.ledger,
        );
        uphold(resumed);
        assert.notEqual(resumed.state.run.ending, null);
      }),
      how(80),
    );
  },
  "an honest run that is killed again and again is accepted all the same": (how) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (seed) => {
        const run = simulate({ ...CALM, seed, arbiter: sensibleArbiter, specialist: ableSpecialist(1), crashes: 20 });
        uphold(run);
        assert.equal(run.state.run.ending?.kind, "accepted", run.state.run.ending?.cause);
      }),
      how(25),
    );
  },
  "the files of a state are the files of the world that its effects wrote": (how) => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const run = simulate({ ...scenario, crashes: 0, saves: 0 });
        for (const [path, file] of Object.entries(run.state.files.byPath)) {
          assert.equal(file.current, run.world.files.get(path) ?? null, path);
        }
      }),
      how(40),
    );
  },
};
