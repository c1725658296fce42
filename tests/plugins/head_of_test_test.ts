import { equal } from "node:assert/strict";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { callTool } from "./call_tool.ts";

/** What stands in a new file that a model wrote beside others. */
function created(files: Readonly<Record<string, string>>, path: string, content: string): Promise<string> {
  let text = "";
  return withWorkspace(files, async (workspace) => {
    await callTool("create_file", { path, content }, workspace);
    text = (await workspace.read(path)).text;
  }).then(() => text);
}

const SCRIPT = {
  "bags.js": "export function groupBy() {}\n",
  "bags.test.js":
    'import assert from "node:assert/strict";\nimport test from "node:test";\nimport { groupBy } from "./bags.js";\n\ntest("x", () => assert.ok(groupBy));\n',
};

Deno.test("a new test without a head gets the imports of the one beside it that it uses, and the name that it is about from where that one takes its own", async () => {
  const body = 'test("counts", () => {\n  assert.equal(countBy([1]).size, 1); // groupBy\n});\n';
  equal(
    await created(SCRIPT, "count_by.test.js", body),
    `import assert from "node:assert/strict";\nimport test from "node:test";\nimport { countBy } from "./bags.js";\n${body}`,
  );
  const python = {
    "stats.py": "def mean(values): return 1\n",
    "test_stats.py":
      "import math\nimport unittest\n\nfrom stats import mean\n\n\nclass T(unittest.TestCase):\n    def test_mean(self):\n        self.assertEqual(mean([1]), 1)\n",
  };
  const other =
    "class MedianTest(unittest.TestCase):\n    def test_it(self):\n        self.assertEqual(median([1]), 1)\n";
  equal(await created(python, "test_median.py", other), `import unittest\nfrom stats import median\n${other}`);
  const go = {
    "lists.go": "package lists\n",
    "lists_test.go":
      'package lists\n\nimport (\n\t"reflect"\n\t"testing"\n)\n\nfunc TestA(t *testing.T) { reflect.DeepEqual(1, 1) }\n',
  };
  const short =
    'package lists\n\nimport "testing"\n\nfunc TestWithout(t *testing.T) {\n\treflect.DeepEqual(Without(nil), nil)\n}\n';
  equal(
    await created(go, "without_test.go", short),
    short.replace('"testing"\n', '"testing"\nimport "reflect"\n'),
  );
});

Deno.test("a new file that has its head, declares its names itself, stands elsewhere or is no test stays as it is written", async () => {
  const whole = SCRIPT["bags.test.js"].replaceAll("groupBy", "countBy");
  equal(await created(SCRIPT, "count_by.test.js", whole), whole);
  const own =
    'const { test, assert } = require("./own.js");\nfunction countBy() {}\ntest("x", () => assert(countBy()));\n';
  equal(await created(SCRIPT, "count_by.test.js", own), own);
  const body = 'test("counts", () => assert(countBy([1])));\n';
  equal(await created(SCRIPT, "more/count_by.test.js", body), body);
  equal(await created(SCRIPT, "count_by.js", body), body);
});

const HOTEL = {
  "hotel/room.go": "package hotel\n\nfunc Free() bool { return true }\n",
  "hotel/room_test.go":
    'package hotel\n\nimport "testing"\n\nfunc TestBook(t *testing.T) {\n\tif !Free() {\n\t\tt.Error("taken")\n\t}\n}\n',
};

Deno.test("a new test in Go leaves out what stands beside it word for word, and what is only called the same gets a name of its own", async () => {
  const copy = HOTEL["hotel/room_test.go"].slice(HOTEL["hotel/room_test.go"].indexOf("func"));
  const own = "func TestLeave(t *testing.T) {\n\tif Free() {\n\t\tt.Error(Free())\n\t}\n}\n";
  const head = 'package hotel\n\nimport (\n\t"fmt"\n\t"testing"\n)\n\n';
  equal(
    await created(HOTEL, "hotel/leave_test.go", `${head}${copy}\n${own}`),
    `${head.replace('\t"fmt"\n', "")}${own}`,
  );
  const other = own.replaceAll("TestLeave", "TestBook");
  equal(
    await created(HOTEL, "hotel/leave_test.go", `${head}${other}`),
    `${head.replace('\t"fmt"\n', "")}${own.replaceAll("TestLeave", "TestBook2")}`,
  );
});

Deno.test("a new test that has nothing but what stands beside it, belongs to another package, or whose language gives each file its own names, stays", async () => {
  const same = HOTEL["hotel/room_test.go"];
  equal(await created(HOTEL, "hotel/leave_test.go", same), same);
  const outside = same.replace("package hotel\n", "package hotel_test\n");
  equal(await created(HOTEL, "hotel/leave_test.go", outside), outside);
  const script = SCRIPT["bags.test.js"];
  equal(await created(SCRIPT, "count.test.js", script), script);
  const withInit = {
    ...HOTEL,
    "hotel/room_test.go": `${same}\nfunc init() {}\n\nfunc _() {}\n\nfunc helper() int { return 1 }\n`,
  };
  const head = 'package hotel\n\nimport "testing"\n\n';
  const several = `${head}func init() { Free() }\n\nfunc _() { for _, x := range []int{1} { _ = x } }\n`;
  equal(await created(withInit, "hotel/leave_test.go", several), several);
  const field =
    `${head}func helper() int { return 2 }\n\nfunc TestLeave(t *testing.T) {\n\tfor _, c := range []struct{ helper int }{{helper: 1}} {\n\t\tt.Log(c.helper, helper())\n\t}\n}\n`;
  equal(await created(withInit, "hotel/leave_test.go", field), field, "what is named so may be something else");
  const chosen = `//go:build windows\n\n${same}\nfunc TestLeave(t *testing.T) {}\n`;
  equal(await created(withInit, "hotel/leave_test.go", chosen), chosen);
});

Deno.test("a test beside a new one that cannot be read keeps nobody from writing that", async () => {
  const files = { ...HOTEL, "hotel/z_test.go": "package hotel\n\0\0\0" };
  const own = 'package hotel\n\nimport "testing"\n\nfunc TestBook(t *testing.T) {\n\tt.Log(Free())\n}\n';
  equal(await created(files, "hotel/leave_test.go", own), own.replace("TestBook", "TestBook2"));
  const first = { "test_a.py": "\0\0\0", "stats.py": "def mean(): return 1\n" };
  const test = "def test_mean():\n    assert mean() == 1\n";
  equal(await created(first, "test_mean.py", test), `from stats import mean\n${test}`);
});
