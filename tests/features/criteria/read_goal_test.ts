import assert from "node:assert/strict";
import { criterionOf, listIn, readGoal } from "../../../src/features/criteria/read_goal.ts";

Deno.test("a list in the goal is taken word for word, given criteria before it, and a goal without one is its own criterion", () => {
  const goal = "Grow it:\n- [ ] median([1, 3]) is 2\n  * [x] an option `--json`\n-- no item\n-5 is none\n";
  assert.deepEqual(listIn(goal), ["median([1, 3]) is 2", "an option `--json`"]);
  assert.deepEqual(readGoal(goal, ["Only this."]).map(({ text }) => text), ["Only this."]);
  assert.deepEqual(readGoal("Add a --json flag.", []).map(({ text }) => text), ["Add a --json flag."]);
  assert.equal(readGoal("- a\n".repeat(500), []).length, 20, "a list has an end");
});

Deno.test("what is wished for is told by its words: a function, an option, a new name, a file, or what the code does", () => {
  const cases: readonly (readonly [text: string, kind: string, names: readonly string[]])[] = [
    ["Add a function median(values) to stats.py.", "function", ["median"]],
    ["Write `clamp(value, low, high)` in src/math.ts.", "function", ["clamp"]],
    ["Implement the method Stack.peek, which changes nothing.", "function", ["Stack.peek"]],
    ["Give renderTable an option json: with it the rows come as JSON.", "option", ["json"]],
    ["Add a --json flag to report.", "option", ["--json"]],
    ["Give the option to leave out the header.", "behaviour", []],
    ["Rename parseRow to readRow everywhere.", "rename", ["readRow"]],
    ["Create a new module src/roman.js that reads Roman numbers.", "file", ["src/roman.js"]],
    ["`slugify` should keep digits.", "behaviour", ["slugify"]],
    ["Empty lines are skipped.", "behaviour", []],
  ];
  for (const [text, kind, names] of cases) {
    const criterion = criterionOf(text);
    assert.deepEqual([criterion.kind, criterion.names], [kind, names], text);
    assert.equal(criterion.how, "test", text);
  }
});

Deno.test("what only a person can see is for the eye, and what the checks say themselves needs no new test", () => {
  for (const text of ["Improve the README.", "Describe the options in docs/options.md", "The output looks nicer."]) {
    assert.equal(criterionOf(text).how, "eye", text);
  }
  for (const text of ["Make the failing tests of this project pass.", "All tests stay green.", "Fix the tests."]) {
    assert.equal(criterionOf(text).how, "check", text);
  }
  assert.equal(criterionOf("Add a function readme() to src/a.js").how, "test", "a name is no document");
});

Deno.test("examples are taken as they stand", () => {
  const text = "Add median(values). median([3, 1, 2]) is 2; median([]) raises ValueError.\nIt sorts a copy.";
  assert.deepEqual(criterionOf(text).examples, ["median([3, 1, 2]) is 2", "median([]) raises ValueError."]);
});
