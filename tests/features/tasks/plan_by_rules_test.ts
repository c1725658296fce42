import assert from "node:assert/strict";
import { planByRules } from "../../../src/features/tasks/plan_by_rules.ts";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import { result, started } from "../../given/given.ts";

const RULES = { languages: LANGUAGES, prompts: {} };
const FAILING = [
  result("npm test: adds", false, ["tests/add_test.ts", "src/add.ts"]),
  result("npm test: halves", false, ["tests/halve_test.ts", "src/halve.ts"]),
  result("npm test: greets", true),
];

Deno.test("the rules plan one task for each file that failing checks point at, or the goal where nothing fails", () => {
  const plan = planByRules(started({}, [...FAILING, result("npm test: adds twice", false, ["src/add.ts"])]), RULES);
  assert.deepEqual(plan.map((one) => [one.target, one.checks]), [
    ["src/add.ts", ["npm test: adds", "npm test: adds twice"]],
    ["src/halve.ts", ["npm test: halves"]],
  ]);
  assert.deepEqual(planByRules(started({ goal: "Write a poem" }), RULES), [{ description: "Write a poem" }]);
});

Deno.test("the task of a goal is about the one source that the goal names, where that is known", () => {
  const targetOf = (goal: string, known: readonly string[]) =>
    planByRules(started({ goal }), RULES, known).map(({ target }) => target);
  const known = ["src/stats.py", "src/more.py", "tests/test_stats.py"];
  assert.deepEqual(targetOf("Add median(values) to stats.py.", known), ["src/stats.py"]);
  assert.deepEqual(targetOf("Add median(values) to stats.py.", []), [undefined]);
  assert.deepEqual(targetOf("Move mean from stats.py to src/more.py.", known), [undefined], "there are two");
  assert.deepEqual(targetOf("Repair test_stats.py.", known), [undefined], "a test is not the work");
});
