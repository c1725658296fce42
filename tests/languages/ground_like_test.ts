import { deepEqual, equal } from "node:assert/strict";
import { unknownNames } from "../../src/languages/free_names.ts";
import { withGroundLike } from "../../src/languages/ground_like.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";

const javascript = [LANGUAGES.javascript!];
const python = [LANGUAGES.python!];
const LIKE = `import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { afterEach, beforeEach, test } from "node:test";
import { main } from "./cli.js";

const FIELDS = { name: "text" };
const UNUSED = 1;
let folder;
let file;

beforeEach(() => {
  folder = mkdtempSync("todo-");
  file = folder + "/tasks.txt";
});

afterEach(() => rmSync(folder, { recursive: true }));

function run(...args) {
  const lines = [];
  return { code: main(args, (line) => lines.push(line)), lines };
}

test("list prints all tasks", () => {
  assert.deepEqual(run("list", file), { code: 0, lines: [] });
});
`;

Deno.test("a new test gets the values and helpers of the test beside it that it uses and does not have, with the hooks that give them", () => {
  const text = `import { test } from "node:test";

test("open tasks alone", () => assert.equal(run("list", file, "--open").code, 0));
`;
  equal(
    withGroundLike(text, LIKE, javascript),
    `import { test } from "node:test";

let folder;
let file;

beforeEach(() => {
  folder = mkdtempSync("todo-");
  file = folder + "/tasks.txt";
});

afterEach(() => rmSync(folder, { recursive: true }));

function run(...args) {
  const lines = [];
  return { code: main(args, (line) => lines.push(line)), lines };
}

test("open tasks alone", () => assert.equal(run("list", file, "--open").code, 0));
`,
  );
  const fields = 'test("a wrong field", () => assert.equal(validate(FIELDS, {}).length, 1));\n';
  equal(withGroundLike(fields, LIKE, javascript), `const FIELDS = { name: "text" };\n\n${fields}`);
});

Deno.test("a test that has all that it uses stays as it is, whatever its parameters and parts of values are called", () => {
  for (
    const text of [
      'test("a", () => { const folder = 1; let file = 2; assert.ok(folder + file); });\n',
      'test("a", (file) => assert.ok(file));\nconst f = folder => folder;\n',
      'const { run, file: [folder] } = tools;\ntest("a", () => assert.ok(run(folder)));\n',
      'test("a", () => assert.equal(one.run, "file"));\n',
      "for (const file of all) test(file, () => {});\n",
    ]
  ) equal(withGroundLike(text, LIKE, javascript), text);
  const go = "package a\n\nfunc TestA(t *testing.T) { t.Log(run()) }\n";
  equal(withGroundLike(go, "package a\n\nvar run = 1\n", [LANGUAGES.go!]), go, "what a folder shares is there");
});

Deno.test("Python too: values and functions at the margin, nothing of a class, no test, and not what a line gives a value", () => {
  const like = `import io

TASKS = [1, 2]


def shown(tasks):
    out = io.StringIO()
    return out


def test_first():
    assert shown(TASKS)


class A:
    LIMIT = 3
`;
  const text = "def test_second():\n    assert shown(TASKS[:1]) and LIMIT and test_first\n";
  equal(
    withGroundLike(text, like, python),
    `TASKS = [1, 2]

def shown(tasks):
    out = io.StringIO()
    return out

${text}`,
  );
  const own = "def test_second(shown):\n    TASKS = []\n    assert shown(TASKS)\n";
  equal(withGroundLike(own, like, python), own);
  const found = unknownNames("for a, b in pairs:\n    f = lambda c: c + d\n    with open(x) as y: y.z()\n", python);
  deepEqual("a b c d f pairs x y z".split(" ").filter((name) => found.includes(name)), ["d", "pairs", "x"]);
});
