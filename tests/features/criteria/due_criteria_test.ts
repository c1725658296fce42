import assert from "node:assert/strict";
import { criteriaAtEnd } from "../../../src/features/criteria/at_end.ts";
import { dueCriteria } from "../../../src/features/criteria/due_criteria.ts";
import { newTestPlace } from "../../../src/features/criteria/new_test_path.ts";
import { criterionOf } from "../../../src/features/criteria/read_goal.ts";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import type { Fact } from "../../../src/features/fact.ts";
import type { State } from "../../../src/features/state.ts";
import { after, checked, result, started } from "../../given/given.ts";
import { crew } from "../../laws/crew.ts";

const registry = crew();
const GREEN = [result("t: a", true)];
const WISH = { goal: "Add a function median(values) to src/stats.js. median([1, 3]) is 2." };

/** The state once all that is owed of criteria is so. */
function settled(state: State): State {
  const { facts } = dueCriteria(state, registry);
  return facts.length === 0 ? state : settled(after(state, ...facts as Fact[]));
}

Deno.test("a goal for which a check fails owes nothing of criteria, before and after it is repaired", () => {
  const state = started(WISH, [result("t: a", false)]);
  assert.equal(dueCriteria(state, registry).facts.length, 0);
  assert.equal(dueCriteria(state, registry).effects.length, 0);
  assert.equal(dueCriteria(checked(state, GREEN), registry).facts.length, 0);
  const given = started({ ...WISH, criteria: ["It is there."] }, [result("t: a", false)]);
  assert.equal(dueCriteria(given, registry).facts.length, 0);
});

Deno.test("a goal about the checks alone ends at once where none fails, and owes nothing where there are none", () => {
  const [ending, ...more] = dueCriteria(started({ goal: "Make the tests pass" }, GREEN), registry).facts;
  assert.equal(more.length, 0);
  assert.ok(ending?.type === "run_ended" && ending.kind === "blocked");
  assert.match(ending.cause, /^Nothing fails: 1 check result passes \(npm test\)\. .*say what else shall be true\.$/);
  assert.equal(dueCriteria(started({ goal: "Make the tests pass" }, []), registry).facts.length, 0);
});

Deno.test("a goal whose work has begun owes nothing of criteria", () => {
  const begun = after(started(WISH, GREEN), {
    type: "decision_made",
    id: "d1",
    name: "continue_current_phase",
    arguments: {},
    reason: "",
    by: "rules",
    fingerprint: "f",
  });
  assert.equal(dueCriteria(begun, registry).facts.length, 0);
});

Deno.test("criteria come first, then one after the other: a test where one can show it, and its work once that is over", () => {
  const criteria = [
    "median([1, 3]) is 2 for a function median(values)",
    "The README says so.",
    "All tests stay green.",
  ];
  const state = settled(started({ goal: "Grow it.", criteria }, GREEN));
  assert.deepEqual(state.criteria.by, "given");
  assert.deepEqual(state.tasks.list.map(({ kind, criterion }) => [kind, criterion]), [["test", 1]]);
  assert.match(state.tasks.list[0]!.description, /median\(\[1, 3\]\) is 2/, "the words of the criterion");
  const working = after(state, { type: "task_changed", id: "T1", status: "in_progress", reason: "" });
  assert.equal(dueCriteria(working, registry).facts.length, 0, "the work waits for the test");
  const dropped = settled(
    after(working, { type: "task_changed", id: "T1", status: "dropped", reason: "no test found" }),
  );
  assert.deepEqual(
    dropped.tasks.list.slice(1).map(({ kind, criterion, after }) => [kind, criterion, after]),
    [["work", 1, ["T1"]]],
    "the next one waits for the work",
  );
  const reviewed = settled(
    after(dropped, { type: "task_changed", id: "T2", status: "in_progress", reason: "" }, {
      type: "task_changed",
      id: "T2",
      status: "in_review",
      reason: "",
    }),
  );
  assert.deepEqual(
    reviewed.tasks.list.slice(1).map(({ kind, criterion, description }) => [kind, criterion, description]),
    [["work", 1, criteria[0]], ["work", 2, criteria[1]]],
    "what waits for review is over",
  );
  const over = settled(after(reviewed, { type: "task_changed", id: "T3", status: "dropped", reason: "" }));
  assert.equal(over.tasks.list.length, 3, "what the checks show needs no work of its own");
  assert.deepEqual(criteriaAtEnd(dropped).map(({ isShown, says }) => [isShown, says]), [
    [false, "not shown by a test: no test found"],
    [null, "for your eye: no check shows it"],
    [true, "shown by the checks that were there"],
  ]);
});

Deno.test("a goal that names what a test is about, or something as code does, leaves nothing open, and is agreed to", () => {
  const tested = [result("t: a", true, ["test/report.test.js"])];
  const asked = (goal: string, checks: typeof GREEN) => {
    const [question] = dueCriteria(started({ goal }, checks), registry).facts as Fact[];
    return question?.type === "question_asked" ? question.text : question?.type;
  };
  for (const goal of ["Let report give JSON.", "Empty lines of readRows are skipped.", "Lines may begin with '#'."]) {
    assert.equal(asked(goal, tested), "Is this what shall be true in the end?", goal);
  }
  assert.match(asked("Let reports be JSON.", GREEN) ?? "", /^What shall be true in the end\?/);
});

Deno.test("what the person wrote as a list is not asked about again, and what they agree to is not said to be proposed", () => {
  const given = started({ goal: "Grow it.", criteria: ["median([1, 3]) is 2"] }, GREEN);
  assert.equal((dueCriteria(given, registry).facts as Fact[])[0]?.type, "criteria_made");
  const goal = "Make it nicer.";
  const [question] = dueCriteria(started({ goal }, GREEN), registry).facts as Fact[];
  assert.ok(question?.type === "question_asked");
  const said = (approved: boolean) =>
    settled(
      after(started({ goal }, GREEN), question, { type: "question_answered", id: question.id, approved, text: "" }),
    );
  assert.deepEqual([said(true), said(false)].map(({ criteria }) => criteria.isProposed), [false, true]);
  assert.deepEqual(said(true).criteria.list?.map(({ how }) => how), ["eye", "check"]);
});

Deno.test("a goal that names nothing a test could look at is asked about once; without an answer, or a person, it stands as it is", () => {
  const goal = "Empty lines are skipped.";
  const [question, ...more] = dueCriteria(started({ goal }, GREEN), registry).facts as Fact[];
  assert.ok(question?.type === "question_asked" && question.shows?.text.includes(goal) === true && more.length === 0);
  const asked = after(started({ goal }, GREEN), question);
  assert.deepEqual(dueCriteria(asked, registry).waits, true, "nothing begins before the answer");
  const answer = (approved: boolean, text: string) =>
    settled(after(asked, { type: "question_answered", id: question.id, approved, text })).criteria;
  // Below a list that was proposed people write on without its signs.
  for (const text of ["- rows([]) is []\n- The README says so.", "- rows([]) is []\nThe README says so."]) {
    const edited = answer(true, text);
    assert.deepEqual([edited.by, edited.list?.map(({ text }) => text)], ["given", [
      "rows([]) is []",
      "The README says so.",
    ]]);
  }
  for (const left of [answer(false, ""), settled(started({ goal, headless: true }, GREEN)).criteria]) {
    assert.deepEqual([left.by, left.list?.map(({ text }) => text)], ["rules", [goal]]);
  }
});

Deno.test("what of a list is more than a run looks at is told before the work, with the first of it", () => {
  const goal = Array.from({ length: 22 }, (_, index) => `- f(${index}) is ${index}`).join("\n");
  const owed = dueCriteria(started({ goal }, GREEN), registry).facts as Fact[];
  assert.deepEqual(owed.map(({ type }) => type), ["person_told", "criteria_made"]);
  assert.ok(owed[0]?.type === "person_told");
  assert.match(owed[0].text, /^The list has 22 items, and 20 are the most .* Left out: "f\(20\) is 20" and 1 more\./);
  const [made] = dueCriteria(started({ goal: "- f(1) is 1" }, GREEN), registry).facts as Fact[];
  assert.equal(made?.type, "criteria_made");
});

Deno.test("criteria that the run has no room for are named with its first plan, once", () => {
  const bounds = { ...registry.bounds, tasks: 2 };
  const criteria = ["a([1]) is 1", "b([1]) is 1", "c([1]) is 1"];
  const state = started({ goal: "Grow it.", criteria }, GREEN);
  const made = after(state, ...dueCriteria(state, registry).facts as Fact[]);
  const [plan] = dueCriteria(made, { ...registry, bounds }).facts as Fact[];
  assert.ok(plan?.type === "tasks_planned");
  assert.deepEqual([plan.tasks.map(({ kind }) => kind), plan.refused.map(({ description }) => description)], [
    ["test"],
    ["c([1]) is 1"],
  ]);
  let now = after(made, plan);
  const planned = ["T1", "T2", "T3"].flatMap((id) => {
    now = after(now, { type: "task_changed", id, status: "dropped", reason: "" });
    const { facts } = dueCriteria(now, { ...registry, bounds });
    now = after(now, ...facts as Fact[]);
    return (facts as Fact[]).map((fact) =>
      fact.type === "tasks_planned" ? [fact.tasks[0]?.kind, fact.tasks[0]?.criterion, fact.refused.length] : [fact.type]
    );
  });
  assert.deepEqual(planned, [["work", 1, 0], ["work", 2, 0]], "half of the room is for tests");
});

Deno.test("a new test is named as the others are, also where what they are about is a part of the rest of their name", () => {
  const criterion = criterionOf("Add a function median(values).");
  const places = [
    ["tests/test_s.py", "tests/test_median.py"],
    ["tests/test_es.py", "tests/test_median.py"],
    ["tests/test_test.py", "tests/test_median.py"],
    ["test/t.test.js", "test/median.test.js"],
    ["test/test.test.js", "test/median.test.js"],
    ["src/TestStack.java", "src/TestMedian.java"],
    ["src/StackTest.java", "src/MedianTest.java"],
  ] as const;
  for (const [like, path] of places) {
    const state = started({ goal: "Grow it." }, [result("t: a", true, [like])]);
    assert.deepEqual(newTestPlace(state, LANGUAGES, criterion, []), { path, like });
    assert.equal(newTestPlace(state, LANGUAGES, criterion, [path]).path, path.replace(/edian/, "edian2"));
  }
  const single = started({ goal: "Grow it." }, [result("t: a", true, ["tests/test_s.py"])]);
  assert.equal(newTestPlace(single, LANGUAGES, criterionOf("Add a function s(values)."), []).path, "tests/test_s.py");
  assert.equal(
    newTestPlace(single, LANGUAGES, criterionOf("Add a function s(values)."), ["tests/test_s.py"]).path,
    "tests/test_s2.py",
  );
});
