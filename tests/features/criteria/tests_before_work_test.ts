import { bucketsOf } from "../buckets_of.ts";
import assert from "node:assert/strict";
import type { ToolEffect } from "../../../src/effects/tool/tool_effect.ts";
import type { Attempt } from "../../../src/features/attempts/slice.ts";
import { openAttempt } from "../../../src/features/attempts/open_attempt.ts";
import { isSatisfied, NEW_TESTS } from "../../../src/features/checks/judge.ts";
import { newDecision } from "../../../src/features/decisions/slice.ts";
import { criteriaAtEnd } from "../../../src/features/criteria/at_end.ts";
import { criteriaRule } from "../../../src/features/criteria/criteria_rule.ts";
import { isShareSpent } from "../../../src/features/criteria/is_share_spent.ts";
import { judgeAttempt } from "../../../src/features/criteria/judge_attempt.ts";
import { namesOf } from "../../../src/features/evidence/slice.ts";
import { nextTry } from "../../../src/strategies/next_try.ts";
import { DEFAULT_BOUNDS } from "../../../src/features/bounds.ts";
import { dueWithdrawal } from "../../../src/features/criteria/due_withdrawal.ts";
import type { Fact } from "../../../src/features/fact.ts";
import type { State } from "../../../src/features/state.ts";
import { admitTasks } from "../../../src/features/tasks/admit_tasks.ts";
import { stepsOf } from "../../../src/features/turns/limits.ts";
import { due } from "../../../src/kernel/due.ts";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import { attemptAtWork } from "../../given/attempt_at_work.ts";
import { after, checked, CONTINUED, result, settled, started, task } from "../../given/given.ts";
import { crew } from "../../laws/crew.ts";

type DecisionMade = Extract<Fact, { type: "decision_made" }>;
const registry = crew();
const GREEN = [result("t: a", true)];
const GOAL = "Add a function median(values) to src/stats.js. median([1, 3]) is 2.";
type Limits = Extract<Fact, { type: "run_started" }>["limits"];
const ANY: Limits = { tokens: null, turns: null, wallMs: null };

/** A wish whose test is taken in hand, after so many asks and tokens. */
function testing(limits: Limits, turns = 0): State {
  let state = started({ goal: GOAL, limits, headless: true }, GREEN);
  state = { ...state, spending: { ...state.spending, run: { tokens: 100_000 * turns, reserved: 0, turns } } };
  return settled(
    after(settled(state), { type: "phase_changed", phase: "qa", reason: "", by: "rules" }, CONTINUED),
    registry,
  );
}

Deno.test("a test is begun while three quarters of what the run may spend are left for the work, and else dropped", () => {
  for (
    const [limits, turns, status] of [
      [ANY, 90, "in_progress"],
      [{ ...ANY, turns: 40 }, 10, "in_progress"],
      [{ ...ANY, turns: 40 }, 11, "dropped"],
      [{ ...ANY, tokens: 4_000_000 }, 11, "dropped"],
      [{ ...ANY, wallMs: 30 }, 0, "dropped"],
    ] as const
  ) {
    const state = testing(limits, turns);
    assert.equal(state.tasks.list[0]?.status, status, `${turns} of ${JSON.stringify(limits)}`);
    if (status === "dropped") assert.match(state.tasks.list[0]?.reason ?? "", /the rest is for the work/);
  }
});

Deno.test("a test of a later criterion may begin after what the criteria before it had for themselves, and a quarter of the rest", () => {
  const limits = { ...ANY, turns: 40 };
  const criteria = ["a([1]) is 1", "b([1]) is 1"];
  const at = (turns: number, criterion: number) => {
    const state = settled(started({ goal: "Grow it.", criteria, limits, headless: true }, GREEN));
    const spending = { ...state.spending, run: { ...state.spending.run, turns } };
    return isShareSpent({ ...state, spending }, task({ kind: "test", criterion }));
  };
  assert.deepEqual([at(10, 1), at(11, 1), at(25, 2), at(26, 2)], [false, true, false, true]);
});

Deno.test("a turn that writes a test before the work has a quarter of the asks that work has", () => {
  const state = testing(ANY);
  const [turn] = Object.values(state.turns.open);
  assert.equal(attemptAtWork(state)?.task, "T1");
  assert.equal(stepsOf(state, registry, turn!), registry.bounds.steps / 4);
});

Deno.test("after a test that came to nothing the goal is planned as any other, with all the room there is", () => {
  const state = after(settled(started({ goal: GOAL, headless: true }, GREEN)), {
    type: "task_changed",
    id: "T1",
    status: "dropped",
    reason: "no test",
  });
  assert.equal(due(state, registry, state.at).facts.length, 0, "no work is planned by rules");
  const planning = registry.phases.find(({ phase }) => phase === "planning");
  assert.equal(planning?.hasWork(state, registry), true);
  const { tasks, refused } = admitTasks([{ description: "Add it", target: "src/stats.js" }], state, [], {
    languages: LANGUAGES,
    prompts: {},
    bounds: { ...DEFAULT_BOUNDS, tasks: 1 },
  });
  assert.deepEqual([tasks.map(({ id, target }) => [id, target]), refused], [[["T2", "src/stats.js"]], []]);
});

/** Work whose test stands, given up after attempts with these verdicts. */
function givenUp(verdicts: readonly ("refuted" | "failed")[]): State {
  const test = { path: "test/median.test.js", hash: "h", by: "analysis", attempt: "T1.1", writes: [], red: ["t: m"] };
  const state = after(
    settled(started({ goal: GOAL, headless: true }, GREEN)),
    { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
    { type: "task_changed", id: "T1", status: "done", reason: "" },
  );
  const standing = { ...state, criteria: { ...state.criteria, tests: { 1: test } } };
  return after(
    standing,
    {
      type: "tasks_planned",
      tasks: [task({ id: "T2", criterion: 1, test: test.path, checks: ["t: m"] })],
      refused: [],
      by: "criteria",
    },
    { type: "task_changed", id: "T2", status: "in_progress", reason: "" },
    ...verdicts.map((verdict, index): Fact => ({
      type: "attempt_closed",
      task: "T2",
      number: index + 1,
      verdict,
      passed: [],
      broke: [],
      summary: "",
    })),
    { type: "task_changed", id: "T2", status: "parked", reason: "" },
  );
}

Deno.test("a test that work was refuted by is taken back, once, and its work is planned without it", () => {
  const state = givenUp(["refuted", "refuted"]);
  const owed = dueWithdrawal(state, registry);
  assert.deepEqual([owed?.effects, owed?.waits], [
    [{ kind: "take_back", key: `T1.1.withdraw${state.effects.count}`, attempt: "T1.1" }],
    true,
  ]);
  const taking = after(state, { type: "effect_opened", effect: owed!.effects[0]! });
  assert.deepEqual([dueWithdrawal(taking, registry)?.effects, dueWithdrawal(taking, registry)?.waits], [[], true]);
  const [{ key } = { key: "" }] = owed!.effects;
  for (
    const closing of [
      { type: "effect_finished", key, result: { kind: "take_back", restored: ["test/median.test.js"], left: [] } },
      { type: "effect_failed", key, failure: "tool_error", text: "it was changed", ms: 1 },
    ] satisfies Fact[]
  ) {
    const taken = after(taking, closing);
    assert.deepEqual([taken.criteria.tests, taken.criteria.withdrawn], [{}, { 1: "test/median.test.js" }]);
    assert.equal(taken.checks.stale, true, "the checks have seen the test");
    const done = after(taken, ...dueWithdrawal(taken, registry)!.facts);
    assert.deepEqual(done.tasks.list.map(({ id, status, checks, test }) => [id, status, checks, test]), [
      ["T1", "done", [], undefined],
      ["T2", "dropped", ["t: m"], "test/median.test.js"],
      ["T3", "ready", [], undefined],
    ]);
    assert.equal(dueWithdrawal(done, registry), null);
  }
});

Deno.test("work that ended otherwise, as by a person who drops its assignment, keeps its test", () => {
  for (const verdicts of [["failed", "failed", "failed"], ["refuted"], []] as const) {
    assert.equal(dueWithdrawal(givenUp(verdicts), registry), null, verdicts.join());
  }
});

Deno.test("who writes a test writes no source, and nobody else changes a test that stands", () => {
  const rule = criteriaRule(LANGUAGES);
  const writing = (state: State, turn: string, path: string) =>
    rule(state, {
      kind: "tool",
      key: "k",
      turn,
      role: "analysis",
      access: "writes",
      call: { name: "rewrite_file", arguments: { path } },
    } as ToolEffect, registry);
  const state = testing(ANY);
  const [turn] = Object.values(state.turns.open);
  assert.match(JSON.stringify(writing(state, turn!.id, "src/stats.js")), /src\/stats\.js is no test/);
  assert.equal(writing(state, turn!.id, "test/median.test.js"), null);
  assert.match(JSON.stringify(writing(givenUp([]), "t9", "test/median.test.js")), /change the code, not the test/);
  assert.equal(writing(givenUp([]), "t9", "src/stats.js"), null);
});

Deno.test("who wrote the test of a task does not do its work, also where that is the first to do work", () => {
  const state = givenUp([]);
  const { analysis: _analysis, reasoning: _reasoning, ...few } = registry.roles;
  const alone = { ...registry, roles: few };
  const by = (role: string, crewed = registry) => {
    const test = { ...state.criteria.tests[1]!, by: role };
    const own = {
      ...state,
      run: { ...state.run, phase: "coding" },
      criteria: { ...state.criteria, tests: { 1: test } },
    };
    return nextTry([], {
      state: own,
      registry: crewed,
      task: state.tasks.list[1]!,
      attempt: null,
      wished: null,
      tries: 0,
      beside: 0,
      billions: null,
    })?.role;
  };
  assert.deepEqual([by("analysis"), by("coding"), by("coding\u00b72")], ["coding", "analysis", "analysis"]);
  assert.equal(by("coding", alone), "coding", "unless there is nobody else who may write");
});

Deno.test("work that changed the test by which it is judged is refuted, whatever the checks say", () => {
  const state = givenUp([]);
  const write = {
    path: "test/median.test.js",
    before: "h",
    after: "h2",
    modeBefore: 420,
    modeAfter: 420,
    createdFolders: [],
  };
  const attempt = { before: GREEN, after: GREEN, writes: [write] } as unknown as Attempt;
  const { refuted, why } = judgeAttempt(state, registry, attempt, task({ criterion: 1 }));
  assert.deepEqual([refuted, why], [true, "test/median.test.js judges this work and was changed"]);
  const other = { ...attempt, writes: [{ ...write, path: "src/stats.js" }] };
  assert.equal(judgeAttempt(state, registry, other, task({ criterion: 1 })).refuted, false);
});

Deno.test("a criterion is shown by its own test alone, as it was written, once that failed on the old code and passes", () => {
  const state = checked(givenUp([]), [...GREEN, { ...result("t: m", true, ["test/median.test.js"]), added: true }]);
  const says = (hash: string, flips: readonly string[]) => {
    const tests = { "test/median.test.js": hash };
    const of = namesOf(tests);
    const evidence = { ...state.evidence, tests, flips: { of, flips, same: [], shown: "", isHollow: false } };
    return criteriaAtEnd({ ...state, evidence })[0]?.says;
  };
  assert.equal(says("h", ["t: m"]), "shown by test/median.test.js");
  assert.match(says("h", ["t: other"]) ?? "", /passes on the old code as well/);
  assert.match(says("h2", ["t: m"]) ?? "", /was changed/);
});

Deno.test("a test that could not be loaded passes once it gives results and none about it fails; any other has to pass itself", () => {
  const path = "test/median.test.js";
  const own = (passed: boolean, at = path) => ({ ...result("t: m", passed, [at]), added: true });
  const harms = result(NEW_TESTS, false, [path]);
  const loads = (...results: readonly ReturnType<typeof result>[]) =>
    isSatisfied(task({ test: path, checks: [NEW_TESTS] }), [...GREEN, ...results]);
  assert.deepEqual([loads(harms), loads(), loads(own(false)), loads(own(true), own(false)), loads(own(true))], [
    false,
    false,
    false,
    false,
    true,
  ]);
  assert.equal(loads(own(true), { ...own(false, "test/other.test.js"), name: "t: other" }), true, "not about it");
  assert.equal(isSatisfied(task({ test: path, checks: ["t: m"] }), [...GREEN, own(false)]), false);
  assert.equal(isSatisfied(task({ checks: [NEW_TESTS] }), [...GREEN, own(true)]), false, "nobody's test");
});

Deno.test("a criterion whose test was dropped is worked on where it says, and one for the eye that needs nothing is dropped", () => {
  const criteria = [
    "median([1, 3]) is 2 for a function median(values) in src/stats.js",
    "src/stats.js reads well: it looks nice",
  ];
  const made = settled(started({ goal: "Grow it.", criteria, headless: true }, GREEN));
  const state = settled(after(made, { type: "task_changed", id: "T1", status: "dropped", reason: "no test" }));
  const worked = settled(after(state, { type: "task_changed", id: "T2", status: "dropped", reason: "" }));
  assert.deepEqual(worked.tasks.list.map(({ kind, target }) => [kind, target]), [
    ["test", state.tasks.list[0]!.target],
    ["work", "src/stats.js"],
    ["work", "src/stats.js"],
  ]);
  const [, , eye] = worked.tasks.list;
  const last = {
    number: 1,
    role: "coding",
    verdict: "empty",
    seq: 0,
    summary: "It reads well.",
    writes: [],
    pieces: [],
    texts: 0,
  } as const;
  const tried = { ...worked, attempts: { ...worked.attempts, past: bucketsOf({ [eye!.id]: [last] }) } };
  const decision = {
    ...newDecision({ ...CONTINUED as DecisionMade, at: 0, phase: "coding" }),
    attempts: 1,
    task: eye!.id,
  };
  const [fact] = openAttempt(tried, registry, decision, eye!, null).facts as Fact[];
  assert.deepEqual(fact?.type === "task_changed" ? fact.status : fact, "dropped");
});

Deno.test("a criterion without a test is shown by no test that shows nothing, and by none of another criterion", () => {
  const [own, other] = ["test/median.test.js", "test/other.test.js"];
  const criteria = ["median([1, 3]) is 2 in src/stats.js", "range([1, 3]) is 2 in src/stats.js"];
  const begun = settled(started({ goal: "Grow it.", criteria, headless: true }, GREEN));
  const test = { path: own, hash: "h", by: "analysis", attempt: "T1.1", writes: [], red: ["t: m"] };
  const says = (
    flips: readonly string[],
    results: readonly ReturnType<typeof result>[],
    texts = {},
    red = test.red,
  ) => {
    const stands = { ...begun, criteria: { ...begun.criteria, tests: { 1: { ...test, red } }, texts } };
    const state = checked(stands, [...GREEN, ...results]);
    const tests = { [own]: "h", [other]: "x" };
    const evidence = {
      ...state.evidence,
      tests,
      flips: { of: namesOf(tests), flips, same: [], shown: "", isHollow: false },
    };
    return criteriaAtEnd({ ...state, evidence }).map(({ isShown }) => isShown);
  };
  const median = result("t: m", true, [own]);
  const range = result("t: gives the range", true);
  assert.deepEqual(says(["t: m"], [median, { ...range, files: [other] }]), [true, false], "it flips nothing");
  assert.deepEqual(says(["t: m", range.name], [median, range]), [true, false], "nobody knows whose it is");
  assert.deepEqual(says(["t: m", range.name], [median, { ...range, files: [other] }]), [true, true]);
  const texts = { [own]: 'test("m", …)', [other]: 'test("gives the range", …)' };
  assert.deepEqual(says(["t: m", range.name], [median, range], texts), [true, true], "by the name that it gives");
  const go = result("go test: example.org/stats.TestRange/small", true);
  const named = { ...texts, [other]: "func TestRange(t *testing.T) {" };
  assert.deepEqual(says(["t: m", go.name], [median, go], named), [true, true], "by a part of its name");
  assert.deepEqual(
    says(["t: m"], [{ ...median, files: [] }], texts, [NEW_TESTS]),
    [true, false],
    "it could not be loaded",
  );
});
