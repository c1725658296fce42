import assert from "node:assert/strict";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { withTestFrame, withTestGround } from "../../src/prompt/test_ground.ts";

const by = Object.values(LANGUAGES);

/** The lines that are shown with the one that holds a word, and its neighbours up to the last line named. */
function shownWith(text: string, first: string, lines: number, room = 10_000): string[] {
  const all = text.split("\n");
  const from = all.findIndex((line) => line.includes(first)) + 1;
  const ranges = withTestGround(text, [{ from, to: from + lines - 1 }], room, by);
  return ranges.flatMap((range) => all.slice(range.from - 1, range.to));
}

const PYTHON = `import unittest

from sales import best

RATES = {
    "north": 2,
}
UNUSED = 1


def other_helper():
    return UNUSED


def sale(seller, amount):
    return {"seller": seller, "amount": amount * RATES["north"]}


class SalesTest(unittest.TestCase):
    limit = 3

    def setUp(self):
        self.sales = [sale("Ada", 90)]

    def test_first(self):
        self.assertEqual(1, 1)
        self.assertEqual(2, 2)

    def test_second(self):
        self.assertEqual(3, 3)
        self.assertEqual(4, 4)

    def test_best(self):
        self.assertEqual(best(self.sales, self.limit), ["Ada"])
`;

Deno.test("with a test is shown what sets it up, and the helpers and values of its file that it and these name, and no others", () => {
  const shown = shownWith(PYTHON, "def test_best", 2).join("\n");
  assert.match(shown, /def setUp\(self\):\n {8}self\.sales = \[sale\("Ada", 90\)\]/);
  assert.match(shown, /def sale\(seller, amount\):\n {4}return/);
  assert.match(shown, /RATES = \{\n {4}"north": 2,\n\}/);
  assert.match(shown, /limit = 3/);
  assert.doesNotMatch(shown, /def other_helper|test_second|assertEqual\(4/);
});

Deno.test("with a test as a pattern is shown in which class it stands, with what is set up for it, and no other test", () => {
  const all = PYTHON.split("\n");
  const from = all.findIndex((line) => line.includes("def test_best")) + 1;
  const shown = withTestFrame(PYTHON, [{ from, to: from + 1 }], 10_000, by);
  const text = shown.flatMap((range) => all.slice(range.from - 1, range.to)).join("\n");
  assert.match(text, /^class SalesTest\(unittest\.TestCase\):\n(?: {4}.*\n|\n)* {4}def setUp\(self\):$/m);
  assert.doesNotMatch(text, /test_first|test_second|def other_helper/);
  const narrow = text.length - 20;
  assert.deepEqual(
    withTestFrame(PYTHON, [{ from, to: from + 1 }], narrow, by),
    withTestGround(PYTHON, [{ from, to: from + 1 }], narrow, by),
    "without room for it the class is not named",
  );
});

const JAVASCRIPT = `import { League } from "../src/league.js";

describe("a league", () => {
  let league;
  const names = ["Reds", "Blues"];

  beforeEach(() => {
    league = new League(names);
  });

  function entered(goals) {
    return league.enter("Reds", goals);
  }

  test("is empty", () => {
    const table = [];
    assert.deepEqual(league.table(), table);
  });

  test("counts goals", () => {
    const table = [2];
    assert.deepEqual(entered(2), table);
  });
});
`;

Deno.test("what stands before each test in a group of them is shown with one, and nothing of another test", () => {
  const shown = shownWith(JAVASCRIPT, 'test("counts', 4).join("\n");
  assert.match(shown, /let league;\n {2}const names = \["Reds", "Blues"\];/);
  assert.match(shown, /beforeEach\(\(\) => \{\n {4}league = new League\(names\);\n {2}\}\);/);
  assert.match(shown, /function entered\(goals\)/);
  assert.doesNotMatch(shown, /const table = \[\];/);
});

Deno.test("what is long, or has no room, is not shown with a test, and a file without such things adds nothing", () => {
  const long = `const words = [\n${"  1,\n".repeat(60)}];\n\n${"\n// aside\n".repeat(4)}\ntest("a", () => words);\n`;
  assert.deepEqual(shownWith(long, 'test("a"', 1), ['test("a", () => words);']);
  assert.deepEqual(shownWith(PYTHON, "def test_best", 2, 95), PYTHON.split("\n").slice(-3, -1));
  const go = 'package a\n\nfunc TestA(t *testing.T) {\n\tt.Run("b", check)\n}\n';
  assert.deepEqual(shownWith(go, "func TestA", 3), ["func TestA(t *testing.T) {", '\tt.Run("b", check)', "}"]);
});

Deno.test("of a file of tests that is long, or in which everything is named, no more is shown and searched than there is room for", () => {
  const names = Array.from({ length: 2_900 }, (_, index) => `a${index}`);
  const values = `${names.map((name) => `${name} = 1`).join("\n")}\n\n\n\n\n\ndef test_all():\n    ${
    names.join(" + ")
  }\n`;
  const shown = withTestGround(values, [{ from: 2_906, to: 2_907 }], 100_000, by);
  assert.ok(shown.reduce((sum, { from, to }) => sum + to - from + 1, 0) <= 45);
  const long = "a = 1\n".repeat(170_000);
  assert.deepEqual(withTestGround(long, [{ from: 9, to: 9 }], 8_000, by), [{ from: 9, to: 9 }]);
});

Deno.test("a file of tests in which each line is indented more than the one before is read in one go", () => {
  const steep = Array.from({ length: 4_000 }, (_, index) => `${" ".repeat(index)}const a${index} = [`).join("\n");
  assert.ok(withTestGround(steep, [{ from: 1, to: 1 }], 10_000, by).length <= 2);
});

Deno.test("what sets up other groups of tests is no ground of one, however many there are, and its own is nearest", () => {
  const groups = Array.from(
    { length: 8 },
    (_, index) =>
      `describe("part ${index}", () => {\n  let shop;\n\n  beforeEach(() => {\n    shop = makeShop(${index});\n    shop.open();\n    shop.fill();\n  });\n\n  function sold() {\n    return shop.sold(${index});\n  }\n\n  test("sells ${index}", () => {\n    sold();\n  });\n});\n`,
  ).join("\n");
  const shown = shownWith(groups, 'test("sells 7"', 3).join("\n");
  assert.match(shown, /makeShop\(7\)/);
  assert.match(shown, /shop\.sold\(7\)/);
  assert.doesNotMatch(shown, /\([0-6]\)/);
  const parts = [1, 2, 3].map((part) =>
    `class Part${part}(TestCase):\n    def setUp(self):\n        self.shop = Shop(${part})\n\n    def helper(self):\n        return Fake().call(${part})\n\n    def test_it(self):\n        self.helper()  # ${part}\n`
  );
  const python = `class Fake:\n    def call(self, it):\n        return it\n\n\n${parts.join("\n\n")}`;
  const own = python.split("\n").findIndex((line) => line.includes("# 3"));
  const ranges = withTestGround(python, [{ from: own, to: own + 1 }], 10_000, by);
  const lines = ranges.flatMap((range) => python.split("\n").slice(range.from - 1, range.to)).join("\n");
  assert.match(lines, /def call\(self, it\)[^]*Shop\(3\)[^]*call\(3\)/);
  assert.doesNotMatch(lines, /\([12]\)/);
});

Deno.test("a value that tests stand on is shown whole, or not at all", () => {
  const whole = [
    ["go", "var table = []struct {\n\ta int\n}{\n\t{1},\n}\n", "}"],
    ["javascript", "const table = makeShop(\n  1,\n).with(2, {\n  a: 3,\n});\n", "});"],
    ["javascript", "const table = `\n<p>\n1\n`;\n", "`;"],
    ["python", 'table = """\n<p>\n1\n"""\n', '"""'],
  ] as const;
  for (const [name, value, end] of whole) {
    const text = `${value}\n\n\n\n\n\nuse(table)\n`;
    const all = text.split("\n");
    const shown = withTestGround(text, [{ from: all.length - 1, to: all.length - 1 }], 10_000, [LANGUAGES[name]!]);
    const [first] = shown;
    assert.deepEqual(all.slice(first!.from - 1, first!.to).join("\n"), value.trimEnd(), name);
    assert.ok(value.endsWith(`${end}\n`));
  }
  const open = `const table = \`\n${"1\n".repeat(60)}\`;\n\n\nuse(table);\n`;
  assert.equal(withTestGround(open, [{ from: 65, to: 65 }], 10_000, [LANGUAGES.javascript!]).length, 1);
});
