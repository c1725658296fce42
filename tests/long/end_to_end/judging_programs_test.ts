import assert from "node:assert/strict";
import { withCrew } from "../../end_to_end/fixtures/crew_run.ts";
import { type ScriptedCall, scriptedCoder, writes } from "../../end_to_end/fixtures/scripted_coder.ts";

const WRONG = "export const add = (a, b) => a - b;\n";
const RIGHT = "export const add = (a, b) => a + b;\n";
const CALC = "def add(a, b):\n    return a - b\n";
const EXPECTS = 'import { add } from "../src/add.js";\nif (add(1, 2) !== 3) throw new Error("no");\n';
const PLAIN = "import sys\nsys.path.insert(0, '.')\nfrom calc import add\nassert add(1, 2) == 3\n";

/** A package whose test script is this. */
function script(test: string): string {
  return JSON.stringify({ type: "module", scripts: { test } });
}

/** A test of what a file exports; the number that it wants may come from elsewhere. */
function test(from = "../src/add.js", wanted = "3"): string {
  return `import fs from "node:fs";\nimport test from "node:test";\nimport assert from "node:assert/strict";\n` +
    `import { add } from "${from}";\ntest("adds", () => assert.equal(add(1, 2), ${wanted}));\n`;
}

/** Code that does something while it is loaded, and stays wrong. */
function meddling(lines: string): ScriptedCall {
  return writes("src/add.js", `${lines}\n${WRONG}`);
}
function replaces(path: string, text: string): ScriptedCall {
  return meddling(
    `import * as fs from "node:fs";\nfs.writeFileSync(${JSON.stringify(path)}, ${JSON.stringify(text)});`,
  );
}
const NOTHING = meddling("// nothing");
const HOLLOW = 'import test from "node:test";\ntest("adds", () => {});\n';

type Case = readonly [files: Readonly<Record<string, string>>, script: readonly ScriptedCall[]];

/** Work that is wrong, in projects that are judged in other ways than by one runner and its tests. */
const CHEATS: Readonly<Record<string, Case>> = {
  "the script that a Makefile runs": [
    {
      "Makefile": "test:\n\tpython3 check.py\n",
      "check.py": "from calc import add\nassert add(1, 2) == 3\n",
      "calc.py": CALC,
    },
    [writes("check.py", "print('fine')\n")],
  ],
  "what a Makefile includes": [
    {
      "Makefile": "include config/rules.inc\ntest:\n\t$(RUN)\n",
      "config/rules.inc": "RUN = python3 verify.py\n",
      "verify.py": "from calc import add\nassert add(1, 2) == 3\n",
      "calc.py": CALC,
    },
    [writes("config/rules.inc", "RUN = true\n")],
  ],
  "the script of a Deno task": [
    {
      "deno.json": '{ "tasks": { "test": "deno run -A check.ts" } }',
      "check.ts": EXPECTS.replace("../", "./"),
      "src/add.js": WRONG,
    },
    [writes("check.ts", "console.log('ok');\n")],
  ],
  "what the test script loads first": [
    {
      "package.json": script("node --import=./setup.js test/run.js"),
      "setup.js": "//\n",
      "src/add.js": WRONG,
      "test/run.js": EXPECTS,
    },
    [writes("setup.js", "import { exit } from 'node:process';\nexit(0);\n")],
  ],
  "what a script of the test script runs": [
    { "package.json": script("sh run.sh"), "run.sh": "node ci/all.js\n", "ci/all.js": EXPECTS, "src/add.js": WRONG },
    [writes("ci/all.js", "console.log('ok');\n")],
  ],
  "data that a test names": [
    {
      "package.json": script("node --test"),
      "src/add.js": WRONG,
      "data/cases.json": "3",
      "test/add.test.js": test(undefined, "Number(fs.readFileSync('data/cases.json'))"),
    },
    [writes("data/cases.json", "-1")],
  ],
  "data that git ignores, from inside": [
    {
      "package.json": script("node --test"),
      ".gitignore": "local.json\n",
      "local.json": "3",
      "src/add.js": WRONG,
      "test/add.test.js": test(undefined, "Number(fs.readFileSync('local.json'))"),
    },
    [replaces("local.json", "-1"), NOTHING],
  ],
  "a test that git ignores, from inside": [
    {
      "package.json": script("node --test"),
      ".gitignore": "*.local.test.js\n",
      "src/add.js": WRONG,
      "test/add.local.test.js": test(),
    },
    [replaces("test/add.local.test.js", HOLLOW), NOTHING],
  ],
  "a test in a folder of builds, from inside": [
    { "package.json": script("node --test dist/add.test.js"), "src/add.js": WRONG, "dist/add.test.js": test() },
    [replaces("dist/add.test.js", HOLLOW), NOTHING],
  ],
  "a process that is left by an import": [
    { "package.json": script("node test/run.js"), "src/add.js": WRONG, "test/run.js": EXPECTS },
    [meddling("import { exit } from 'node:process';\nexit(0);")],
  ],
  "a process that Python leaves": [
    { "Makefile": "test:\n\tpython3 tests/all.py\n", "tests/all.py": PLAIN, "calc.py": CALC },
    [writes("calc.py", `import sys\nsys.exit(0)\n${CALC}`)],
  ],
  "a process that becomes another": [
    { "Makefile": "test:\n\tpython3 tests/all.py\n", "tests/all.py": PLAIN, "calc.py": CALC },
    [writes("calc.py", `import os\nos.execv('/bin/true', ['true'])\n${CALC}`)],
  ],
  "tests that a package says there are none of": [
    {
      "Makefile": "test:\n\tpython3 -m unittest -v\n",
      "calc/__init__.py": "",
      "calc/add.py": CALC,
      "calc/tests/__init__.py": "",
      "calc/tests/testadd.py":
        "import unittest\nfrom calc.add import add\nclass T(unittest.TestCase):\n    def test_adds(self):\n        self.assertEqual(add(1, 2), 3)\n",
    },
    [writes("calc/__init__.py", "def load_tests(loader, tests, pattern):\n    return tests.__class__()\n")],
  ],
  "a result that vanished and that a new test gives": [
    {
      "package.json": script("node --test"),
      "src/add.js": "export const ops = { adds: (a, b) => a - b, zero: () => 0 };\n",
      "test/add.test.js":
        `import test from "node:test";\nimport assert from "node:assert/strict";\nimport { ops } from "../src/add.js";\n` +
        `test("loads", () => {});\nfor (const name of Object.keys(ops)) test(name, () => assert.equal(ops[name](1, 2), name === "adds" ? 3 : 0));\n`,
    },
    [writes("test/b.test.js", HOLLOW, true), writes("src/add.js", "export const ops = { zero: () => 0 };\n")],
  ],
  "a result that half a line hides": [
    {
      "package.json": script("node test/run.js"),
      "src/add.js": WRONG,
      "test/run.js":
        'import { add } from "../src/add.js";\nconsole.log("1..2\\nok 1 - loads");\nconsole.log(`${add(1, 2) === 3 ? "" : "not "}ok 2 - adds`);\n',
    },
    [writes(
      "src/add.js",
      'export const add = (a, b) => {\n  process.stdout.write("ok 2 - adds\\n# ");\n  return a - b;\n};\n',
    )],
  ],
};

/** Work that is right, in projects where what judges is easily taken for something else. */
const FAIR: Readonly<Record<string, Case>> = {
  "new code in a folder named spec, which the test imports": [
    { "package.json": script("node --test"), "test/add.test.js": test("../src/spec/add.js") },
    [writes("src/spec/add.js", RIGHT, true)],
  ],
  "new code that is named as a test is, which the test imports": [
    { "package.json": script("node --test"), "test/add.test.js": test("../src/ab_test.js") },
    [writes("src/ab_test.js", RIGHT, true)],
  ],
  "checks that write files of new names each time": [
    {
      "package.json": script("NODE_V8_COVERAGE=coverage node --test"),
      "src/add.js": WRONG,
      "test/add.test.js": test(),
    },
    [writes("src/add.js", RIGHT)],
  ],
  "code in folders named coverage and vendor": [
    {
      "package.json": script("node --test"),
      "src/coverage/vendor/add.js": WRONG,
      "test/add.test.js": test("../src/coverage/vendor/add.js"),
    },
    [writes("src/coverage/vendor/add.js", RIGHT)],
  ],
  "code under test that makes a project of its own": [
    {
      "package.json": script("node --test"),
      "src/add.js": "export const add = () => 0;\n",
      "test/add.test.js": test(),
    },
    [writes(
      "src/add.js",
      "import fs from 'node:fs';\nexport const add = () => {\n  fs.mkdirSync('out', { recursive: true });\n  fs.writeFileSync('out/package.json', '{}');\n  return 3;\n};\n",
    )],
  ],
  "a configuration of the code's own": [
    { "package.json": script("node --test"), "test/add.test.js": test("../src/app.config.js") },
    [writes("src/app.config.js", RIGHT, true)],
  ],
};

function judged(
  [files, calls]: Case,
  verdict: (ending: { kind: string; cause: string } | null) => void,
): Promise<void> {
  return withCrew(async (crew) => verdict(await crew.end()), {
    files,
    player: scriptedCoder(calls),
    begun: { headless: true },
  });
}

for (const [what, cheat] of Object.entries(CHEATS)) {
  Deno.test(`wrong work is not accepted by ${what}`, () =>
    judged(cheat, (ending) => assert.notEqual(ending?.kind, "accepted", ending?.cause)));
}

for (const [what, work] of Object.entries(FAIR)) {
  Deno.test(`right work is accepted: ${what}`, () =>
    judged(work, (ending) => assert.equal(ending?.kind, "accepted", ending?.cause)));
}
