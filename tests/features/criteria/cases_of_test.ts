import assert from "node:assert/strict";
import { casesOf } from "../../../src/features/criteria/cases_of.ts";
import { contradictionIn } from "../../../src/features/criteria/contradiction_in.ts";
import { takesExamples } from "../../../src/features/criteria/takes_examples.ts";
import { criterionOf, readGoal } from "../../../src/features/criteria/read_goal.ts";

function casesIn(goal: string) {
  return readGoal(goal, []).flatMap(({ examples }) => casesOf(examples)).map(({ call, gives }) => `${call} → ${gives}`);
}

Deno.test("examples of a goal are cases word for word, each call once", () => {
  assert.deepEqual(
    casesIn(
      'Add encode(text): encode("aaab") is "3a1b", encode("") gives ""; `decode("12x")` should be `"x"`. encode("") is "".',
    ),
    ['encode("aaab") → "3a1b"', 'encode("") → ""', 'decode("12x") → "x"'],
  );
  assert.deepEqual(
    casesIn("Add a function f. f([1, 2]) is [2, 1], f(0) is -1.5, f(true) is None, pairs(2) is [[1, 2], [3]]."),
    [
      "f([1, 2]) → [2, 1]",
      "f(0) → -1.5",
      "f(true) → None",
      "pairs(2) → [[1, 2], [3]]",
    ],
  );
});

Deno.test("a call is read to the bracket that closes it, and what it gives in whatever words that is said", () => {
  const cases: readonly (readonly [goal: string, ...cases: readonly string[]])[] = [
    ["`slugify('A B')` should return 'a-b'", "slugify('A B') → 'a-b'"],
    ["fib(10) should give 55. fib(2) must return 1.", "fib(10) → 55", "fib(2) → 1"],
    [
      "round_to(2.345, 2) should equal 2.35 and round_to(2, 2) equals 2",
      "round_to(2.345, 2) → 2.35",
      "round_to(2, 2) → 2",
    ],
    ["half(3) yields 1.5; half(2) evaluates to 1", "half(3) → 1.5", "half(2) → 1"],
    ["Calling wrap('a b', 1) results in ['a', 'b']", "wrap('a b', 1) → ['a', 'b']"],
    ["f(1) → 2, f(2) => 3", "f(1) → 2", "f(2) → 3"],
    ["Make parse_duration('1h30m') return 5400", "parse_duration('1h30m') → 5400"],
    ["area((0, 0), (1, 1)) is 1", "area((0, 0), (1, 1)) → 1"],
    ['title_case("hello (world)") gives "Hello (World)"', 'title_case("hello (world)") → "Hello (World)"'],
    ['close(")") is 1', 'close(")") → 1'],
    ["f(1) is 2 and is used by all", "f(1) → 2"],
    ["double(half(2)) is 2."],
    ["f(1) should raise ValueError. f(2) is 3."],
    ["stats.mean([1, 2]) is 1.5. f(2) is 3."],
    ["f(1) is to return 2.", "f(1) → 2"],
    ["f(1) should not return 2."],
  ];
  for (const [goal, ...wanted] of cases) assert.deepEqual(casesIn(goal), wanted, goal);
});

Deno.test("examples without an end are read in time that grows with them alone", () => {
  for (const sign of ["f(", "f(1) is ", 'f("', "f(1) is 2 and ", "f() is [", "(", "f('\n"]) {
    const text = sign.repeat(20_000);
    assert.ok(casesOf([text]).length <= 1);
    takesExamples("f(1)", [text]);
    contradictionIn([{ text }]);
    criterionOf(text);
  }
});

Deno.test("what a goal only describes is no case", () => {
  for (
    const goal of [
      "Add median(values): it is the value in the middle.",
      "total(order) is 10 percent less from now on.",
      "share(a) is 1/3 of all, and time() gives 12:30.",
      "median([1, 2]) is the mean of both.",
      "It is a bug when twice(2) is 5.",
      "Currently double(2) is 5, but it should be 4.",
      "If neg(3) is 4, raise an error.",
      "half(5) is 2 or 3.",
      "It's wrong that f(1) is 2, that's a fault.",
      "f(0) is 1. find(key) returns None.",
      "f(1) is 2. g(2) is the first of all.",
      "pairs(1) is [[1, 2].",
    ]
  ) assert.deepEqual(casesIn(goal), [], goal);
});

Deno.test("a goal that lists what to add behind a colon is about these functions", () => {
  const [criterion] = readGoal(
    "Add two functions to runs.py: encode(text) shortens a text; decode(code) reads that back.",
    [],
  );
  assert.deepEqual([criterion?.kind, criterion?.names], ["function", ["encode", "decode"]]);
  assert.equal(readGoal("The header of runs.py should say how many there are.", [])[0]?.kind, "behaviour");
});
