import { copyPlainSample } from "../rehearsal/plain_sample.ts";
import assert from "node:assert/strict";
import type { Strategy } from "../../src/features/registry.ts";
import { largeModel } from "../../src/strategies/large_model.ts";
import { withCrew } from "../end_to_end/fixtures/crew_run.ts";

/** Seed of its first attempts: in the journal it names who made them. */
const SEED = 4_711;

/** Work on a file of durations is done in small steps: only pieces of it are changed, and always from one seed. */
const smallSteps: Strategy = {
  name: "small steps",
  fits: ({ task }) => task?.target?.endsWith("/duration.js") === true,
  next(past, situation) {
    const next = largeModel.next(past, situation);
    return next === null ? null : { ...next, seed: SEED + past.length };
  },
  step(situation, turn) {
    const step = largeModel.step(situation, turn);
    return { ...step, legal: step.legal.filter((name) => situation.registry.tools[name]?.traits?.edits !== "file") };
  },
};

Deno.test("a strategy that is added is asked before those that are built in, in the situation that it fits and in no other", () =>
  withCrew(async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    const all = crew.facts();
    const targets = new Map(
      all.flatMap((fact) => fact.type === "tasks_planned" ? fact.tasks : []).map(({ id, target }) => [id, target]),
    );
    const fits = (task: string) => targets.get(task)?.endsWith("/duration.js") === true;
    const opened = all.flatMap((fact) => fact.type === "attempt_opened" ? [fact] : []);
    assert.ok(opened.some(({ task }) => fits(task)) && opened.some(({ task }) => !fits(task)));
    for (const { task, number, seed } of opened) {
      assert.equal(seed, fits(task) ? SEED + number - 1 : number * 101, task);
    }
    const ofTurn = new Map(
      all.flatMap((fact) =>
        fact.type === "turn_opened" && typeof fact.attempt === "string"
          ? [[fact.id, fact.attempt.split(".")[0]!] as const]
          : []
      ),
    );
    const legal = all.flatMap((fact) =>
      fact.type === "effect_opened" && fact.effect.kind === "ask" && ofTurn.has(fact.effect.turn ?? "")
        ? [[fits(ofTurn.get(fact.effect.turn!)!), fact.effect.legal.includes("rewrite_file")] as const]
        : []
    );
    assert.ok(legal.every(([own, whole]) => !(own && whole)));
    assert.ok(legal.some(([own, whole]) => !own && whole));
  }, { sample: copyPlainSample, added: { strategies: [smallSteps] } }));
