import assert from "node:assert/strict";
import { eachLineOf, linesOf, listIn } from "../../../src/features/criteria/list_in.ts";
import { criterionOf, readGoal } from "../../../src/features/criteria/read_goal.ts";

Deno.test("a list in the goal is taken word for word, given criteria before it, and a goal without one is its own criterion", () => {
  const goal = "Grow it:\n- [ ] median([1, 3]) is 2\n  * [x] an option `--json`\n-- no item\n-5 is none\n";
  assert.deepEqual(listIn(goal), ["median([1, 3]) is 2", "an option `--json`"]);
  assert.deepEqual(readGoal(goal, ["Only this."]).map(({ text }) => text), ["Only this."]);
  assert.deepEqual(readGoal("Add a --json flag.", []).map(({ text }) => text), ["Add a --json flag."]);
  assert.equal(readGoal("- a\n".repeat(500), []).length, 20, "a list has an end");
});

Deno.test("an item of a list is taken with the lines that go on with it, numbers count a list, and code between fences is none", () => {
  const cases: readonly (readonly [text: string, items: readonly string[]])[] = [
    ["Add:\n- the middle\n  of the numbers,\n\n  sorted\n- none of none\nKeep it short.", [
      "the middle of the numbers, sorted",
      "none of none",
    ]],
    ["Add:\n- median:\n  median([1, 3]) is 2\n  median([]) is 0\n", ["median:\nmedian([1, 3]) is 2\nmedian([]) is 0"]],
    ["Add to stats.js:\n1. a function median\n2. a function mode\n", ["a function median", "a function mode"]],
    ["1) [ ] first\n2) second", ["first", "second"]],
    ["It came with version\n1. Add a flag.", []],
    ["Read such lists:\n```yaml\n- a\n- b\n```\nas arrays.", []],
    ["```npm test``` shall pass:\n- a\n- b, see\n  ```c()``` there\n- d", ["a", "b, see ```c()``` there", "d"]],
    ["- reads\n  ~~~\n  - a\n  ~~~\n  as one\n- more", ["reads\n  ~~~\n  - a\n  ~~~\nas one", "more"]],
    ["- outer\n    - inner\n    - also\n\nSo:\n    - code", ["outer", "inner", "also"]],
    ["\uFEFF- first\r\n• second\r\n– third\r\n", ["first", "second", "third"]],
  ];
  for (const [text, items] of cases) assert.deepEqual(listIn(text), items, text);
  const goal = "Read such lists:\n```yaml\n- a\n- b\n```\nas arrays.";
  assert.deepEqual(readGoal(goal, []).map(({ text }) => text), [goal]);
  assert.deepEqual(linesOf("# Title\nSaid before.\n- a\n- b\nand after"), ["a", "b"]);
  assert.deepEqual(eachLineOf("# Title\n- a\n- b\nand this"), ["a", "b", "and this"]);
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
    ["Rename the class Rec to Reading and its attribute val to celsius.", "rename", ["Reading", "celsius"]],
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
  for (
    const text of ["Refactor src/table.js.", "Add comments to src/slug.js", "Add tests for slugify and make them pass"]
  ) {
    assert.equal(criterionOf(text).how, "eye", text);
  }
  const ofChecks = [
    "Make the failing tests of this project pass.",
    "All tests stay green.",
    "Fix the tests.",
    "npm test fails, fix it",
    "Find out why the build is red and repair it",
    "Make the tests pass. Do not touch the tests folder. Only change src/duration.js",
    "Look at the failing tests and fix the code",
    "Fix bugs in src/table.js until npm test is green",
    "Fix the failing test in tests/a.test.js. It was broken by the last commit.",
  ];
  for (const text of ofChecks) assert.equal(criterionOf(text).how, "check", text);
  for (const text of ["Comments are skipped.", "Add support for comments", "Make it work", "Look up the name first"]) {
    assert.equal(criterionOf(text).how, "test", text);
  }
  assert.equal(criterionOf("Add a function readme() to src/a.js").how, "test", "a name is no document");
});

Deno.test("a goal of which different things show the parts is parted there, word for word; what goes on with a part stays with it", () => {
  const cases: readonly (readonly [goal: string, ...parts: readonly (readonly [how: string, text: string])[]])[] = [
    [
      "Fix the broken CSV export, and keep the tests passing.",
      ["test", "Fix the broken CSV export"],
      ["check", "keep the tests passing."],
    ],
    [
      "Add a --json flag to report. It prints rows. Update README.md. All tests must pass.",
      ["test", "Add a --json flag to report. It prints rows."],
      ["eye", "Update README.md."],
      ["check", "All tests must pass."],
    ],
    [
      "Update the docs and add a function median(values) to stats.py, e.g. for three values",
      ["eye", "Update the docs"],
      ["test", "add a function median(values) to stats.py, e.g. for three values"],
    ],
    [
      "slugify should keep digits and the README should say so",
      ["test", "slugify should keep digits"],
      ["eye", "the README should say so"],
    ],
    [
      "Add a module slug.js with a function slug(title): lower case, no hyphen at either end. Then addressOf in posts.js should be the year, a slash and the slug.",
      ["test", "Add a module slug.js with a function slug(title): lower case, no hyphen at either end."],
      ["test", "Then addressOf in posts.js should be the year, a slash and the slug."],
    ],
    ["Read the file twice. Then compare both.", ["test", "Read the file twice. Then compare both."]],
    ["Make the tests pass and add a --all flag", ["check", "Make the tests pass"], ["test", "add a --all flag"]],
    ["Support comments, add a test for it and do not change others", [
      "test",
      "Support comments, add a test for it and do not change others",
    ]],
    ["Add a section to the README. It lists all options, and gives an example.", [
      "eye",
      "Add a section to the README. It lists all options, and gives an example.",
    ]],
    ["Improve the README: explain the flags and give an example", [
      "eye",
      "Improve the README: explain the flags and give an example",
    ]],
  ];
  for (const [goal, ...parts] of cases) {
    assert.deepEqual(readGoal(goal, []).map(({ how, text }) => [how, text]), parts, goal);
  }
});

Deno.test("of several functions that a goal asks for each is named, also where one is called a method", () => {
  const goal = "Add two functions to colour: Parse(text string) reads it; the method Hex() string of Colour writes it.";
  assert.deepEqual(readGoal(goal, []).map(({ kind, names }) => [kind, names]), [["function", ["Parse", "Hex"]]]);
});

Deno.test("examples are taken as they stand", () => {
  const text = "Add median(values). median([3, 1, 2]) is 2; median([]) raises ValueError.\nIt sorts a copy.";
  assert.deepEqual(criterionOf(text).examples, ["median([3, 1, 2]) is 2", "median([]) raises ValueError."]);
  for (
    const example of [
      "`slugify('A B')` should return 'a-b'",
      "Make parse_duration('1h30m') return 5400",
      "area((0, 0), (1, 1)) is 1",
      "stats.mean([1, 2]) should equal 1.5",
      "median([]) should raise ValueError",
      "report() prints all rows",
    ]
  ) assert.deepEqual(criterionOf(example).examples, [example]);
  for (const text of ["Add median(values) to stats.py", "Call f(x) first", "f(x) is_odd"]) {
    assert.deepEqual(criterionOf(text).examples, [], text);
  }
});
