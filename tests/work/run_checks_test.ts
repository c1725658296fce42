import { LANGUAGES } from "../../src/languages/languages.ts";
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { CheckReport } from "../../src/ports/workspace.ts";
import { CheckPace } from "../../src/work/check_pace.ts";
import { completeCheck } from "../../src/languages/check.ts";
import type { Check } from "../../src/languages/runner.ts";
import { pytest } from "../../src/languages/runners/pytest.ts";
import { node } from "../../src/languages/runners/node.ts";
import { detectChecks } from "../../src/work/detect_checks.ts";
import { runChecks } from "../../src/work/run_checks.ts";
import { installed } from "../run/fixtures/installed.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";
import { ManualClock } from "../fakes/manual_clock.ts";
import { lineOf, pipeIn, untilWritten } from "./pipe.ts";

const never = new AbortController().signal;

const verdicts = (report: CheckReport) => report.results.map((result) => `${result.passed ? "+" : "-"} ${result.name}`);
const result = (report: CheckReport, name: string) => {
  const found = report.results.find((result) => result.name === name);
  assert.ok(found !== undefined, `${name} is not among ${verdicts(report).join(", ")}`);
  return found;
};
const check = async (root: string) => runChecks(root, await detectChecks(root, LANGUAGES), LANGUAGES, never);
const shell = (name: string, script: string, timeoutMs = 60_000) =>
  completeCheck({ name, command: ["sh", "-c", script], runner: null, timeoutMs }, LANGUAGES);

/** Executes one check under a clock of the test's own, which passes so many ms once the check has written a text into the pipe. */
async function checkUntil(
  root: string,
  ends: { readonly path: string; readonly written: string; readonly ms: number },
  ...checks: readonly Check[]
): Promise<CheckReport> {
  const clock = new ManualClock();
  const running = runChecks(root, checks, LANGUAGES, never, new CheckPace(), clock.timer);
  using pipe = await Deno.open(ends.path);
  await untilWritten(pipe, ends.written);
  clock.pass(ends.ms);
  return await running;
}

const SLUG = 'export const slug = (text) => text.toLowerCase().replaceAll(" ", "-");\n';
const SLUG_TEST = `import { test } from "node:test";
import assert from "node:assert/strict";
import { slug } from "../src/slug.js";
test("keeps dots", () => assert.equal(slug("A b.c"), "a-b.c"));
test("drops marks", () => assert.equal(slug("A #b"), "a-b"));
`;

Deno.test("a file is named also where an address of it is written otherwise, since its path has blanks or letters of other languages", () =>
  inTemporaryFolder(async (folder) => {
    const root = `${folder}/with blanks, äöü`;
    writeFiles(root, { "src/a b.js": "", "src/slug.js": "" });
    const { href } = new URL("src/slug.js", pathToFileURL(`${root}/`));
    const report = await runChecks(root, [shell("own", `echo "at ${href}:1:2"; exit 1`)], LANGUAGES, never);
    assert.match(result(report, "own").evidence, /^at src\/slug\.js:1:2$/m);
    assert.deepEqual(result(report, "own").files, ["src/slug.js"]);
  }));

Deno.test("what a check runs by its own files or takes as tests leads to what it is about, whatever its name", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, {
      "geo.js": "",
      "try.js": 'const { area } = require("./geo");\n',
      "geo.py": "",
      "check_geo.py": "from geo import area\n",
      "test.js": 'import assert from "node:assert";\nimport { area } from "./geo.js";\n',
    });
    const failing = (name: string, says: string) => ({ name, command: ["sh", "-c", `echo "${says}"; exit 1`] });
    const checks = [
      { ...failing("node try.js", "at try.js:1"), files: ["try.js"] },
      { ...failing("pytest", "check_geo.py:1: AssertionError"), runner: null, tests: ["check_geo.py"] },
      failing("node --test", "at test.js:1"),
    ].map((one) => completeCheck(one, LANGUAGES));
    const { results } = await runChecks(root, checks, LANGUAGES, never);
    assert.deepEqual(results.map(({ files }) => files), [
      ["try.js", "geo.js"],
      ["check_geo.py", "geo.py"],
      ["geo.js", "test.js"],
    ]);
  }));

Deno.test({
  name: "a Node project's cases are named, with the evidence and the files it names",
  ignore: !installed("npm", "--version"),
  fn: () =>
    inTemporaryFolder(async (root) => {
      writeFiles(root, {
        "package.json": '{ "type": "module", "scripts": { "test": "node --test" } }',
        "src/slug.js": SLUG,
        "test/slug.test.js": SLUG_TEST,
      });
      const report = await check(root);
      assert.deepEqual(verdicts(report), ["+ npm test", "+ npm test: keeps dots", "- npm test: drops marks"]);
      assert.match(result(report, "npm test: drops marks").evidence, /'a-#b' !== 'a-b'/);
      assert.deepEqual(result(report, "npm test: drops marks").files, ["test/slug.test.js", "src/slug.js"]);
      assert.deepEqual(report.commands, ["npm test"]);
      assert.match(report.output, /^\$ npm test\n/);
      writeFiles(root, { "src/slug.js": "export const slug = (text => ;\n" });
      const broken = await check(root);
      assert.deepEqual(verdicts(broken), ["- npm test"]);
      assert.match(result(broken, "npm test").evidence, /SyntaxError/);
      assert.deepEqual(result(broken, "npm test").files.toSorted(), ["src/slug.js", "test/slug.test.js"]);
      writeFiles(root, { "src/slug.js": SLUG.replace(";\n", '.replaceAll("#", "");\n') });
      const whole = await check(root);
      assert.deepEqual(verdicts(whole), ["+ npm test", "+ npm test: keeps dots", "+ npm test: drops marks"]);
      assert.equal(whole.output, "");
    }),
});

Deno.test({
  name: "a Python project's cases are named and nothing is written beside its files",
  ignore: !installed("python3", "--version"),
  fn: () =>
    inTemporaryFolder(async (root) => {
      writeFiles(root, {
        "slug.py": 'def slug(text):\n    return text.lower().replace(" ", "-")\n',
        "tests/test_slug.py": "import unittest\nfrom slug import slug\n\n\nclass Slug(unittest.TestCase):\n" +
          '    def test_dots(self):\n        self.assertEqual(slug("A b.c"), "a-b.c")\n\n' +
          '    def test_marks(self):\n        self.assertEqual(slug("A #b"), "a-b")\n',
      });
      const report = await check(root);
      const [own, ...cases] = report.results;
      assert.equal(own?.passed, true, own?.evidence);
      assert.deepEqual(cases.map((result) => [result.passed, /test_(dots|marks)$/.exec(result.name)?.[1]]), [
        [true, "dots"],
        [false, "marks"],
      ]);
      assert.match(cases[1]?.evidence ?? "", /'a-#b' [!=]= 'a-b'/);
      assert.deepEqual(cases[1]?.files, ["tests/test_slug.py", "slug.py"]);
      assert.deepEqual([existsSync(`${root}/__pycache__`), existsSync(`${root}/.pytest_cache`)], [false, false]);
    }),
});

Deno.test("a Deno project's cases are named, and the trace leads to the source", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, {
      "deno.json": "{}",
      "src/boom.ts": 'export function boom(): void {\n  throw new Error("no value");\n}\n',
      "boom_test.ts":
        'import { boom } from "./src/boom.ts";\nDeno.test("is quiet", () => boom());\nDeno.test("is", () => {});\n',
    });
    const report = await check(root);
    assert.deepEqual(verdicts(report), ["+ deno test", "- deno test: is quiet", "+ deno test: is"]);
    assert.deepEqual(result(report, "deno test: is quiet").files, ["src/boom.ts", "boom_test.ts"]);
  }));

Deno.test("a check without readable cases is one result with the end of its output", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, { "src/a.c": "", "b.c": "", "src/b.c": "" });
    const checks = [
      shell("good", "echo fine"),
      shell("bad", "printf '\\033[31msrc/a.c:3: wrong\\033[0m\\nb.c, c.c and ./src/b.c\\n'; exit 3"),
      shell("silent", "exit 1"),
      shell("long", "yes line | head -c 100000; echo the end; exit 1"),
    ];
    const report = await runChecks(root, checks, LANGUAGES, never);
    assert.deepEqual(verdicts(report), ["+ good", "- bad", "- silent", "- long"]);
    assert.equal(result(report, "bad").evidence, "ended with exit code 3\nsrc/a.c:3: wrong\nb.c, c.c and ./src/b.c");
    assert.deepEqual(result(report, "bad").files, ["src/a.c", "b.c", "src/b.c"]);
    assert.equal(result(report, "silent").evidence, "ended with exit code 1\nand printed nothing");
    assert.match(result(report, "long").evidence, /characters left out[\s\S]*the end$/);
    assert.ok(result(report, "long").evidence.length < 1_600);
    assert.ok(report.output.length < 20_100);
    assert.doesNotMatch(report.output, /fine/);
  }));

Deno.test("a check whose tool is missing or that does not end fails with that reason", () =>
  inTemporaryFolder(async (root) => {
    const path = pipeIn(root);
    const report = await checkUntil(
      root,
      { path, written: "ready", ms: 300 },
      completeCheck({ name: "missing", command: ["autonomy-no-such-program", "test"] }, LANGUAGES),
      shell("endless", `echo started; echo ready > ${path}; sleep 300`, 300),
    );
    assert.deepEqual(verdicts(report), ["- missing", "- endless"]);
    assert.match(result(report, "missing").evidence, /autonomy-no-such-program was not found: install it/);
    assert.equal(
      result(report, "endless").evidence,
      'did not end within 0.3 s. If it needs longer, give it "seconds" in the configuration.\nstarted',
    );
  }));

Deno.test("a check that says nothing for too long is ended, and the tests it may be about are named", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, { "src/a.js": "export const a = 1;\n", "a.test.js": 'import { a } from "./src/a.js";\n' });
    const path = pipeIn(root);
    const check = completeCheck(
      { name: "endless", command: ["sh", "-c", `echo ready > ${path}; sleep 300`] },
      LANGUAGES,
    );
    const report = await checkUntil(root, { path, written: "ready", ms: 300 }, { ...check, silentMs: 300 });
    assert.equal(report.hung, true);
    assert.equal(
      result(report, "endless").evidence,
      'said nothing for 0.3 s and was ended. If it needs longer, give it "seconds" in the configuration.\nand printed nothing',
    );
    assert.deepEqual(result(report, "endless").files, ["a.test.js", "src/a.js"], "it may be about any test");
  }));

Deno.test("a test that never ends is told by its place in the project, where pytest says it", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, { "bits.py": "", "tests/test_bits.py": "" });
    const dump = [
      ".Timeout (0:00:20)!",
      "Thread 0x00007f (most recent call first):",
      `  File "${root}/bits.py", line 9 in slow`,
      "..Timeout (0:00:20)!",
      "Thread 0x00007f (most recent call first):",
      `  File "${root}/bits.py", line 5 in count`,
      `  File "${root}/tests/test_bits.py", line 2 in test_127`,
      `  File "${root}/.venv/lib/python3.13/site-packages/_pytest/python.py", line 157 in pytest_pyfunc_call`,
      '  File "/usr/lib/python3.13/runpy.py", line 88 in _run_code',
      "",
    ].join("\n");
    writeFiles(root, { "dump.txt": dump });
    const path = pipeIn(root);
    const command = ["sh", "-c", `cat dump.txt; echo ready > ${path}; sleep 300`];
    const check = { ...completeCheck({ name: "pytest", command, runner: pytest }, LANGUAGES), silentMs: 300 };
    const report = await checkUntil(root, { path, written: "ready", ms: 300 }, check);
    const { evidence, files } = result(report, "pytest");
    assert.equal(
      evidence,
      'said nothing for 0.3 s and was ended: a test never ends. It was here, innermost first:\nbits.py, line 5 in count\ntests/test_bits.py, line 2 in test_127\nIf it needs longer, give it "seconds" in the configuration.',
    );
    assert.deepEqual(files, ["bits.py", "tests/test_bits.py"]);
  }));

Deno.test({
  name: "pytest itself says where a test never ends",
  ignore: !installed("python3", "-c", "import pytest"),
  fn: () =>
    inTemporaryFolder(async (root) => {
      writeFiles(root, {
        "bits.py": "def count(n):\n    while True:\n        n += 1\n",
        "test_bits.py": "from bits import count\ndef test_a(): pass\ndef test_b(): count(1)\n",
      });
      const [found] = await detectChecks(root, LANGUAGES, never);
      const path = pipeIn(root);
      const command = ["sh", "-c", `"$0" "$@" 2>&1 | tee ${path}`, ...found!.command];
      const options = found!.reporting.variables!["PYTEST_ADDOPTS"]!.replace(
        /faulthandler_timeout=\d+/,
        "faulthandler_timeout=1",
      );
      const soon = { ...found!, command, reporting: { variables: { PYTEST_ADDOPTS: options } } };
      const ends = { path, written: "line 3 in test_b\n", ms: found!.silentMs };
      const { evidence } = result(await checkUntil(root, ends, soon), "pytest");
      assert.match(evidence, /innermost first:\nbits\.py, line [23] in count\ntest_bits\.py, line 3 in test_b\n/);
    }),
});

Deno.test("the bounds of a check follow what it was seen to take, unless a person set them", () => {
  const pace = new CheckPace();
  const check = { name: "c", timeoutMs: 600_000, silentMs: 120_000, fixed: false };
  const whole = { timeoutMs: 600_000, silentMs: 120_000 };
  assert.deepEqual(pace.bounds(check), whole);
  pace.note("c", 120_000, "hung");
  assert.deepEqual(pace.bounds(check), whole);
  pace.note("c", 400, "broke");
  assert.deepEqual(pace.bounds(check), whole, "what broke off says nothing of how long it takes");
  pace.note("c", 400, "worked");
  assert.deepEqual(pace.bounds(check), { timeoutMs: 30_000, silentMs: 30_000 });
  pace.note("c", 20_000, "worked");
  pace.note("c", 400, "worked");
  assert.deepEqual(pace.bounds(check), { timeoutMs: 200_000, silentMs: 200_000 });
  pace.note("c", 100_000, "worked");
  assert.equal(pace.bounds(check).timeoutMs, 600_000);
  pace.note("c", 400, "hung");
  assert.deepEqual(pace.bounds(check), whole, "it may have grown: the next gets its whole bound");
  assert.deepEqual(pace.bounds({ ...check, timeoutMs: 5_000, fixed: true }), { timeoutMs: 5_000, silentMs: 5_000 });
});

Deno.test("a check whose tools find their caches empty gets longer than where it was seen to end with full ones", () => {
  const warm = new CheckPace();
  let isEmpty = true;
  const cold = new CheckPace(warm, () => isEmpty);
  const check = { name: "c", timeoutMs: 600_000, silentMs: 120_000, fixed: false };
  warm.note("c", 400, "worked");
  assert.deepEqual(cold.bounds(check), { timeoutMs: 180_000, silentMs: 180_000 });
  isEmpty = false;
  assert.deepEqual(cold.bounds(check), { timeoutMs: 30_000, silentMs: 30_000 }, "what was learned is shared");
});

Deno.test("failing although every case passed is a failure of the check itself", () =>
  inTemporaryFolder(async (root) => {
    const output = "TAP version 13\nok 1 - a\nok 2 - a\n1..2\n# coverage 40 % is too low\n";
    const [tap] = [
      completeCheck({
        name: "tap",
        command: ["sh", "-c", `printf '${output.replace("%", "%%")}'; exit 1`],
        runner: node,
      }, LANGUAGES),
    ];
    const report = await runChecks(root, [tap], LANGUAGES, never);
    assert.deepEqual(verdicts(report), ["- tap", "+ tap: a", "+ tap: a (2)"]);
    assert.match(result(report, "tap").evidence, /coverage 40 % is too low/);
  }));

Deno.test("a stopped round of checks gives no report", () =>
  inTemporaryFolder(async (root) => {
    const path = pipeIn(root);
    const stop = new AbortController();
    const running = runChecks(root, [shell("endless", `echo ready > ${path}; sleep 300`)], LANGUAGES, stop.signal);
    using pipe = await Deno.open(path);
    assert.equal(await lineOf(pipe), "ready");
    stop.abort(new Error("the person stopped it"));
    await assert.rejects(running, /the person stopped it/);
  }));

Deno.test("of results with the same name all fail where one does, so that a printed line cannot stand in for the true one", () =>
  inTemporaryFolder(async (root) => {
    for (const output of ["ok 1 - a\nnot ok 2 - a\nok 3 - b\n1..3\n", "not ok 1 - a\nok 2 - a\nok 3 - b\n1..3\n"]) {
      const command = ["sh", "-c", `printf 'TAP version 13\n${output}'; exit 1`];
      const report = await runChecks(
        root,
        [completeCheck({ name: "tap", command, runner: node }, LANGUAGES)],
        LANGUAGES,
        never,
      );
      assert.deepEqual(verdicts(report).slice(1), ["- tap: a", "- tap: a (2)", "+ tap: b"]);
    }
  }));
