import type { Limits } from "../../src/kernel/limits.ts";
import fc from "fast-check";
import { HARMFUL_SUMMARISERS } from "./adversaries.ts";
import { ableSpecialist, erratic, guessing, sensibleArbiter, shortSummariser } from "./players.ts";
import { CALM, limits, type Scenario } from "./simulation.ts";

const someLimits: fc.Arbitrary<Limits> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(limits({})) },
  { weight: 1, arbitrary: fc.integer({ min: 500, max: 60_000 }).map((tokens) => limits({ tokens })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }).map((turns) => limits({ turns })) },
);

/** Runs of every kind: crews from able to hopeless, any mode, budgets, a meddling person, kills and failures. */
export const anyScenario: fc.Arbitrary<Scenario> = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  arbiter: fc.constantFrom(sensibleArbiter, guessing, erratic(sensibleArbiter, 0.6), erratic(sensibleArbiter, 0.2)),
  specialist: fc.constantFrom(
    ableSpecialist(0.7),
    guessing,
    erratic(ableSpecialist(0.5), 0.7),
    erratic(ableSpecialist(0.3), 0.3),
  ),
  sources: fc.integer({ min: 0, max: 3 }),
  suite: fc.constantFrom("cases", "cases", "none", "fragile"),
  trouble: fc.constantFrom(0, 0, 0.1),
  counted: fc.boolean(),
  summariser: fc.constantFrom(shortSummariser, ...Object.values(HARMFUL_SUMMARISERS)),
  interprets: fc.constantFrom(null, 0, 0.6, 1),
  copies: fc.constantFrom("never", "proven", "proven", "refused"),
  saves: fc.constantFrom(0, 0, 0.05, 0.3),
  mode: fc.constantFrom("driver", "driver", "observer", "off"),
  headless: fc.boolean(),
  talk: fc.constantFrom(undefined, undefined, "on", "off"),
  trusted: fc.constantFrom(true, true, true, false),
  limits: fc.oneof(
    { weight: 4, arbitrary: someLimits },
    { weight: 1, arbitrary: fc.integer({ min: 100, max: 20_000 }).map((wallMs) => limits({ wallMs })) },
  ),
  roleLimits: fc.oneof(fc.constant({}), fc.record({ coding: someLimits, arbiter: someLimits })),
  bounds: fc.constantFrom({}, { attempts: 2, steps: 6 }, { repeats: 1, stale: 2, reviews: 1 }),
  large: fc.boolean(),
  window: fc.constantFrom(null, null, 4_000, 2_500),
  person: fc.constantFrom(0, 0.05, 0.25),
  meddling: fc.integer({ min: 0, max: 400 }),
  crashes: fc.integer({ min: 0, max: 3 }),
  cancels: fc.integer({ min: 0, max: 4 }),
  seats: fc.constantFrom(1, 2, 3),
  most: fc.constant(CALM.most),
});

/** Runs of able crews in copies of the project, in which a person saves files at any moment and much else goes wrong on the way. */
export const anySaving: fc.Arbitrary<Scenario> = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  arbiter: fc.constant(sensibleArbiter),
  specialist: fc.constantFrom(ableSpecialist(0.6), ableSpecialist(0.9), erratic(ableSpecialist(0.8), 0.8)),
  sources: fc.integer({ min: 1, max: 3 }),
  saves: fc.constantFrom(0.05, 0.2, 0.4),
  trouble: fc.constantFrom(0, 0, 0.05),
  headless: fc.boolean(),
  bounds: fc.constantFrom({}, { attempts: 3, steps: 6 }),
  person: fc.constantFrom(0, 0, 0.1),
  meddling: fc.integer({ min: 50, max: 400 }),
  crashes: fc.integer({ min: 0, max: 5 }),
  cancels: fc.integer({ min: 0, max: 4 }),
  seats: fc.constantFrom(1, 2, 3),
}).map((some) => ({ ...CALM, ...some, copies: "proven" as const }));

/**
 * Runs on several hosts in copies of the project, whose first tries mostly fail, so that others race with them: with budgets that end in the
 * middle, asks that are cancelled, hosts that come and go, and kills at any moment.
 */
export const anyRacing: fc.Arbitrary<Scenario> = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  arbiter: fc.constantFrom(sensibleArbiter, erratic(sensibleArbiter, 0.7)),
  specialist: fc.constantFrom(ableSpecialist(0.25), ableSpecialist(0.5), erratic(ableSpecialist(0.4), 0.8)),
  sources: fc.integer({ min: 1, max: 3 }),
  seats: fc.constantFrom(2, 3, 4),
  mode: fc.constantFrom("driver", "driver", "off"),
  saves: fc.constantFrom(0, 0, 0.05),
  trouble: fc.constantFrom(0, 0, 0.05),
  headless: fc.boolean(),
  limits: someLimits,
  roleLimits: fc.oneof(fc.constant({}), fc.record({ coding: someLimits })),
  person: fc.constantFrom(0, 0.1),
  meddling: fc.integer({ min: 0, max: 300 }),
  crashes: fc.integer({ min: 0, max: 5 }),
  cancels: fc.integer({ min: 0, max: 8 }),
}).map((some) => ({ ...CALM, ...some, copies: "proven" as const }));
