import assert from "node:assert/strict";
import { NamedFiles } from "../../src/work/named_files.ts";

const FILES = [
  "README.md",
  "calc.py",
  "src/a.js",
  "src/index.js",
  "inner/half_test.go",
  "backend/src/a.js",
  "backend/tests/test_a.py",
  "backend/app/models.py",
  "web/app/page.test.tsx",
  "web/lib/[id].ts",
];
const named = new NamedFiles(FILES);

Deno.test("a path in what a check says names the file of the project that it can only mean", () => {
  const cases: [text: string, folder: string, wanted: string[]][] = [
    ["at src/a.js:3:4 and (./src/index.js:1)", "", ["src/a.js", "src/index.js"]],
    ["at src/a.js:3", "backend", ["backend/src/a.js"]],
    ["tests/test_a.py::test_x", "backend", ["backend/tests/test_a.py"]],
    // From another root: a container's, a package's, a runner's.
    ["/app/backend/tests/test_a.py:3", "", ["backend/tests/test_a.py"]],
    ["/workspace/calc.py:3", "", ["calc.py"]],
    ["example.com/tools/inner/half_test.go:9", "", ["inner/half_test.go"]],
    ["tests/test_a.py::test_x", "", ["backend/tests/test_a.py"]],
    ["half_test.go:9", "", ["inner/half_test.go"]],
    ["web/lib/[id].ts:2", "", ["web/lib/[id].ts"]],
    // Those are others.
    ["node_modules/left/src/index.js:1", "", []],
    ["/usr/lib/python3/dist-packages/app/models.py", "", []],
    ["/root/.cargo/registry/src/calc.py", "", []],
    ["tools/README.md", "", []],
    ["/etc/hostname.md and a.js", "", []],
    ["index.js", "", ["src/index.js"]],
  ];
  for (const [text, folder, wanted] of cases) assert.deepEqual(named.in(text, folder), wanted, `${text} in ${folder}`);
});

Deno.test("a path that stands outside of the project on this machine names no file of it", () => {
  const outside = Deno.makeTempFileSync({ suffix: "_calc.py" });
  try {
    const own = new NamedFiles([outside.slice(outside.lastIndexOf("/") + 1)]);
    assert.deepEqual(own.in(`${outside}:3`, ""), []);
    assert.deepEqual(own.in(`/no/such${outside}:3`, ""), own.in(outside.slice(outside.lastIndexOf("/") + 1), ""));
  } finally {
    Deno.removeSync(outside);
  }
});

Deno.test("what a check of a folder says is written with the paths of the project", () => {
  const cases: [text: string, folder: string, wanted: string][] = [
    ["tests/test_a.py:3: wrong", "backend", "backend/tests/test_a.py:3: wrong"],
    ["(./src/a.js:1)", "backend", "(./backend/src/a.js:1)"],
    ["backend/src/a.js:1", "backend", "backend/src/a.js:1"],
    ["src/a.js", "", "src/a.js"],
    ["src/none.js", "backend", "src/none.js"],
    ["lib/[id].ts:2", "web", "web/lib/[id].ts:2"],
  ];
  for (const [text, folder, wanted] of cases) assert.equal(named.written(text, folder), wanted, `${text} in ${folder}`);
});
