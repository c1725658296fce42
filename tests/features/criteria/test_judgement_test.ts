import assert from "node:assert/strict";
import type { CheckFact } from "../../../src/effects/check/check_effect.ts";
import { testJudgement } from "../../../src/features/criteria/test_judgement.ts";
import type { Attempt } from "../../../src/features/attempts/slice.ts";
import { criterionOf } from "../../../src/features/criteria/read_goal.ts";
import { after, result, started, task } from "../../given/given.ts";
import { crew } from "../../laws/crew.ts";
import { LANGUAGES } from "../../../src/languages/languages.ts";

const registry = { ...crew(), languages: LANGUAGES };
const GOAL = "Add a function median(values) to stats. median([1, 3]) is 2.";
const GREEN = result("t: mean", true);

/** Judges a test at a path, of which the checks said so on the code as it is. */
function fault(path: string, results: readonly CheckFact[], text = "median([1, 3])"): string | null {
  const state = after(
    started({ goal: GOAL }, [GREEN]),
    {
      type: "criteria_made",
      criteria: [criterionOf(GOAL)].map((one) => ({ ...one, names: [...one.names], examples: [...one.examples] })),
      by: "rules",
    },
  );
  const shown = { ...state, criteria: { ...state.criteria, texts: { [path]: text } } };
  const write = { path, before: null, after: "h1", modeBefore: null, modeAfter: 420, createdFolders: [] };
  const attempt = { before: [GREEN], after: results, writes: [write] } as unknown as Attempt;
  return testJudgement(shown, registry, attempt, task({ kind: "test", criterion: 1 })).fault;
}

function red(evidence: string, path = "test/median.test.js"): CheckFact {
  return { ...result("t: new", false, [path], evidence), added: true };
}

Deno.test("a test that fails for a missing name or a wrong value is one, in each language", () => {
  const right: readonly (readonly [path: string, evidence: string])[] = [
    [
      "test/median.test.js",
      "SyntaxError: The requested module '../src/stats.js' does not provide an export named 'median'",
    ],
    ["test/median.test.js", "TypeError: median is not a function"],
    ["test/median.test.js", "Expected values to be strictly equal: 1 !== 2"],
    ["tests/test_median.py", "ImportError: cannot import name 'median' from 'stats' (stats.py)"],
    ["tests/test_median.py", "AttributeError: module 'stats' has no attribute 'median'"],
    ["tests/test_median.py", "AssertionError: 1 != 2"],
    ["median_test.go", "./median_test.go:6:12: undefined: median"],
    ["tests/median.rs", "error[E0432]: unresolved import `stats::median`"],
  ];
  for (const [path, evidence] of right) assert.equal(fault(path, [GREEN, red(evidence, path)]), null, evidence);
});

Deno.test("a test that is broken itself is none, and it is said how", () => {
  const wrong: readonly (readonly [path: string, evidence: string, says: RegExp])[] = [
    ["test/median.test.js", "SyntaxError: missing ) after argument list", /cannot be read/],
    ["test/median.test.js", "Error: Cannot find package 'chai' imported from test/median.test.js", /wants chai/],
    ["test/median.test.js", "ReferenceError: expectation is not defined", /wants expectation/],
    ["tests/test_median.py", "E     SyntaxError: '(' was never closed", /cannot be read/],
    ["tests/test_median.py", "ModuleNotFoundError: No module named 'numpy'", /wants numpy/],
    ["median_test.go", "median_test.go:6:12: expected ')', found newline", /cannot be read/],
    ["tests/median.rs", "error: expected one of `,` or `)`, found `;`", /cannot be read/],
  ];
  for (const [path, evidence, says] of wrong) {
    assert.match(fault(path, [GREEN, red(evidence, path)]) ?? "", says, evidence);
  }
});

Deno.test("a test that nobody finds, that passes, that harms others or is about something else is none", () => {
  const path = "test/median.test.js";
  assert.match(fault(path, [GREEN]) ?? "", /found no test in test\/median\.test\.js/);
  assert.match(fault(path, [GREEN, { ...red(""), passed: true }]) ?? "", /passes on the code as it is/);
  assert.match(
    fault(path, [{ ...GREEN, passed: false }, red("1 !== 2")]) ?? "",
    /makes checks fail that passed: t: mean/,
  );
  assert.match(fault(path, [GREEN, red("1 !== 2")], "mean([1, 3])") ?? "", /names nothing of median/);
  assert.match(fault(path, [GREEN, red("1 !== 2")], "median([7, 8])") ?? "", /takes none of the examples/);
  assert.match(fault("src/stats.js", [GREEN, red("1 !== 2")]) ?? "", /src\/stats\.js is no test/);
});
