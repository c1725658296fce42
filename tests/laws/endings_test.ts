import assert from "node:assert/strict";
import { uphold } from "./laws.ts";
import { ableSpecialist, call, erratic, type Player, sensibleArbiter } from "./players.ts";
import { CALM, limits, type Run, type Scenario, simulate } from "./simulation.ts";

function run(scenario: Partial<Scenario>): Run {
  const done = simulate({ ...CALM, seed: 11, arbiter: sensibleArbiter, specialist: ableSpecialist(1), ...scenario });
  uphold(done);
  return done;
}

Deno.test("an honest crew is accepted in every mode of the arbiter, with work, review and green checks", () => {
  for (const mode of ["driver", "observer", "off"] as const) {
    const { state, log } = run({ mode, sources: 3 });
    assert.equal(state.run.ending?.kind, "accepted", state.run.ending?.cause);
    assert.equal(state.run.ending?.cause, "3 tasks done, all 4 check results green.");
    assert.deepEqual(new Set(state.tasks.list.map((task) => task.status)), new Set(["done"]));
    assert.ok(log.some((fact) => fact.type === "turn_opened" && fact.purpose === "review"));
  }
});

Deno.test("a crew that often errs is accepted after attempts that the checks refuted were taken back", () => {
  const { state, log } = run({ specialist: ableSpecialist(0.45), seed: 5 });
  assert.equal(state.run.ending?.kind, "accepted", state.run.ending?.cause);
  assert.ok(log.some((fact) => fact.type === "attempt_closed" && fact.verdict === "refuted"));
  assert.ok(log.some((fact) => fact.type === "effect_opened" && fact.effect.kind === "take_back"));
});

Deno.test("without checks the best end is partial, and the tasks say that they are unverified", () => {
  const { state } = run({ suite: "none" });
  assert.equal(state.run.ending?.kind, "partial");
  assert.match(state.run.ending?.cause ?? "", /has no checks/);
  assert.match(state.tasks.list[0]?.reason ?? "", /unverified/);
});

Deno.test("a project that is not trusted blocks a run without a person before anything is opened", () => {
  const { state, log } = run({ trusted: false, headless: true });
  assert.equal(state.run.ending?.kind, "blocked");
  assert.match(state.run.ending?.cause ?? "", /--trust/);
  assert.ok(!log.some((fact) => fact.type === "effect_opened"));
});

Deno.test("a project that is not trusted is trusted by the person's answer", () => {
  const { state, log } = run({ trusted: false, headless: false });
  assert.equal(state.run.ending?.kind, "accepted");
  const asked = log.findIndex((fact) => fact.type === "question_asked" && fact.kind === "trust");
  const opened = log.findIndex((fact) => fact.type === "effect_opened");
  assert.ok(asked !== -1 && asked < opened);
});

Deno.test("spent tokens, asks and time each end a run as budget, and the cause says which", () => {
  const tokens = run({ limits: limits({ tokens: 2_000 }) }).state;
  assert.equal(tokens.run.ending?.kind, "budget");
  assert.match(tokens.run.ending?.cause ?? "", /of 2000 tokens/);
  assert.ok(tokens.spending.run.tokens <= 2_000);
  const turns = run({ limits: limits({ turns: 3 }) }).state;
  assert.equal(turns.run.ending?.kind, "budget");
  assert.match(turns.run.ending?.cause ?? "", /3 of 3 asks/);
  assert.equal(turns.spending.run.turns, 3);
  const time = run({ limits: limits({ wallMs: 500 }) }).state;
  assert.equal(time.run.ending?.kind, "budget");
  assert.match(time.run.ending?.cause ?? "", /time is spent/);
});

Deno.test("a specialist whose own budget is spent ends its turns, and the run goes on to a named end", () => {
  const { state, log } = run({
    roleLimits: { coding: limits({ turns: 2 }) },
    specialist: erratic(ableSpecialist(0), 1),
  });
  assert.ok(log.some((fact) => fact.type === "turn_closed" && fact.ending === "budget"));
  assert.notEqual(state.run.ending?.kind, "budget");
  assert.notEqual(state.run.ending?.cause, "");
});

Deno.test("an arbiter whose own budget is spent is followed by the rules", () => {
  const { state, log } = run({ roleLimits: { arbiter: limits({ turns: 1 }) } });
  assert.equal(state.run.ending?.kind, "accepted");
  const made = log.filter((fact) => fact.type === "decision_made");
  assert.deepEqual(made.map((fact) => fact.by).slice(0, 2), ["arbiter", "rules"]);
});

Deno.test("a question to the person blocks a run without one, and is answered where there is one", () => {
  const asking = (): Player => {
    let asked = false;
    return (what) => {
      if (asked || !what.effect.legal.includes("request_user_input")) return sensibleArbiter(what);
      asked = true;
      return call("request_user_input", { question: "Which port?" });
    };
  };
  const present = run({ arbiter: asking(), headless: false });
  assert.equal(present.state.run.ending?.kind, "accepted");
  assert.ok(present.log.some((fact) => fact.type === "question_answered"));
  const decided = present.log.find((fact) => fact.type === "decision_closed");
  assert.equal(decided?.type === "decision_closed" ? decided.outcome : "", "The person answers: Go on.");
});

Deno.test("files that are kept are exactly those of attempts that the checks bear out", () => {
  const { state, world } = run({ specialist: ableSpecialist(0.4), seed: 9, sources: 3 });
  for (const [path, hash] of world.files) assert.ok(!hash.startsWith("worse"), `${path} holds what the checks refuted`);
  assert.equal(
    state.files.kept,
    Object.values(state.files.byPath).filter((file) => file.current !== file.original).length,
  );
});

Deno.test("a suite that a bad write keeps from starting is taken back, and the run goes on", () => {
  const { state, log } = run({ suite: "fragile", specialist: ableSpecialist(0.4), sources: 1, seed: 1 });
  const refuted = log.filter((fact) => fact.type === "attempt_closed" && fact.verdict === "refuted");
  assert.ok(refuted.length > 0);
  assert.equal(state.run.ending?.kind, "accepted", state.run.ending?.cause);
});
