import assert from "node:assert/strict";
import { HARMFUL_ARBITERS, HARMFUL_SPECIALISTS, HARMFUL_SUMMARISERS } from "./adversaries.ts";
import { endsAsWithout, MOST } from "./summarised_runs.ts";
import { uphold } from "./laws.ts";
import { ableSpecialist, call, sensibleArbiter } from "./players.ts";
import { CALM, limits, type Scenario, simulate } from "./simulation.ts";

function ended(scenario: Scenario) {
  const run = simulate({ ...scenario, most: MOST });
  uphold(run);
  assert.ok(run.state.run.ending !== null);
  return run.state.run.ending;
}

for (const [what, make] of Object.entries(HARMFUL_ARBITERS)) {
  Deno.test(`a run whose arbiter ${what} is brought to its end by the rules, and good work is accepted`, () => {
    for (const seed of [1, 2, 3]) {
      const ending = ended({ ...CALM, seed, arbiter: make(), specialist: ableSpecialist(1) });
      assert.equal(ending.kind, "accepted", ending.cause);
      assert.match(ending.cause, /2 tasks done/);
    }
  });

  Deno.test(`a run whose arbiter ${what} ends with a named cause where a person is there and the work is poor`, () => {
    const ending = ended({
      ...CALM,
      seed: 4,
      arbiter: make(),
      specialist: ableSpecialist(0.3),
      headless: false,
      limits: limits({ turns: 80 }),
    });
    assert.ok(["accepted", "partial", "failed", "budget"].includes(ending.kind), ending.kind);
    assert.notEqual(ending.cause, "");
  });
}

for (const [what, make] of Object.entries(HARMFUL_SPECIALISTS)) {
  for (const mode of ["driver", "off"] as const) {
    Deno.test(`a run whose specialists ${what} fails with a named cause, arbiter mode ${mode}`, () => {
      const ending = ended({ ...CALM, seed: 3, mode, arbiter: sensibleArbiter, specialist: make() });
      assert.equal(ending.kind, "failed", ending.cause);
      assert.match(ending.cause, /still fail: npm test: src\/part0\.ts works/);
    });
  }
}

// Of those, what does most harm; all of them are tried in tests/long.
for (const what of ["always fail", "write calls"]) {
  Deno.test(`a run whose specialists wander and whose summarisers ${what} fails with a named cause, and takes as many turns as without`, () =>
    endsAsWithout(HARMFUL_SUMMARISERS[what]!));
}

Deno.test("a run in which the arbiter consults for ever and the specialists ask each other for ever still ends", () => {
  const consulting = HARMFUL_ARBITERS["consults one specialist after another"]!;
  const asking = HARMFUL_SPECIALISTS["ask each other for ever"]!;
  const run = simulate({ ...CALM, seed: 3, arbiter: consulting(), specialist: asking(), most: 30_000 });
  uphold(run);
  assert.equal(run.state.run.ending?.kind, "failed");
});

Deno.test("an arbiter that fails is passed over for a second model before the rules decide", () => {
  const run = simulate({
    ...CALM,
    seed: 1,
    arbiter: HARMFUL_ARBITERS["always fails with unreachable"]!(),
    specialist: ableSpecialist(1),
  });
  const asks = run.log.flatMap((fact) =>
    fact.type === "effect_opened" && fact.effect.kind === "ask" && fact.effect.purpose === "decide" ? [fact.effect] : []
  );
  assert.deepEqual(asks.slice(0, 3).map((ask) => ask.not), [undefined, "arbiter-model", "second-model"]);
  const first = run.log.find((fact) => fact.type === "decision_made");
  assert.ok(first?.type === "decision_made" && first.by === "rules");
  assert.match(first.reason, /gave no legal decision in 3 tries/);
});

Deno.test("a large reviewer whose issue was worked on in vain claims no more than a small one, and the run is accepted", () => {
  const able = ableSpecialist(1);
  const nothing = call("finish_task", { summary: "Nothing is wrong." });
  const run = simulate({
    ...CALM,
    seed: 1,
    large: true,
    arbiter: sensibleArbiter,
    specialist: (asked) => {
      if (asked.effect.legal.includes("approve_code")) return call("report_issue", { description: "It is ugly" });
      const turn = asked.effect.turn === null ? undefined : asked.state.turns.open[asked.effect.turn];
      const task = asked.state.tasks.list.find(({ id }) => turn?.attempt?.startsWith(`${id}.`) === true);
      return task?.kind === "issue" ? nothing : able(asked);
    },
  });
  uphold(run);
  assert.equal(run.state.run.ending?.kind, "accepted", run.state.run.ending?.cause);
  const turns = run.log.flatMap((fact) => fact.type === "turn_opened" ? [fact.purpose] : []);
  assert.equal(turns.filter((purpose) => purpose === "review").length, 2);
  const issues = run.state.tasks.list.filter(({ kind }) => kind === "issue");
  assert.deepEqual(issues.map(({ status }) => status), ["dropped", "dropped"]);
  assert.match(issues[1]!.reason, /what a review reported before came to nothing/);
});

for (const what of ["answers in prose", "answers with nothing", "always fails with crashed"]) {
  Deno.test(`an arbiter that ${what} is asked for two decisions, and then the rules go on without it`, () => {
    const run = simulate({ ...CALM, seed: 1, arbiter: HARMFUL_ARBITERS[what]!(), specialist: ableSpecialist(1) });
    uphold(run);
    const asks = run.log.filter((fact) => fact.type === "effect_opened" && fact.effect.key.includes(".decide"));
    assert.equal(asks.length, 6);
    const made = run.log.flatMap((fact) => fact.type === "decision_made" ? [fact.reason] : []);
    assert.match(made[2]!, /no legal decision twice in a row/);
  });
}

Deno.test("an arbiter that answers in prose is told why that is no decision, with its reply quoted", () => {
  const run = simulate({
    ...CALM,
    seed: 1,
    arbiter: HARMFUL_ARBITERS["answers in prose"]!(),
    specialist: ableSpecialist(1),
  });
  const first = run.log.find((fact) => fact.type === "decision_made");
  assert.ok(first?.type === "decision_made");
  assert.match(first.reason, /No call was found in: I think we should consider the options/);
});
