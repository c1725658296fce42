import { parseFact } from "../../src/plugin/built_in.ts";
import { ENDINGS } from "../../src/features/run/endings.ts";
import { EMPTY, evolve, fold } from "../../src/features/features.ts";
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Stamped } from "../../src/features/fact.ts";
import { uphold } from "./laws.ts";
import { ableSpecialist, sensibleArbiter } from "./players.ts";
import { anyRacing, anySaving, anyScenario } from "./scenarios.ts";
import { CALM, simulate } from "./simulation.ts";

/** The runs are the same each time, so that a broken law is the work of the last change; another number looks elsewhere. */
const SEED = 1971;

Deno.test("whatever models, hosts, tools and persons do, a run ends and every law holds at every fact", () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const run = simulate(scenario);
      uphold(run);
      assert.ok(run.state.run.ending !== null && ENDINGS.includes(run.state.run.ending.kind));
      assert.notEqual(run.state.run.ending.cause, "", "a run ends with a cause");
      assert.equal(Object.keys(run.state.effects.open).length, 0);
      assert.equal(run.state.spending.run.reserved, 0);
    }),
    { numRuns: 150, seed: SEED },
  );
});

Deno.test("whatever a person saves while attempts work in copies, a run ends and every law holds at every fact", () => {
  fc.assert(
    fc.property(anySaving, (scenario) => {
      const run = simulate(scenario);
      uphold(run);
      assert.notEqual(run.state.run.ending, null);
      assert.deepEqual(run.state.files.writing, {});
    }),
    { numRuns: 120, seed: SEED },
  );
});

Deno.test("whatever attempts race and whenever they are cut short, a run ends and every law holds at every fact", () => {
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
    { numRuns: 80, seed: SEED },
  );
  assert.ok(together > 80 && lost > 20, `${together} attempts began beside others and ${lost} lost a race`);
});

Deno.test("what is read back from a journal folds to the very state of the live run, from any place on", () => {
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
    { numRuns: 40, seed: SEED },
  );
});

Deno.test("a run that is killed after any fact and resumed reaches an end, and the laws hold across the kill", () => {
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
    { numRuns: 80, seed: SEED },
  );
});

Deno.test("an honest run that is killed again and again is accepted all the same", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), (seed) => {
      const run = simulate({ ...CALM, seed, arbiter: sensibleArbiter, specialist: ableSpecialist(1), crashes: 20 });
      uphold(run);
      assert.equal(run.state.run.ending?.kind, "accepted", run.state.run.ending?.cause);
    }),
    { numRuns: 25, seed: SEED },
  );
});

Deno.test("the files of a state are the files of the world that its effects wrote", () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const run = simulate({ ...scenario, crashes: 0, saves: 0 });
      for (const [path, file] of Object.entries(run.state.files.byPath)) {
        assert.equal(file.current, run.world.files.get(path) ?? null, path);
      }
    }),
    { numRuns: 40, seed: SEED },
  );
});

Deno.test("folding a fact leaves the state before it untouched", () => {
  // The simulation freezes every state and fact; a fold that wrote into one of them would throw.
  const run = simulate({ ...CALM, seed: 7, arbiter: sensibleArbiter, specialist: ableSpecialist(0.5) });
  const before = JSON.stringify(run.state);
  evolve(run.state, run.log.at(-1)!);
  assert.equal(JSON.stringify(run.state), before);
});
