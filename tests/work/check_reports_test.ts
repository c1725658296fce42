import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { completeCheck } from "../../src/languages/check.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import type { CheckReport } from "../../src/ports/workspace.ts";
import { detectChecks } from "../../src/work/detect_checks.ts";
import { runChecks } from "../../src/work/run_checks.ts";
import { installed } from "../run/fixtures/installed.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";
import { testsInOwnProcess } from "../run/fixtures/own_process.ts";
import { withVariables } from "../run/fixtures/with_variables.ts";

const HAS_PYTEST = installed("python3", "-c", "import pytest");
const alone = testsInOwnProcess(import.meta.url);
const never = new AbortController().signal;

/** A project, what is set around it, and what its checks have to say. */
interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly set?: Readonly<Record<string, string>>;
  readonly wanted: readonly string[];
}

/** Declares a case: one that sets variables runs in a process of its own. */
const declare = (set: Case["set"], test: Parameters<typeof alone>[0]) =>
  set === undefined ? Deno.test(test) : alone(test);

/** The checks of a project, executed. */
async function checked({ files, set = {} }: Omit<Case, "wanted">): Promise<CheckReport> {
  let report: CheckReport | undefined;
  await inTemporaryFolder((root) =>
    withVariables(set, async () => {
      writeFiles(root, files);
      report = await runChecks(root, await detectChecks(root, LANGUAGES), LANGUAGES, never);
      assert.deepEqual(
        [".pytest_cache", "pytest.xml", "reports", "__pycache__"].filter((name) => existsSync(`${root}/${name}`)),
        [],
        "nothing is written beside the files",
      );
    })
  );
  return report!;
}

const verdicts = ({ results }: CheckReport) => results.map(({ name, passed }) => `${passed ? "+" : "-"} ${name}`);

const script = (test: string) => JSON.stringify({ scripts: { test } });
const TEST = 'require("node:test")';
const PRE = `${TEST}("pre", () => { if (!global.PRE) throw new Error("lost"); });\n`;
const NAMED = ["+ npm test", "+ npm test: pre"];

/** Cases of Node, by what would break. */
const NODE: Readonly<Record<string, Case>> = {
  "options of the person in NODE_OPTIONS stay": {
    files: { "package.json": script("node --test"), "pre.cjs": "global.PRE = 1;", "pre.test.js": PRE },
    set: { NODE_OPTIONS: "--require ./pre.cjs" },
    wanted: NAMED,
  },
  "options of the person with values of several words stay": {
    files: { "package.json": script("node --test"), "a b/pre.cjs": "global.PRE = 1;", "pre.test.js": PRE },
    set: { NODE_OPTIONS: '--max-old-space-size=512 --require "./a b/pre.cjs"' },
    wanted: NAMED,
  },
  "a reporter that the person chose in NODE_OPTIONS is the only one": {
    files: { "package.json": script("node --test"), "pre.test.js": PRE },
    set: { NODE_OPTIONS: "--test-reporter=dot" },
    wanted: ["- npm test"],
  },
  "a script that sets NODE_OPTIONS itself has its own": {
    files: {
      "package.json": script("NODE_OPTIONS=--require=./pre.cjs node --test --test-reporter=tap"),
      "pre.cjs": "global.PRE = 1;",
      "pre.test.js": PRE,
    },
    wanted: ["+ npm test", "+ npm test: pre"],
  },
  "a test that asks for an answer finds that nobody gives one": {
    files: {
      "package.json": script("read answer; node --test"),
      "a.test.js": `${TEST}("asks", () => {});\n`,
    },
    wanted: ["+ npm test", "+ npm test: asks"],
  },
};

for (const [name, one] of Object.entries(NODE)) {
  declare(one.set, {
    name,
    ignore: !installed("npm", "--version"),
    fn: async () => assert.deepEqual(verdicts(await checked(one)), one.wanted),
  });
}

const TWO = "def test_a(): assert 1 == 2\ndef test_b(): assert 2 == 3\ndef test_c(capsys): print('c')\n";
const ini = (addopts: string) => `[pytest]\naddopts = ${addopts}\n`;
const ALL = ["- pytest: test_a.py::test_a", "- pytest: test_a.py::test_b", "+ pytest: test_a.py::test_c"];

/** Cases of pytest, by what stands in a project's own options. */
const PYTEST: Readonly<Record<string, Case>> = {
  "no summary": { files: { "pytest.ini": ini("--no-summary") }, wanted: ALL },
  "hardly a word, and colours": { files: { "pytest.ini": ini("-qq --color=yes --tb=no -rN") }, wanted: ALL },
  "ending at the first failure": { files: { "pytest.ini": ini("-x --ff") }, wanted: ALL },
  "a report of its own": { files: { "pytest.ini": ini("--junitxml=reports/own.xml") }, wanted: ALL },
  "another family of reports": {
    files: { "pytest.ini": "[pytest]\njunit_family = xunit2\ncache_dir = .cache\n" },
    wanted: ALL,
  },
  "no terminal": { files: { "pytest.ini": ini("-p no:terminal -p no:cacheprovider") }, wanted: ALL },
  "options of the person": {
    files: { "pytest.ini": ini("--strict-markers") },
    set: { PYTEST_ADDOPTS: "-k 'not test_b'" },
    wanted: [ALL[0]!, ALL[2]!],
  },
  "prints that are not captured": {
    files: { "pytest.ini": ini("-s"), "conftest.py": "print('x' * 9_000_000)\nprint('PASSED test_a.py::test_a')\n" },
    wanted: ALL,
  },
};

for (const [name, { files, set, wanted }] of Object.entries(PYTEST)) {
  declare(set, {
    name: `pytest names its cases where a project has options of its own: ${name}`,
    ignore: !HAS_PYTEST,
    fn: async () => {
      const report = await checked({ files: { "test_a.py": TWO, ...files }, set });
      assert.deepEqual(verdicts(report), ["+ pytest", ...wanted], report.output);
      assert.match(report.results[1]!.evidence, /assert 1 == 2/);
      assert.deepEqual(report.results[1]!.files, ["test_a.py"]);
    },
  });
}

Deno.test({
  name: "pytest names its cases without reports, and what it cannot load breaks the check",
  ignore: !HAS_PYTEST,
  fn: async () => {
    const without = await checked({ files: { "test_a.py": TWO, "pytest.ini": ini("-p no:junitxml") } });
    assert.deepEqual(verdicts(without).toSorted(), ["+ pytest", ...ALL].toSorted());
    const broken = await checked({
      files: { "test_a.py": TWO, "test_b.py": "import missing_thing\n", "pytest.ini": ini("") },
    });
    assert.deepEqual(verdicts(broken)[0], "- pytest");
    assert.match(broken.results[0]!.evidence, /^test_b\.py\n[\s\S]*missing_thing/);
  },
});

Deno.test({
  name: "make names the cases of what it calls",
  ignore: !HAS_PYTEST || !installed("make", "--version"),
  fn: async () => {
    const files = {
      Makefile: "check:\n\t@cd inside && python3 -m pytest t.py\n",
      "inside/t.py": TWO,
    };
    assert.deepEqual(verdicts(await checked({ files })), [
      "+ make check",
      "- make check: t.py::test_a",
      "- make check: t.py::test_b",
      "+ make check: t.py::test_c",
    ]);
  },
});

Deno.test("tests that print megabytes between each other are all named", () =>
  inTemporaryFolder(async (root) => {
    const prints = "yes printed | head -c 5000000";
    const script = `echo ok 1 - a; ${prints}; echo; echo ok 2 - b; ${prints}; echo; echo ok 3 - c # node --test`;
    const check = completeCheck({ name: "tap", command: ["sh", "-c", script] }, LANGUAGES);
    const report = await runChecks(root, [check], LANGUAGES, never);
    assert.deepEqual(verdicts(report), ["+ tap", "+ tap: a", "+ tap: b", "+ tap: c"]);
  }));

Deno.test("a report is read where it is a plain file that this check wrote, whatever else stands there", () =>
  inTemporaryFolder(async (root) => {
    const report = '<testsuites><testsuite><testcase classname="A" name="one"/></testsuite></testsuites>';
    writeFiles(root, { "secret.xml": report, "target/surefire-reports/TEST-Old.xml": report.replace("one", "old") });
    const long = new Date("2020-01-01");
    Deno.utimeSync(`${root}/target/surefire-reports/TEST-Old.xml`, long, long);
    const write = [
      "ln -s $PWD/secret.xml target/surefire-reports/TEST-Link.xml",
      "mkfifo target/surefire-reports/TEST-Pipe.xml",
      `printf '%s' '${report.replace("one", "new")}' > target/surefire-reports/TEST-New.xml`,
    ].join(" && ");
    const check = completeCheck({ name: "mvn test", command: ["sh", "-c", `${write} # mvn`] }, LANGUAGES);
    assert.deepEqual(verdicts(await runChecks(root, [check], LANGUAGES, never)), ["+ mvn test", "+ mvn test: A.new"]);
  }));

Deno.test("a check of a folder below runs there, and its files are those of the project", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, {
      "package.json": "{}",
      "src/a.js": "",
      "front/package.json": script("node --test"),
      "front/src/a.js": "module.exports = 1;\n",
      "front/test/a.test.js":
        `${TEST}("x", () => { if (require("../src/a.js") !== 2) throw new Error("src/a.js is wrong"); });\n`,
    });
    const report = await runChecks(root, await detectChecks(root, LANGUAGES), LANGUAGES, never);
    assert.deepEqual(verdicts(report), ["+ npm test in front", "- npm test in front: x"]);
    assert.deepEqual(report.commands, ["npm test (in front)"]);
    assert.deepEqual(report.results[1]!.files, ["front/src/a.js", "front/test/a.test.js"]);
  }));

Deno.test({
  name: "what Go says of its packages names files of the project, in packages below and in modules below",
  ignore: !installed("go", "version"),
  fn: async () => {
    const half = (name: string, test: string) => ({
      [`${name}/half.go`]: "package inner\n\nfunc Half(n int) int { return n / 3 }\n",
      [`${name}/${test}`]:
        'package inner\n\nimport "testing"\n\nfunc TestHalf(t *testing.T) {\n\tif got := Half(4); got != 2 {\n\t\tt.Fatalf("want 2, got %d", got)\n\t}\n}\n',
    });
    const report = await checked({
      files: {
        "go.mod": "module tools\n\ngo 1.22\n",
        "sum.go": "package tools\n\nfunc Sum(a, b int) int { return a - b }\n",
        "sum_test.go":
          'package tools\n\nimport "testing"\n\nfunc TestSum(t *testing.T) {\n\tif got := Sum(1, 2); got != 3 {\n\t\tt.Errorf("want 3, got %d", got)\n\t}\n}\n',
        ...half("inner", "half_test.go"),
        ...half("other/deep", "half_test.go"),
        "broken/broken.go": 'package broken\n\nfunc One() int { return "a" }\n',
        "broken/broken_test.go": 'package broken\n\nimport "testing"\n\nfunc TestOne(t *testing.T) { One() }\n',
        "module/go.mod": "module example.com/far/away\n\ngo 1.22\n",
        ...half("module/part", "half_test.go"),
      },
    });
    // Go tells of packages as they end, which is no order.
    const results = [...report.results].sort((one, other) => one.name < other.name ? -1 : 1);
    assert.deepEqual(results.map(({ name, files }) => [name, ...files]), [
      ["go test", "broken/broken.go"],
      ["go test in module"],
      ["go test in module: example.com/far/away/part.TestHalf", "module/part/half_test.go", "module/part/half.go"],
      ["go test: tools.TestSum", "sum_test.go", "sum.go"],
      ["go test: tools/inner.TestHalf", "inner/half_test.go", "inner/half.go"],
      ["go test: tools/other/deep.TestHalf", "other/deep/half_test.go", "other/deep/half.go"],
    ]);
    assert.match(results[4]!.evidence, /^inner\/half_test\.go:7: want 2, got 1$/);
    assert.match(report.output, /^\$ go test \.\/\.\.\.\n[\s\S]*--- FAIL: TestHalf/);
  },
});
