import { LANGUAGES } from "../../src/languages/languages.ts";
import assert from "node:assert/strict";
import { linesIn, namesIn, rangesOf } from "../../src/prompt/ranges.ts";

const MODULE = [
  'import { a } from "./a.js";',
  'import { b } from "./b.js";',
  "",
  ...Array.from({ length: 40 }, (_, index) => `export const filler${index} = ${index};`),
  "",
  "/**",
  " * Adds.",
  " */",
  "export function add(left, right) {",
  "  const sum = left - right;",
  "",
  "  return sum;",
  "}",
  "",
  "// Another one.",
  "export function other() {",
  "  return add(1, 2);",
  "}",
  "",
].join("\n");

Deno.test("the block around a named line is shown whole, with its comment and the imports of the file", () => {
  const place = MODULE.split("\n").indexOf("  const sum = left - right;") + 1;
  const ranges = rangesOf(MODULE, { places: [place], words: [] }, 4_000, Object.values(LANGUAGES));
  assert.deepEqual(ranges.map((range) => linesIn(MODULE, range)), [
    'import { a } from "./a.js";\nimport { b } from "./b.js";',
    "/**\n * Adds.\n */\nexport function add(left, right) {\n  const sum = left - right;\n\n  return sum;\n}",
  ]);
});

Deno.test("in a class and in a group of tests the method or the test case is shown, not all of it", () => {
  const python = [
    "import unittest",
    "",
    "class AddTest(unittest.TestCase):",
    "    def test_one(self):",
    "        self.assertEqual(add(1, 1), 2)",
    "",
    "    def test_two(self):",
    "        self.assertEqual(add(2, 2), 4)",
    "",
  ].join("\n");
  assert.deepEqual(
    rangesOf(python, { places: [8], words: [] }, 4_000, Object.values(LANGUAGES)).map((range) =>
      linesIn(python, range)
    ),
    [
      "import unittest",
      "    def test_two(self):\n        self.assertEqual(add(2, 2), 4)",
    ],
  );
  const grouped = [
    'describe("add", () => {',
    '  it("adds one", () => {',
    "    expect(add(1, 1)).toBe(2);",
    "  });",
    "",
    '  it("adds two", () => {',
    "    expect(add(2, 2)).toBe(4);",
    "  });",
    "});",
    "",
  ].join("\n");
  assert.deepEqual(rangesOf(grouped, { places: [7], words: [] }, 4_000, Object.values(LANGUAGES)), [{
    from: 6,
    to: 8,
  }]);
});

Deno.test("definitions of wanted names are found, then their uses, as far as there is room", () => {
  const wide = rangesOf(MODULE, { places: [], words: ["add"] }, 4_000, Object.values(LANGUAGES));
  assert.match(linesIn(MODULE, wide.at(-1)!), /^\/\*\*\n \* Adds\.[\s\S]*return add\(1, 2\);\n}$/);
  const tight = rangesOf(MODULE, { places: [], words: ["add"] }, 200, Object.values(LANGUAGES));
  assert.deepEqual(tight.map((range) => linesIn(MODULE, range).split("\n")[0]), ['import { a } from "./a.js";', "/**"]);
  assert.deepEqual(rangesOf(MODULE, { places: [], words: ["nowhere"] }, 4_000, Object.values(LANGUAGES)), []);
});

Deno.test("a block that does not fit is shown around the named line", () => {
  const text = ["def long():", ...Array.from({ length: 400 }, (_, index) => `    step(${index})`)].join("\n");
  const [range] = rangesOf(text, { places: [200], words: [] }, 600, Object.values(LANGUAGES));
  assert.ok(range!.from < 200 && range!.to > 200);
  assert.ok(linesIn(text, range!).length <= 600);
});

Deno.test("the names of a test are what it calls and imports, not what every test has", () => {
  const names = namesIn(
    'import { parseDuration } from "./x.js";\ntest("a", () => {\n  assert.equal(formatDuration(1), "1s");\n});',
    LANGUAGES,
  );
  assert.deepEqual(names, ["formatDuration", "parseDuration"]);
});

Deno.test("a text that opens and never closes is shown to the last line there is", () => {
  const text = "function f() {\n  return `\nopen\n}\n";
  assert.deepEqual(rangesOf(text, { places: [2], words: [] }, 600, Object.values(LANGUAGES)), [{ from: 1, to: 4 }]);
});
