import { writeFiles } from "../run/fixtures/temporary_folder.ts";
import { type AtProofOptions, PYTHON } from "./at_proof.ts";

/** A kind of project, and what is to be found of it. */
export interface Kind {
  readonly name: string;
  /** Texts by path; `-> PATH` makes a link, and `$PROJECT` stands for the project's path. */
  readonly files: Readonly<Record<string, string>>;
  readonly checks?: AtProofOptions["checks"];
  /** Prepares what files alone are not. */
  readonly prepare?: (project: string) => Promise<void> | void;
  /** Why nothing of it can be tried here; null where it can. */
  readonly lacks?: string | null;
  /** Why copies will not do, by tier; they do where nothing is said. */
  readonly fails?: Readonly<Record<string, RegExp>>;
  /** Path of a source, what stands there and what shall, so that the failing test `bad` passes. */
  readonly repair?: readonly [path: string, old: string, now: string];
}

/** Begins a project for Node. */
export const PACKAGE = { "package.json": '{ "type": "module", "scripts": { "test": "node --test" } }\n' };
const ADD = "export const add = (a, b) => a + b;\n";
/** Lets the test `bad` pass, and no other fail. */
export const REPAIR = ["add.js", "a + b", "a + b + (a === 2)"] as const;

/** A test file of Node; its last test `bad` fails. */
export function tests(...lines: readonly string[]): string {
  return [
    'import test from "node:test";',
    'import assert from "node:assert/strict";',
    'import fs from "node:fs";',
    ...lines,
    'test("bad", () => assert.equal(add(2, 2), 5));',
    "",
  ].join("\n");
}

/** A source and what begins its project. */
export const NODE = { ...PACKAGE, "add.js": ADD };
/** Takes the source into a test file. */
export const IMPORTS = 'import { add } from "./add.js";';
const PYTHON_ADD = "def add(a, b):\n    return a + b\n";
const PYTHON_TEST = (from: string) =>
  `import unittest\nfrom ${from} import add\n\n\nclass Adds(unittest.TestCase):\n    def test_good(self):\n` +
  "        self.assertEqual(add(1, 2), 3)\n\n    def test_bad(self):\n        self.assertEqual(add(2, 2), 5)\n";

/** Kinds of projects. */
export const KINDS: readonly Kind[] = [
  { name: "a plain project", files: { ...NODE, "a.test.js": tests(IMPORTS) }, repair: REPAIR },
  {
    name: "a Python project whose tests find its sources by where they stand",
    files: { "src/calc.py": PYTHON_ADD, "tests/__init__.py": "", "tests/test_calc.py": PYTHON_TEST("src.calc") },
    lacks: PYTHON.lacks,
    repair: ["src/calc.py", "a + b", "a + b + (a == 2)"],
  },
  {
    name: "a Python project that is installed in its own environment so that it can be edited",
    files: {
      ".gitignore": ".venv/\n",
      "src/calc/core.py": PYTHON_ADD,
      "src/calc/__init__.py": "",
      "tests/test_calc.py": PYTHON_TEST("calc.core"),
    },
    prepare: (project) => PYTHON.editable(project, "src"),
    lacks: PYTHON.lacks,
    fails: {
      none: /^the checks say the same in a copy without .*core\.py, so they look at the project and not at the copy$/,
    },
    repair: ["src/calc/core.py", "a + b", "a + b + (a == 2)"],
  },
  {
    name: "a project of several packages, one of which Python finds where it is installed",
    files: {
      ".gitignore": ".venv/\n",
      "libs/base/pyproject.toml": "",
      "libs/base/base.py": "def more(a):\n    return 0\n",
      "calc.py": `from base import more\n\n\n${PYTHON_ADD.replace("b\n", "b + more(a)\n")}`,
      "test_calc.py": PYTHON_TEST("calc"),
    },
    prepare: (project) => PYTHON.editable(project, "libs/base"),
    lacks: PYTHON.lacks,
    fails: { none: /in a copy without libs\/base\/base\.py, so they look at the project/ },
    repair: ["libs/base/base.py", "0", "int(a == 2)"],
  },
  {
    name: "packages that are linked to each other among the dependencies",
    files: {
      ...PACKAGE,
      "packages/a/package.json": '{ "name": "@we/a", "version": "1.0.0", "type": "module", "main": "add.js" }',
      "packages/a/add.js": ADD,
      "packages/b/index.js": 'export { add } from "@we/a";\n',
      "packages/b/package.json": '{ "name": "@we/b", "version": "1.0.0", "type": "module" }',
      "packages/b/b.test.js": tests('import { add } from "./index.js";'),
      "node_modules/@we/a": "-> ../../packages/a",
    },
    repair: ["packages/a/add.js", "a + b", "a + b + (a === 2)"],
  },
  {
    name: "a package that is linked by its absolute path, and that tests import by name",
    files: {
      ...PACKAGE,
      "lib/a/package.json": '{ "name": "a", "version": "1.0.0", "type": "module", "main": "add.js" }',
      "lib/a/add.js": ADD,
      "a.test.js": tests('import { add } from "a";'),
      "node_modules/a": "-> $PROJECT/lib/a",
    },
    repair: ["lib/a/add.js", "a + b", "a + b + (a === 2)"],
  },
  {
    name: "a check that fails as a whole, and names no case",
    files: { ...NODE, "check.js": `${IMPORTS}\nif (add(2, 2) !== 5) throw new Error(\`bad: \${add(2, 2)}\`);\n` },
    checks: [{ name: "bad", command: ["node", "check.js"] }],
    repair: REPAIR,
  },
  {
    name: "what tests read beside the sources: small ignored files, a large folder of data, what was built",
    files: {
      ...NODE,
      ".gitignore": ".env\ngenerated/\ndata/\ndist/\n",
      ".env": "KEY=1\n",
      "generated/route.js": 'export const route = "/a";\n',
      "dist/built.js": "export const built = 1;\n",
      "a.test.js": tests(
        IMPORTS,
        'import { route } from "./generated/route.js";',
        'import { built } from "./dist/built.js";',
        'test("env", () => assert.equal(fs.readFileSync(".env", "utf8"), "KEY=1\\n"));',
        'test("data", () => assert.equal(fs.readdirSync("data").length, 1100));',
        'test("built", () => assert.equal(route + built, "/a1"));',
      ),
    },
    prepare: (project) =>
      writeFiles(project, Object.fromEntries(Array.from({ length: 1_100 }, (_, index) => [`data/${index}`, "d"]))),
    repair: REPAIR,
  },
  {
    name: "tests that write where they only read in a copy",
    files: {
      ...NODE,
      "node_modules/one/index.js": "",
      "a.test.js": tests(IMPORTS, 'test("writes", () => fs.writeFileSync("node_modules/one/made", ""));'),
    },
    fails: {
      bubblewrap: /^in a copy the checks say something else .*: npm test: writes \(.*EROFS.*; with and without/,
    },
  },
  {
    name: "tools that keep what they know in the dependencies of a package",
    files: {
      ...NODE,
      "packages/b/node_modules/one/index.js": "",
      "a.test.js": tests(
        IMPORTS,
        'test("keeps", () => fs.writeFileSync("packages/b/node_modules/.vite/results", ""));',
      ),
    },
    prepare: (project) => Deno.mkdirSync(`${project}/packages/b/node_modules/.vite`),
    repair: REPAIR,
  },
  {
    name: "tests that name the project by its absolute path",
    files: {
      ...NODE,
      "a.test.js": tests(IMPORTS, 'test("where", () => assert.equal(process.cwd(), "$PROJECT"));'),
    },
    fails: { none: /^in a copy, which stands at another path, the checks say something else .*: npm test: where/ },
    repair: REPAIR,
  },
  {
    name: "checks that say where they stand",
    files: {
      ...NODE,
      "check.js":
        `${IMPORTS}\nconsole.log(process.cwd(), import.meta.url, import.meta.url.replace("check.js", ""));\n` +
        'console.log("ok 1 - at", process.cwd());\nif (add(2, 2) !== 5) throw new Error(`bad ${process.cwd()}`);\n',
    },
    checks: [{ name: "bad", command: ["node", "check.js"] }],
    repair: REPAIR,
  },
  {
    name: "links in and out of the project, what only its owner may read or what is executed, and line ends of Windows",
    files: {
      ...PACKAGE,
      "real/add.js": ADD,
      "add.js": "-> real/add.js",
      "by_path": "-> $PROJECT/real",
      "run": "#!/bin/sh\necho ran\n",
      "mine": "mine",
      "lines.txt": "a\r\nb\r\n",
      "a.test.js": tests(
        'import { execFileSync } from "node:child_process";',
        'import { add } from "./real/add.js";',
        'test("leads", async () => assert.equal((await import("./by_path/add.js")).add(1, 2), 3));',
        'test("links", () => assert.ok(fs.readFileSync("add.js", "utf8").includes("add")));',
        'test("runs", () => assert.equal(`${execFileSync("./run")}`, "ran\\n"));',
        'test("mine", () => assert.equal(fs.statSync("mine").mode & 0o777, 0o600));',
        'test("lines", () => assert.equal(fs.readFileSync("lines.txt", "utf8"), "a\\r\\nb\\r\\n"));',
      ),
    },
    prepare(project) {
      Deno.chmodSync(`${project}/run`, 0o755);
      Deno.chmodSync(`${project}/mine`, 0o600);
    },
    repair: ["real/add.js", "a + b", "a + b + (a === 2)"],
  },
  {
    name: "a server on loopback",
    files: {
      ...NODE,
      "a.test.js": tests(
        IMPORTS,
        'import http from "node:http";',
        'test("serves", async () => {',
        '  const server = http.createServer((_, response) => response.end(`${add(1, 2)}`)).listen(0, "127.0.0.1");',
        '  await new Promise((listens) => server.once("listening", listens));',
        "  const answer = await fetch(`http://127.0.0.1:${server.address().port}`);",
        '  assert.equal(await answer.text(), "3");',
        "  server.closeAllConnections();",
        "  server.close();",
        "});",
      ),
    },
    repair: REPAIR,
  },
  { name: "no checks at all", files: { "readme.txt": "Nothing to check.\n" } },
  {
    name: "a check that looks at no file of the project",
    files: { ...NODE },
    checks: [{ name: "always", command: ["node", "-e", ""] }],
    fails: {
      bubblewrap:
        /^the checks say the same in a copy without add\.js, so they look at something else, such as what is installed, and not at the copy$/,
      none: /^no check was found to import a source, so nothing shows whether the checks look at the copy$/,
    },
  },
  {
    name: "a suite that never ends",
    files: { ...NODE, "hangs.js": `${IMPORTS}\nsetInterval(() => add(1, 2), 1000);\n` },
    checks: [{ name: "bad", command: ["node", "hangs.js"], timeoutMs: 4_000 }],
  },
  {
    name: "names of results that differ each time",
    files: {
      ...NODE,
      "a.test.js": tests(IMPORTS, "test(`at ${process.hrtime.bigint()}`, () => assert.equal(add(1, 2), 3));"),
    },
    repair: REPAIR,
  },
  {
    name: "a result that differs once",
    files: {
      ...NODE,
      "a.test.js": tests(
        IMPORTS,
        'const count = "$PROJECT/../count";',
        'const times = fs.existsSync(count) ? fs.readFileSync(count, "utf8").length : 0;',
        'fs.writeFileSync(count, "+".repeat(times + 1));',
        'test("chance", () => assert.notEqual(times, 1));',
      ),
    },
    repair: REPAIR,
  },
];
