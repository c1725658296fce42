import { LANGUAGES } from "../../../src/languages/languages.ts";
import assert from "node:assert/strict";
import { runnersOf } from "../../../src/languages/check.ts";
import type { Reading, Runner } from "../../../src/languages/runner.ts";
import { cargo } from "../../../src/languages/runners/cargo.ts";
import { deno } from "../../../src/languages/runners/deno.ts";
import { goTool } from "../../../src/languages/runners/go_tool.ts";
import { node } from "../../../src/languages/runners/node.ts";
import { pytest } from "../../../src/languages/runners/pytest.ts";
import { django } from "../../../src/languages/runners/django.ts";
import { unittest } from "../../../src/languages/runners/unittest.ts";

/** Reads a recorded output; paths of the project in it were made relative, as the checks do. */
function read(runner: Runner, output: string): Reading {
  return readText(runner, Deno.readTextFileSync(new URL(`./outputs/${output}.txt`, import.meta.url)));
}

function readText(runner: Runner, text: string): Reading {
  assert.ok(runner.read !== undefined, runner.name);
  return runner.read(text);
}

function verdicts(reading: Reading): string[] {
  return reading.cases.map((result) => `${result.passed ? "+" : "-"} ${result.name}`);
}

function evidence(reading: Reading, name: string): string {
  const found = reading.cases.find((result) => result.name === name);
  assert.ok(found !== undefined, name);
  return found.evidence;
}

for (const output of ["tap_node20", "tap_node24"]) {
  Deno.test(`the cases of Node's test runner are read from ${output}`, () => {
    const reading = read(node, output);
    assert.deepEqual(verdicts(reading), [
      "+ slug keeps dots",
      "- slug drops # marks",
      "- boom > throws nothing",
      "+ boom > is a function",
      "- deep objects",
    ]);
    assert.equal(
      evidence(reading, "boom > throws nothing"),
      "error: 'no value'\nname: 'TypeError'\nstack: |-\n  boom (src/slug.js:4:32)\n  TestContext.<anonymous> (test/slug.test.js:7:32)",
    );
    assert.match(evidence(reading, "slug drops # marks"), /'a-#b' !== 'a-b'[\s\S]*expected: 'a-b'\nactual: 'a-#b'/);
    assert.doesNotMatch(evidence(reading, "deep objects"), /node:internal|duration_ms/);
    assert.equal(reading.broken.length, 1);
    assert.match(reading.broken[0] ?? "", /^test\/broken\.test\.js\n[\s\S]*Cannot find module 'src\/missing\.js'/);
  });
}

Deno.test("a suite that fails by itself is a result beside its cases", () => {
  const output = [
    "TAP version 13",
    "# Subtest: suite",
    "    # Subtest: inner",
    "    ok 1 - inner",
    "    1..1",
    "not ok 1 - suite",
    "  ---",
    "  failureType: 'hookFailed'",
    "  error: 'after hook'",
    "  ...",
    "1..1",
  ].join("\n");
  assert.deepEqual(readText(node, output).cases, [
    { name: "suite > inner", passed: true, evidence: "" },
    { name: "suite", passed: false, evidence: "error: 'after hook'" },
  ]);
});

for (const output of ["unittest_3_8", "unittest_3_11"]) {
  Deno.test(`the cases of unittest are read from ${output}`, () => {
    const reading = read(unittest, output);
    assert.deepEqual(verdicts(reading), [
      "+ tests.test_slug.SlugTest.test_keeps_dots",
      "- tests.test_slug.SlugTest.test_boom",
      "- tests.test_slug.SlugTest.test_drops_marks",
      "- tests.test_slug.SlugTest.test_sub",
    ]);
    assert.equal(
      evidence(reading, "tests.test_slug.SlugTest.test_boom"),
      'Traceback (most recent call last):\n  File "tests/test_slug.py", line 14, in test_boom\n    boom()\n' +
        '  File "pkg/slug.py", line 6, in boom\n    raise ValueError("no value")\nValueError: no value',
    );
    assert.match(evidence(reading, "tests.test_slug.SlugTest.test_sub"), /^\(n=2\)\n/);
    assert.match(reading.broken[0] ?? "", /^tests\.test_broken\n[\s\S]*No module named 'pkg\.missing'$/);
    assert.doesNotMatch(reading.broken[0] ?? "", /unittest\/loader/);
  });
}

Deno.test("the cases of Django are read as those of unittest, whatever it says of its database", () => {
  const reading = read(django, "django_4_2");
  assert.deepEqual(verdicts(reading), ["+ shop.tests.TotalTest.test_none", "- shop.tests.TotalTest.test_adds"]);
  assert.match(reading.cases.find(({ passed }) => !passed)!.evidence, /AssertionError: -3 != 3$/);
});

Deno.test("a passed unittest whose test printed in between is read", () => {
  const output =
    "test_a (m.T.test_a) ... hello\nok\ntest_b (m.T.test_b) ... ok\n\n-----------\nRan 2 tests in 0.001s\n\nOK\n";
  assert.deepEqual(verdicts(readText(unittest, output)), ["+ m.T.test_a", "+ m.T.test_b"]);
});

Deno.test("the cases of pytest are read, with parameters that look like messages", () => {
  const reading = read(pytest, "pytest");
  assert.deepEqual(verdicts(reading), [
    "+ tests/deep/test_thing.py::TestThing::test_other",
    "+ tests/test_py.py::test_keeps_dots",
    "+ tests/test_py.py::test_param[A b-a-b]",
    "- tests/test_py.py::test_fixture",
    "- tests/deep/test_thing.py::TestThing::test_list",
    "- tests/test_py.py::test_param[A - b-a-b]",
    "- tests/test_py.py::test_boom",
  ]);
  assert.match(
    evidence(reading, "tests/deep/test_thing.py::TestThing::test_list"),
    /^tests\/deep[\s\S]*E {3}assert \[1\] == \[2\]/,
  );
  assert.match(evidence(reading, "tests/test_py.py::test_fixture"), /RuntimeError: fixture/);
  assert.match(
    evidence(reading, "tests/test_py.py::test_boom"),
    /^tests\/test_py\.py:13: in test_boom[\s\S]*pkg\/slug\.py:6: in boom/,
  );
});

Deno.test("a file that pytest cannot load is broken, not a case", () => {
  const reading = read(pytest, "pytest_broken");
  assert.deepEqual(reading.cases, []);
  assert.match(reading.broken[0] ?? "", /^tests\/test_broken\.py\n[\s\S]*No module named 'pkg\.missing'/);
  assert.doesNotMatch(reading.broken[0] ?? "", /importlib/);
});

Deno.test("the cases and steps of deno test are read, whatever tests print", () => {
  const reading = read(deno, "deno");
  assert.deepEqual(verdicts(reading), [
    "+ slug keeps dots",
    "- slug drops # marks",
    "+ steps > first",
    "- steps > second ... FAILED",
  ]);
  assert.match(
    evidence(reading, "steps > second ... FAILED"),
    /^error: TypeError: no value[\s\S]*at boom \(slug\.ts:4:32\)/,
  );
  assert.doesNotMatch(evidence(reading, "steps > second ... FAILED"), /ext:cli/);
  const broken = read(deno, "deno_broken").broken.map((text) => text.split("\n")[0]);
  assert.deepEqual(broken, ["./broken_test.ts (uncaught error)", "./late_test.ts (uncaught error)"]);
});

Deno.test("the cases of go test are read with their package", () => {
  const reading = read(goTool, "go_broken");
  assert.deepEqual(verdicts(reading), [
    "+ example.com/slug.TestKeepsDots",
    "- example.com/slug.TestDropsMarks",
    "+ example.com/slug.TestSub/one",
    "- example.com/slug.TestSub/two_words",
    "- example.com/slug/boom.TestBoom",
  ]);
  assert.equal(
    evidence(reading, "example.com/slug.TestDropsMarks"),
    'slug_test.go:12: trying\nslug_test.go:14: Slug("A #b") = "a-#b", want "a-b"',
  );
  assert.match(
    evidence(reading, "example.com/slug/boom.TestBoom"),
    /^panic: assignment to entry in nil map[\s\S]*boom\/boom_test\.go:7/,
  );
  assert.deepEqual(reading.broken, [
    'example.com/slug/bad\nbad/bad.go:3:23: cannot use "a" (untyped string constant) as int value in return statement',
  ]);
});

Deno.test("the cases of cargo test are read from all its programs", () => {
  const reading = read(cargo, "cargo");
  assert.deepEqual(verdicts(reading), [
    "- slug::tests::boom",
    "- slug::tests::drops_marks",
    "+ slug::tests::keeps_dots",
    "- outside::outside",
  ]);
  assert.equal(
    evidence(reading, "slug::tests::boom"),
    "thread 'tests::boom' panicked at src/lib.rs:11:52:\nindex out of bounds: the len is 0 but the index is 0",
  );
  assert.deepEqual(read(cargo, "cargo_broken"), { cases: [], broken: [] });
});

Deno.test("an example in a comment has the same name wherever it moves, and a module is known by its file", () => {
  const output = [
    "     Running unittests src/lib.rs (target/debug/deps/slug-6b7e68f8b19bc149)",
    "",
    "running 1 test",
    "test words::deep::tests::keeps ... ok",
    "",
    "   Doc-tests slug",
    "",
    "running 1 test",
    "test src/lib.rs - twice (line 30) ... ok",
    "",
  ].join("\n");
  const files = ["src/lib.rs", "src/words/deep.rs", "src/words/mod.rs"];
  assert.deepEqual(cargo.read?.(output, { reports: [], files }).cases, [
    { name: "slug::words::deep::tests::keeps", passed: true, evidence: "", files: ["src/words/deep.rs"] },
    { name: "src/lib.rs - twice", passed: true, evidence: "", files: [] },
  ]);
});

Deno.test("the Test Anything Protocol is read without strokes before names, and with details of another indentation", () => {
  const output = [
    "TAP version 13",
    "1..3",
    "not ok 1 same adds",
    "    ---",
    "      message: -1 == 3",
    "      duration_ms: 4",
    "    ...",
    "ok 2 same keeps # SKIP later",
    "ok 3",
  ].join("\n");
  assert.deepEqual(readText(node, output.replaceAll("    ", "  ")).cases, [
    { name: "same adds", passed: false, evidence: "message: -1 == 3" },
    { name: "unnamed", passed: true, evidence: "" },
  ]);
});

Deno.test("output of any other kind has no cases", () => {
  for (const runner of runnersOf(LANGUAGES)) {
    for (const text of ["", "everything is ok\n", "ok\nFAIL\n...\n---\n", "\u0000\uFFFD{}[]"]) {
      if (runner.read !== undefined) assert.deepEqual(runner.read(text), { cases: [], broken: [] });
    }
  }
});
