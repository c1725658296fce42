import assert from "node:assert/strict";
import type { CheckRound } from "../../../src/effects/check/check_effect.ts";
import { judgeRun, withYes } from "../../../src/features/checks/judge_run.ts";
import { dueEvidence } from "../../../src/features/evidence/due_evidence.ts";
import type { Fact } from "../../../src/features/fact.ts";
import type { State } from "../../../src/features/state.ts";
import { inline } from "../../../src/kernel/text.ts";
import { after, result, started, task, wished } from "../../given/given.ts";

const DECISION = { id: "d1" } as Parameters<typeof dueEvidence>[1];
const HOLDING = { path: "src/a.js", hash: "h1", line: 'import test from "node:test";' };
const NEWS = { path: "test/new.test.js", hash: "n1" };

/** The state once a round of checks gave what it found. */
function round(state: State, found: Partial<CheckRound>): State {
  const key = `check${state.effects.count}`;
  return after(state, { type: "effect_opened", effect: { kind: "check", key, cause: "test" } }, {
    type: "effect_finished",
    key,
    result: { kind: "check", results: [], commands: ["npm test"], output: inline(""), ms: 1, ...found },
  });
}

/** A run whose one task is done, and whose check said so at the start or not. */
function done(passedBefore: boolean, found: Partial<CheckRound>): State {
  const worked = after(
    started({}, [result("t: a", passedBefore)]),
    { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" },
    { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
    { type: "task_changed", id: "T1", status: "done", reason: "" },
  );
  return round(worked, { results: [result("t: a", true)], ...found });
}

/** A run whose only proof is a new test. */
function wish(): State {
  return done(true, { results: [result("t: a", true), { ...result("t: new", true), added: true }], newTests: [NEWS] });
}

/** What is owed before the run is judged. */
function owed(state: State): readonly string[] {
  const due = dueEvidence(state, DECISION);
  return due === null ? [] : [...due.effects.map(({ kind }) => kind), ...due.facts.map(({ type }) => type)];
}

/** The state once the look at the old code ended so. */
function looked(state: State, ending: { readonly type: string }): State {
  const [effect] = dueEvidence(state, DECISION)!.effects;
  const opened = after(state, { type: "effect_opened", effect: effect as never });
  assert.deepEqual(owed(opened), [], "one look is enough");
  return after(opened, { key: effect!.key, ms: 1, ...ending } as Fact);
}

function answered(state: State, approved: boolean): State {
  const asked = after(state, ...dueEvidence(state, DECISION)!.facts as Fact[]);
  assert.deepEqual(owed(asked), [], "one question is enough");
  return wished(asked, { kind: "answer", question: asked.people.questions[0]!.id, approved, text: "" });
}

Deno.test("a look at the old code that was cut short is due again, one that failed found nothing and is not", () => {
  for (
    const cut of [
      { type: "effect_failed", failure: "interrupted", text: "The program ended." },
      { type: "effect_cancelled", by: "person" },
    ]
  ) assert.deepEqual(owed(looked(wish(), cut)), ["flip"], JSON.stringify(cut));
  const failed = looked(wish(), { type: "effect_failed", failure: "tool_error", text: "There is no room." } as never);
  assert.deepEqual(owed(failed), []);
  assert.equal(judgeRun(failed).kind, "partial");
});

Deno.test("new tests that flip ask once, and are asked about anew once they are others", () => {
  const result = { kind: "flip", flips: ["t: new"], same: [], shown: "the test", ms: 1 };
  const flipped = looked(wish(), { type: "effect_finished", result } as never);
  assert.deepEqual(owed(flipped), ["question_asked"]);
  assert.match(judgeRun(flipped).cause, /the new tests wait for your yes/);
  const agreed = answered(flipped, true);
  assert.deepEqual([owed(agreed), judgeRun(agreed).kind], [[], "accepted"]);
  assert.equal(judgeRun(answered(flipped, false)).kind, "partial");
  const other = round(agreed, { results: [...agreed.checks.latest!], newTests: [{ ...NEWS, hash: "n2" }] });
  assert.deepEqual([owed(other), judgeRun(other).kind], [["flip"], "partial"]);
});

Deno.test("a source that takes hold of its runner is accepted by a person's yes to it as it stands, and by nothing else", () => {
  const holds = done(false, { holding: [HOLDING] });
  assert.deepEqual(owed(holds), ["question_asked"]);
  assert.equal(judgeRun(holds).kind, "partial", "nobody was asked");
  assert.match(judgeRun(holds).cause, /src\/a\.js takes hold of its own test runner .*nobody has agreed/);
  assert.equal(judgeRun(answered(holds, false)).kind, "partial");
  const agreed = answered(holds, true);
  assert.equal(judgeRun(agreed).kind, "accepted");
  const other = round(agreed, { results: [...agreed.checks.latest!], holding: [{ ...HOLDING, hash: "h2" }] });
  assert.equal(judgeRun(other).kind, "partial", "the yes was to another text");
});

Deno.test("what an attempt brought of tests and sources goes with it when it is taken back", () => {
  const opened = after(wish(), {
    type: "attempt_opened",
    task: "T1",
    number: 2,
    role: "coding",
    temperature: 0,
    seed: 1,
  });
  const judged = round(opened, { newTests: [NEWS, { path: "test/other.test.js", hash: "n2" }], holding: [HOLDING] });
  assert.deepEqual(judged.evidence.holding, [HOLDING]);
  const back = after(judged, { type: "effect_opened", effect: { kind: "take_back", key: "b", attempt: "T1.2" } }, {
    type: "effect_finished",
    key: "b",
    result: { kind: "take_back", restored: [], left: [] },
  });
  assert.deepEqual([back.evidence.tests, back.evidence.holding], [{ [NEWS.path]: NEWS.hash }, []]);
});

Deno.test("a yes ahead is to all new tests that flip, also to others later, and to nothing else that only a person can judge", () => {
  const result = { kind: "flip", flips: ["t: new"], same: [], shown: "the test", ms: 1 };
  const flip = { type: "effect_finished", result } as never;
  const ahead = after(wish(), { type: "tests_accepted", ahead: true });
  assert.deepEqual([owed(ahead), judgeRun(ahead).kind], [["flip"], "partial"], "what does not flip shows nothing");
  const flipped = looked(ahead, flip);
  assert.deepEqual([owed(flipped), judgeRun(flipped).kind], [[], "accepted"]);
  assert.match(judgeRun(flipped).cause, /agreed by the person ahead, without a look/);
  const other = round(flipped, { results: [...flipped.checks.latest!], newTests: [{ ...NEWS, hash: "n2" }] });
  assert.equal(judgeRun(looked(other, flip)).kind, "accepted");
  const holds = round(flipped, { results: [...flipped.checks.latest!], newTests: [NEWS], holding: [HOLDING] });
  assert.deepEqual([owed(holds), judgeRun(holds).kind], [["question_asked"], "partial"]);
});

Deno.test("a run that ended waits for a yes where nothing but that is missing, and the yes is to what stood then", () => {
  const result = { kind: "flip", flips: ["t: new"], same: [], shown: "the test", ms: 1 };
  const flipped = looked(wish(), { type: "effect_finished", result } as never);
  assert.equal(withYes(flipped), null, "it has not ended");
  const end = (state: State) => after(state, { type: "run_ended", ...judgeRun(state) });
  assert.equal(withYes(end(flipped))?.kind, "accepted");
  const holds = round(flipped, { results: [...flipped.checks.latest!], newTests: [NEWS], holding: [HOLDING] });
  assert.equal(withYes(end(holds))?.kind, "accepted", "the yes is to all that was shown");
  assert.equal(withYes(end(wish())), null, "nobody tried the test on the old code");
  assert.equal(withYes(end(after(flipped, { type: "files_moved", paths: ["src/a.js"] }))), null, "its files changed");
  const accepted = after(end(flipped), { type: "run_resumed", headless: true }, {
    type: "tests_accepted",
    ahead: false,
  });
  assert.equal(judgeRun(accepted).kind, "accepted");
  assert.match(judgeRun(accepted).cause, /agreed by the person\./);
  assert.equal(withYes(end(accepted)), null, "it is accepted");
});
