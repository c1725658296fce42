import assert from "node:assert/strict";
import { casesOf } from "../../../src/features/criteria/cases_of.ts";
import { readGoal } from "../../../src/features/criteria/read_goal.ts";

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
