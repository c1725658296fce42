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
/** What the project defines. */
let there: readonly string[] = [];

/** Judges a test at a path, of which the checks said so on the code as it is. */
function fault(
  path: string,
  results: readonly CheckFact[],
  text = "assert.equal(median([1, 3]), 2)",
  ...more: readonly { readonly path: string; readonly before: string | null; readonly after: string | null }[]
): string | null {
  return faultOf(GOAL, path, results, text, ...more);
}

/** The same, of another goal. */
function faultOf(
  goal: string,
  path: string,
  results: readonly CheckFact[],
  text: string,
  ...more: readonly { readonly path: string; readonly before: string | null; readonly after: string | null }[]
): string | null {
  const state = after(
    started({ goal }, [GREEN]),
    {
      type: "criteria_made",
      criteria: [criterionOf(goal)].map((one) => ({ ...one, names: [...one.names], examples: [...one.examples] })),
      by: "rules",
    },
  );
  const shown = { ...state, criteria: { ...state.criteria, texts: { [path]: text } } };
  const write = { path, before: null, after: "h1", modeBefore: null, modeAfter: 420, createdFolders: [] };
  const scope = { files: [], wanted: there.map((name) => ({ name, before: true, after: true })) };
  const attempt = { before: [GREEN], after: results, writes: [write, ...more], scope } as unknown as Attempt;
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
    ["median_test.go", 'median_test.go:9: median("a") = "", want "declared and not used: a"'],
    ["median_test.go", "./stats.go:7:2: declared and not used: got\n./median_test.go:3:3: undefined: median"],
    ["tests/median.rs", "error[E0432]: unresolved import `stats::median`"],
  ];
  for (const [path, evidence] of right) {
    const text = path.endsWith(".rs") ? "assert_eq!(median([1, 3]), 2)" : undefined;
    assert.equal(fault(path, [GREEN, red(evidence, path)], text), null, evidence);
  }
});

Deno.test("a test that is broken itself is none, and it is said how", () => {
  const wrong: readonly (readonly [path: string, evidence: string, says: RegExp])[] = [
    ["test/median.test.js", "SyntaxError: missing ) after argument list", /itself is broken/],
    ["test/median.test.js", "Error: Cannot find package 'chai' imported from test/median.test.js", /wants chai/],
    ["test/median.test.js", "ReferenceError: expectation is not defined", /wants expectation/],
    ["tests/test_median.py", "E     SyntaxError: '(' was never closed", /itself is broken/],
    ["tests/test_median.py", "ModuleNotFoundError: No module named 'numpy'", /wants numpy/],
    ["tests/test_median.py", "E       fixture 'self' not found", /itself is broken/],
    ["tests/test_median.py", "E       fixture 'client' not found", /wants client/],
    ["median_test.go", "median_test.go:6:12: expected ')', found newline", /itself is broken/],
    [
      "median_test.go",
      "./median_test.go:6:6: TestMean redeclared in this block\n./median_test.go:9:7: undefined: median",
      /itself is broken/,
    ],
    ["median_test.go", './median_test.go:4:2: "os" imported and not used\nundefined: median', /itself is broken/],
    ["median_test.go", "./median_test.go:7:2: declared and not used: got\nundefined: median", /itself is broken/],
    ["tests/median.rs", "error: expected one of `,` or `)`, found `;`", /itself is broken/],
  ];
  for (const [path, evidence, says] of wrong) {
    assert.match(fault(path, [GREEN, red(evidence, path)]) ?? "", says, evidence);
  }
});

Deno.test("a test that wants of its own class what nothing there sets up is broken, one that wants it of the code is not", () => {
  const path = "tests/test_median.py";
  const text =
    "class MedianTest(unittest.TestCase):\n    def test_it(self):\n        assert self.stats.median([1, 3]) == 2\n";
  const wants = (name: string) => red(`AttributeError: '${name}' object has no attribute 'median'`, path);
  assert.match(fault(path, [GREEN, wants("MedianTest")], text) ?? "", /itself is broken/);
  assert.equal(fault(path, [GREEN, wants("Stats")], text), null);
  const double = `class Double(Stats):\n    def size(self):\n        return 1\n\n\n${text}`;
  assert.equal(
    fault(path, [GREEN, wants("Double")], double),
    null,
    "a class beside the tests stands for one of the code",
  );
});

Deno.test("of a rename a test uses each new name that it can, and imports nothing of the project by an old one", () => {
  const path = "test/rows.test.js";
  const found = { ...red("TypeError: readRow is not a function", path), files: [path, "lib/rows.js"] };
  const judged = (goal: string, text: string) => faultOf(goal, path, [GREEN, found], text);
  const goal = "Rename the function parse to readRow and the function put to addRow in lib/rows.js.";
  const right = 'import { addRow, readRow } from "../lib/rows.js";\nassert.equal(readRow(addRow(1)), 1);\n';
  assert.equal(judged(goal, right), null);
  assert.match(judged(goal, right.replaceAll("addRow", "put")) ?? "", /it uses put, which is called addRow/);
  assert.match(judged(goal, right.replaceAll("addRow", "Number")) ?? "", /it does not use addRow/);
  const other = `import { put } from "some-library";\n${right}`;
  assert.equal(judged(goal, other), null, "what is called so elsewhere is something else");
  const typed = "Rename the type Row to Line and its method parse to readRow in lib/rows.js.";
  const half = 'import { Line } from "../lib/rows.js";\nassert.ok(new Line());\n';
  assert.match(judged(typed, half) ?? "", /it does not use readRow/);
  const values = "Rename the function parse to readRow and its parameter text to line in lib/rows.js.";
  const alone = 'import { readRow } from "../lib/rows.js";\nassert.equal(readRow(1), 1);\n';
  assert.equal(judged(values, alone), null, "no test names a parameter");
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

Deno.test("a test that expects what the code gives already is told what the wish quotes and it does not expect", () => {
  const goal = 'Let chapterTitle in book.js write the number in Roman figures: "Chapter IV: The Storm".';
  const passed = { ...red("", "test/book.test.js"), passed: true };
  const said = (text: string) => faultOf(goal, "test/book.test.js", [GREEN, passed], text) ?? "";
  assert.match(
    said('assert.equal(chapterTitle(4, "The Storm"), "Chapter 4: The Storm")'),
    /: "Chapter IV: The Storm"$/,
  );
  assert.match(said('assert.ok(chapterTitle(4, "x") || "Chapter IV: The Storm")'), /until the work is done$/);
});

/** Texts of tests, each with what is said of it on top of GOAL; null for a test of it. */
const TEXTS: readonly (readonly [path: string, text: string, says: RegExp | null])[] = [
  ["test/m.test.js", "// median([1, 3]) is 2\nassert.ok(median);", /takes none of the examples/],
  ["test/m.test.js", "/* assert.equal(median([1, 3]), 2) */ assert.ok(median);", /takes none of the examples/],
  ["test/m.test.js", "assert.ok(stats.mode); // median([1, 3]) is 2", /names nothing of median/],
  ["test/m.test.js", 'test("median([1, 3]) is 2", () => assert.ok(median));', /takes none of the examples/],
  ["test/m.test.js", "assert.ok(median([1, 3]));", /not what they are to give/],
  ["test/m.test.js", "assert.ok(median([1, 3])); // 2", /not what they are to give/],
  ["test/m.test.js", "assert.ok(median2([1, 3]));", /not what they are to give/],
  ["test/m.test.js", 'const at = "http://x"; assert.equal(median([1, 3]), 2);', null],
  ["test/m.test.js", 'test("median([1, 3]) is 2", () => assert.equal(median([1, 3]), 2));', null],
  ["tests/test_m.py", "def test_m():\n    # median([1, 3]) is 2\n    assert median", /takes none of the examples/],
  ["tests/test_m.py", 'def test_m():\n    """median([1, 3]) is 2"""\n    assert median', /takes none of the examples/],
  ["tests/test_m.py", "assert 2 // 1 == median([1, 3])", null],
  ["tests/test_m.py", "assert median([1, 3]) == 2.0", null],
  ["m_test.go", "if got := median([]float64{1, 3}); got != 2 {", null],
  ["tests/m.rs", "fn a<'a>(x: &'a str) {} // median([1, 3])\nassert!(median);", /takes none of the examples/],
  ["tests/m.rs", "assert_eq!(median(&vec![1, 3]), 2);", null],
];

Deno.test("a test names its criterion, and takes an example with what that gives, in code and not in what is said of it", () => {
  for (const [path, text, says] of TEXTS) {
    const found = fault(path, [GREEN, red("1 !== 2", path)], text);
    if (says === null) assert.equal(found, null, text);
    else assert.match(found ?? "", says, text);
  }
});

Deno.test("a test of several things that are to be there uses each of them, and what is there and is to change with them", () => {
  const two = "Add two functions to runs.py: encode(text) counts characters; decode(code) reads that back.";
  const both = "self.assertEqual(decode(encode('aab')), 'aab')";
  const of = (goal: string, text: string) =>
    faultOf(goal, "tests/test_runs.py", [GREEN, red("AssertionError", "tests/test_runs.py")], text);
  assert.equal(of(two, both), null);
  assert.match(of(two, "self.assertEqual(encode('aab'), '2a1b')") ?? "", /does not use decode/);
  assert.match(of(two, "self.assertEqual(decoder(encode('aab')), 1)") ?? "", /does not use decode/);
  assert.match(
    of(two, `from runs import encode, decode\nself.assertEqual(encode('aab'), '2a1b')`) ?? "",
    /does not use decode/,
  );
  assert.match(of(two, "self.assertEqual(encode('aab'), 'decode')") ?? "", /does not use decode/);
  const config = "Add a struct Config and a function load_config(path) to runs.py.";
  assert.equal(of(config, "self.assertEqual(load_config('a').port, 80)"), null, "a type is used by what makes one");
  const stack = "Add a class Stack to runs.py with methods push(item), pop() and __len__().";
  assert.equal(
    of(stack, "stack = runs.Stack()\nstack.push(1)\nself.assertEqual((stack.pop(), len(stack)), (1, 0))"),
    null,
  );
  const then = "Add a function to_roman(number) to roman.py. Then let chapter_title in book.py write the number by it.";
  const alone = "self.assertEqual(to_roman(4), 'IV')";
  assert.equal(of(then, alone), null, "nobody knows chapter_title");
  there = ["chapter_title"];
  try {
    assert.match(of(then, alone) ?? "", /does not use chapter_title/);
    assert.equal(of(then, `${alone}\nself.assertEqual(chapter_title(4), 'IV')`), null);
    const beside = "Add a function to_roman(number) beside chapter_title.";
    assert.equal(of(beside, alone), null);
  } finally {
    there = [];
  }
});

Deno.test("an attempt at a test that leaves more than one file is none: one alone is guarded", () => {
  const path = "test/median.test.js";
  const results = [GREEN, red("1 !== 2", path)];
  const judged = (...more: Parameters<typeof fault>[3][]) =>
    fault(path, results, undefined, ...more.filter((one) => one !== undefined));
  const other = "test/weak.test.js";
  assert.match(
    judged({ path: other, before: null, after: "h2" }) ?? "",
    /more than one file: test\/median\.test\.js, test\/weak\.test\.js/,
  );
  assert.match(judged({ path: other, before: "h1", after: null }) ?? "", /more than one file/, "one is gone");
  const gone = [{ path: other, before: null, after: "h2" }, { path: other, before: "h2", after: null }];
  assert.equal(judged(...gone), null, "what was written and removed again is not left");
});

Deno.test("a test that hides what it calls behind a value of its own can never pass, and is none", () => {
  const hides = "const median = median([1, 3]);\nassert.equal(median, 2);";
  assert.match(
    fault("test/median.test.js", [GREEN, red("Cannot access 'median'")], hides)!,
    /it defines median itself/,
  );
  const python = "def test_it():\n    median = median([1, 3])\n    assert median == 2\n";
  assert.match(fault("tests/test_median.py", [GREEN, red("x", "tests/test_median.py")], python)!, /defines median/);
  const alias = "const median = stats.median;\nassert.equal(median([1, 3]), 2);";
  assert.equal(fault("test/median.test.js", [GREEN, red("median is not a function")], alias), null);
});

Deno.test("a test of what is to stand in a new file takes it from there", () => {
  const goal = "Add a module src/slug.js that exports a function slug(title). Then src/posts.js uses it.";
  const text = (from: string) => `import { slug } from "${from}";\nassert.equal(slug("A b"), "a-b");`;
  const judged = (from: string) =>
    faultOf(goal, "test/slug.test.js", [GREEN, red("Cannot find module", "test/slug.test.js")], text(from));
  assert.match(judged("../src/posts.js")!, /it takes nothing from src\/slug\.js, where the code will stand/);
  assert.equal(judged("../src/slug.js"), null);
});
