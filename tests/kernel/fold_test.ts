import assert from "node:assert/strict";
import type { AnyEffect } from "../../src/kernel/effects.ts";
import type { AnyFact } from "../../src/kernel/fact.ts";
import type { AnyFeature } from "../../src/kernel/feature.ts";
import { folding } from "../../src/kernel/fold.ts";
import type { KernelState } from "../../src/kernel/state.ts";

interface Counted extends KernelState {
  readonly steps: { readonly own: number; readonly all: number };
  readonly other: readonly string[];
}

type Steps = Counted["steps"];

const STEPS: AnyFeature<Counted, unknown, AnyFact, AnyEffect> = {
  name: "steps",
  empty: { own: 0, all: 0 },
  on: { stepped: (steps: Steps) => ({ ...steps, own: steps.own + 1 }) },
  each: (steps: Steps) => ({ own: steps.own, all: steps.all + steps.own }),
};

const OTHER: AnyFeature<Counted, unknown, AnyFact, AnyEffect> = {
  name: "other",
  empty: [],
  on: {
    stepped: (own: Counted["other"], _fact, { steps }) => steps.own === 0 ? own : [...own, `after ${steps.own}`],
  },
};

const { empty, evolve, fold } = folding([STEPS, OTHER]);

const fact = (type: string, seq: number) => ({ type, seq, at: seq * 10 });

Deno.test("who hears a type of fact and every fact hears the second after the first", () => {
  assert.deepEqual(fold([fact("stepped", 1), fact("slept", 2), fact("stepped", 3)], empty).steps, { own: 2, all: 4 });
});

Deno.test("a fact moves place and time, and leaves a slice that nothing changed the same object", () => {
  const one = evolve(empty, fact("stepped", 1));
  assert.equal(one.other, empty.other);
  const two = evolve(one, fact("slept", 2));
  assert.deepEqual([two.seq, two.at, two.other === one.other], [2, 20, true]);
  assert.deepEqual([one.seq, one.at, empty.seq, empty.at], [1, 10, 0, 0]);
});

Deno.test("each slice reads of all else what was so before the fact", () => {
  assert.deepEqual(fold([fact("stepped", 1), fact("stepped", 2), fact("stepped", 3)], empty).other, [
    "after 1",
    "after 2",
  ]);
});

Deno.test("two features never keep a slice of one name", () => {
  assert.throws(() => folding([STEPS, STEPS]), /Two features keep a slice of the state called steps\./);
  assert.throws(() => folding([{ ...STEPS, name: "seq" }]), /called seq\./);
});
