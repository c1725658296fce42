import assert from "node:assert/strict";
import { criteriaAtEnd } from "../../../src/features/criteria/at_end.ts";
import { dueCriteria } from "../../../src/features/criteria/due_criteria.ts";
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

Deno.test("a goal about the checks alone, or one whose work has begun, owes nothing of criteria", () => {
  assert.equal(dueCriteria(started({ goal: "Make the tests pass" }, GREEN), registry).facts.length, 0);
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

Deno.test("criteria come first, then a test of each that one can show, and the work once all of these are over", () => {
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
    dropped.tasks.list.slice(1).map(({ kind, criterion, description }) => [kind, criterion, description]),
    [["work", 1, criteria[0]], ["work", 2, criteria[1]]],
    "what the checks show needs no work of its own",
  );
  assert.deepEqual(criteriaAtEnd(dropped).map(({ isShown, says }) => [isShown, says]), [
    [false, "not shown by a test: no test found"],
    [null, "for your eye: no check shows it"],
    [true, "shown by the checks that were there"],
  ]);
});

Deno.test("a goal that names what a test is about, or something as code does, is asked about by nobody", () => {
  const tested = [result("t: a", true, ["test/report.test.js"])];
  for (const goal of ["Let report give JSON.", "Empty lines of readRows are skipped.", "Lines may begin with '#'."]) {
    const [made] = dueCriteria(started({ goal }, tested), registry).facts as Fact[];
    assert.equal(made?.type, "criteria_made", goal);
  }
  const [asked] = dueCriteria(started({ goal: "Let reports be JSON." }, GREEN), registry).facts as Fact[];
  assert.equal(asked?.type, "question_asked");
});

Deno.test("a goal that names nothing a test could look at is asked about once; without an answer, or a person, it stands as it is", () => {
  const goal = "Empty lines are skipped.";
  const [question, ...more] = dueCriteria(started({ goal }, GREEN), registry).facts as Fact[];
  assert.ok(question?.type === "question_asked" && question.context.includes(goal) && more.length === 0);
  const asked = after(started({ goal }, GREEN), question);
  assert.deepEqual(dueCriteria(asked, registry).waits, true, "nothing begins before the answer");
  const answer = (approved: boolean, text: string) =>
    settled(after(asked, { type: "question_answered", id: question.id, approved, text })).criteria;
  const edited = answer(true, "- rows([]) is []\n- The README says so.");
  assert.deepEqual([edited.by, edited.list?.map(({ text }) => text)], ["given", [
    "rows([]) is []",
    "The README says so.",
  ]]);
  for (const left of [answer(false, ""), settled(started({ goal, headless: true }, GREEN)).criteria]) {
    assert.deepEqual([left.by, left.list?.map(({ text }) => text)], ["rules", [goal]]);
  }
});
