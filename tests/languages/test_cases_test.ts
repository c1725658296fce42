import assert from "node:assert/strict";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { readCases, type TestCase, type TestPlace } from "../../src/languages/test_cases.ts";

const PLACE: TestPlace = { path: "", subject: "", subjectText: null, offers: [], like: null };

/** The test of some cases in a language. */
function written(
  language: "python" | "javascript" | "go",
  cases: readonly TestCase[],
  place: Partial<TestPlace>,
): string | null {
  return LANGUAGES[language].writeTest!(readCases(cases), { ...PLACE, ...place });
}

Deno.test("a case counts as it is meant: without the name that its call is given, the end of its line, a second time", () => {
  assert.deepEqual(
    readCases([
      { call: "const two = f([1, 2]);", gives: "2;" },
      { call: "x := F(`a = b`)", gives: '[]string{"b"}' },
      { call: "total: int = f(1)", gives: "1" },
      { call: "f([1, 2])", gives: "3" },
      { call: "await load(1)", gives: "TypeError: not found" },
    ]),
    [
      { call: "f([1, 2])", gives: "2" },
      { call: "F(`a = b`)", gives: '[]string{"b"}' },
      { call: "f(1)", gives: "1" },
      { call: "await load(1)", gives: "TypeError: not found" },
    ],
  );
});

Deno.test("a value of Go beside the error that did not come is that value, and a call may be one of a value that is written out", () => {
  const cases = [
    { call: 'Parse("#ff8000")', gives: "Colour{255, 128, 0}, nil" },
    { call: "Colour{0, 100, 0}.Hex()", gives: '"#006400"' },
    { call: "(Colour{1, 2, 3}).Hex()", gives: '("#010203", <nil>)' },
    { call: "Grow(1, nil)", gives: "Tree(1, nil)" },
  ];
  assert.deepEqual(readCases(cases).map(({ gives }) => gives), [
    "Colour{255, 128, 0}",
    '"#006400"',
    '"#010203"',
    "Tree(1, nil)",
  ]);
  const place = { path: "hex_test.go", subject: "colour.go", subjectText: "package colour\n", offers: ["Colour"] };
  const text = written("go", cases.slice(0, 3), place)!;
  assert.match(text, /shownHex\(Parse\("#ff8000"\)\), shownHex\(Colour\{255, 128, 0\}\)/);
  assert.match(text, /quotedHex\(Colour\{0, 100, 0\}\.Hex\(\)\), quotedHex\("#006400"\)/);
});

Deno.test("a map or a set as a console writes it is read as code gives it", () => {
  const gives = ["Map(2) { 'a, b' => 1, c => [] }", "Map {}", "Set(2) { [1, 2], 'x' }"];
  assert.deepEqual(
    readCases(gives.map((one, index) => ({ call: `f(${index})`, gives: one }))).map((one) => one.gives),
    ["new Map([['a, b', 1], [c, []]])", "new Map([])", "new Set([[1, 2], 'x'])"],
  );
});

Deno.test("a text that came without quotes, and is nothing else, gets them", () => {
  const gives = ["creme-brulee", "/2024/crème-brûlée", "2024-W05", "a@b", "10-12", "1/2", "x - y", "value"];
  assert.deepEqual(
    readCases(gives.map((one, index) => ({ call: `f(${index})`, gives: one }))).map((one) => one.gives),
    ['"creme-brulee"', '"/2024/crème-brûlée"', '"2024-W05"', '"a@b"', "value"],
  );
});

Deno.test("a name that nothing defines is the text that it is, in a test of any language", () => {
  const cases = ["IV", "LIMIT", "True", "NaN"].map((gives, index) => ({ call: `roman(${index})`, gives }));
  const text = written("python", cases, { path: "test_roman.py", subject: "roman.py", offers: ["LIMIT"] })!;
  const said = [...text.matchAll(/assertEqual\((.*)\)$/gm)].map(([, one]) => one);
  assert.deepEqual(said, ['roman(0), "IV"', "roman(1), LIMIT", "roman(2), True", "roman(3), NaN"]);
});

Deno.test("what is not one call alone, and what only a console writes, is left out", () => {
  const gives = [
    "Map { 1 => }",
    "Map { 1 => 1) || (1 }",
    "Map { a => [1, 2] }",
    "Stack [1, 2]",
    "[1, 2, ...]",
    "the sum of both",
    "'a' => 1",
  ];
  const shady = ["1.5 or True", "1, 2", "1 # all", "1; quit()", "1 if x else 2", "1) or (1", "a ? 1 : 2"];
  const all = [...gives, ...shady].map((one, index) => ({ call: `f(${index})`, gives: one }));
  assert.deepEqual(readCases(all), []);
  const calls = [
    "f",
    "a + b",
    "nothing at all",
    "f(1) + g(2",
    "if (a) b()",
    "f(1)); return; (f(1)",
    "f(1); pass; str(2)",
    "f(1)\nquit()",
  ];
  const more = [
    "f(1) or f(2)",
    "f(1) && g(2)",
    "Half(3)}; func init() { os.Exit(0) }; func g() { fmt.Sprint(1)",
    "f(1) // x",
  ];
  assert.deepEqual(readCases([...calls, ...more].map((call) => ({ call, gives: "1" }))), []);
  assert.deepEqual(readCases([{ call: "f(1)", gives: "f( 1)" }]), [], "what gives what it gives says nothing");
  const money = { call: "Money(1).add(Money(2))", gives: "Money(3)" };
  assert.deepEqual(readCases([money]), [money]);
  const values = [
    "-1.5",
    '"a"',
    "[1]",
    "{ a: 1 }",
    "new Map([[1, 1]])",
    "True",
    "None",
    "map[string]int{}",
    "b'x'",
    "[]string{'a b'}",
  ];
  const kept = readCases(values.map((one, index) => ({ call: `f(${index})`, gives: one })));
  assert.deepEqual(kept.map((one) => one.gives), values);
});

Deno.test("a case in the words of another language, or by the name of its file, is written in those of the test's own", () => {
  const cases = [
    { call: "stats.is_even(null)", gives: "true" },
    { call: "list(is_even('true'))", gives: "[False, nil]" },
  ];
  const python = written("python", cases, { subject: "stats.py" })!;
  assert.match(python, /^from stats import is_even$/m);
  assert.match(
    python,
    /assertEqual\(is_even\(None\), True\)[^]*assertEqual\(list\(is_even\('true'\)\), \[False, None\]\)/,
  );
  const javascript = written("javascript", [{ call: "Math.round(mean([1], (x) => x.size))", gives: "None" }], {
    path: "mean.test.js",
    subject: "stats.js",
  })!;
  assert.match(javascript, /import \{ mean \} from "\.\/stats\.js";/);
  assert.match(javascript, /x\.size\)\), null\);/);
});

Deno.test("a test in Python is written for unittest or pytest as the one beside it, with its way of importing and what its values need", () => {
  const cases = [{ call: "to_roman(4)", gives: "'IV'" }, { call: "to_roman(0)", gives: "a ValueError" }];
  assert.equal(
    written("python", cases, { subject: "src/numbers/roman.py" }),
    `import unittest

from numbers.roman import to_roman


class ToRomanTest(unittest.TestCase):
    def test_to_roman_1(self):
        self.assertEqual(to_roman(4), 'IV')

    def test_to_roman_2(self):
        with self.assertRaises(ValueError):
            to_roman(0)
`,
  );
  const like =
    "import pytest\nfrom datetime import date\nfrom app.roman import year\n\n\ndef test_year():\n    assert year() == 1\n";
  const dated = [...cases, { call: "to_roman(date(2024, 1, 2))", gives: "year()" }];
  assert.equal(
    written("python", dated, { subject: "app/roman.py", offers: ["year", "other"], like }),
    `import pytest

from datetime import date
from app.roman import to_roman, year


def test_to_roman_1():
    assert to_roman(4) == 'IV'


def test_to_roman_2():
    with pytest.raises(ValueError):
        to_roman(0)


def test_to_roman_3():
    assert to_roman(date(2024, 1, 2)) == year()
`,
  );
});

Deno.test("a test in JavaScript takes runner, assertions and modules from the one beside it", () => {
  const cases = [{ call: "slug('A b')", gives: "'a-b'" }, { call: "slug(null)", gives: "TypeError" }];
  const place = { path: "test/slug.test.js", subject: "src/slug.js" };
  const common = `const assert = require("node:assert");
const { it } = require("node:test");
const { other } = require("../src/other.js");
it("is so", () => assert.equal(other(), 1));
`;
  assert.equal(
    written("javascript", cases, { ...place, like: common }),
    `const assert = require("node:assert");
const { it } = require("node:test");
const { slug } = require("../src/slug.js");

it("slug('A b') gives 'a-b'", () => {
  assert.deepStrictEqual(slug('A b'), 'a-b');
});

it("slug(null) gives TypeError", () => {
  assert.throws(() => slug(null));
});
`,
  );
  const vitest =
    'import { expect, test } from "vitest";\nimport { other } from "../src/other";\ntest("x", () => { expect(other()).toBe(1); });\n';
  assert.equal(
    written("javascript", [{ call: "await slug('A')", gives: "'a'" }], { ...place, like: vitest }),
    `import { expect, test } from "vitest";
import { slug } from "../src/slug";

test("await slug('A') gives 'a'", async () => {
  expect(await slug('A')).toEqual('a');
});
`,
  );
  assert.match(
    written("javascript", cases, place)!,
    /^import assert from "node:assert\/strict";\nimport test from "node:test";\nimport \{ slug \}/,
  );
  const strange = 'import { check } from "./own.js";\ntest("x", () => check(1));\n';
  assert.equal(
    written("javascript", cases, { ...place, like: strange }),
    null,
    "nobody knows how it says that something is so",
  );
});

Deno.test("a test in JavaScript takes names as the one beside it does, else as the file gives them: by name or as a whole", () => {
  const module = 'import test from "node:test";\nimport assert from "node:assert";\n';
  const common = 'const test = require("node:test");\nconst assert = require("node:assert");\n';
  const body = 'test("x", () => assert.ok(1));\n';
  const rows: readonly (readonly [subject: string, like: string | null, wanted: string])[] = [
    ["export default function slug(s) {}\n", module, 'import slug from "../src/slug.js";'],
    ["const slug = (s) => s;\n\nexport default slug;\n", module, 'import slug from "../src/slug.js";'],
    ["function slug(s) {}\nexport { slug as default };\n", module, 'import slug from "../src/slug.js";'],
    ["export default (s) => s;\n", module, 'import slug from "../src/slug.js";'],
    ["export default class extends Set {}\n", module, 'import slug from "../src/slug.js";'],
    ["export default function other(s) {}\n", module, 'import { slug } from "../src/slug.js";'],
    [
      "export function slug(s) {}\nexport default slug;\n",
      `${module}import { slug } from "../src/slug.js";\n`,
      'import { slug } from "../src/slug.js";',
    ],
    ["", `${module}import slug from "../src/slug.js";\n`, 'import slug from "../src/slug.js";'],
    ["module.exports = slug;\n", common, 'const slug = require("../src/slug.js");'],
    [
      "module.exports = slug;\n",
      `${common}const slug = require("../src/slug");\n`,
      'const slug = require("../src/slug");',
    ],
    ["module.exports = async function slug(s) {};\n", common, 'const slug = require("../src/slug.js");'],
    ["exports = module.exports = (s) => s;\n", common, 'const slug = require("../src/slug.js");'],
    ["module.exports = { slug };\n", common, 'const { slug } = require("../src/slug.js");'],
    ["exports.slug = (s) => s;\n", common, 'const { slug } = require("../src/slug.js");'],
    ["export default function slug(s) {}\n", common, 'const slug = require("../src/slug.js").default;'],
    ["module.exports = slug;\n", module, 'import slug from "../src/slug.js";'],
    ["module.exports = slug;\n", null, 'const slug = require("../src/slug.js");'],
    ["export default function slug(s) {}\n", null, 'import slug from "../src/slug.js";'],
  ];
  for (const [subjectText, head, wanted] of rows) {
    const place = { path: "test/slug.test.js", subject: "src/slug.js", subjectText, like: head && head + body };
    const text = written("javascript", [{ call: "slug('A b')", gives: "'a-b'" }], place);
    assert.ok(text?.split("\n").includes(wanted), `${subjectText}${head}: ${text}`);
  }
  const two = [{ call: "slug(title('A'))", gives: "'a'" }];
  const place = {
    path: "slug.test.js",
    subject: "slug.js",
    subjectText: "export default function slug() {}\nexport const title = 1;\n",
  };
  assert.match(written("javascript", two, place)!, /^import slug, \{ title \} from "\.\/slug\.js";$/m);
  const both = { ...place, subjectText: "module.exports = slug;\nmodule.exports.title = title;\n" };
  assert.match(
    written("javascript", two, both)!,
    /^const slug = [^\n]*\nconst \{ title \} = require\("\.\/slug\.js"\);$/m,
  );
});

Deno.test("a test in Go stands in the package that it tests, with texts in double quotes and lists of the type of their values, and leaves out what fails or has no type", () => {
  const cases = [
    { call: "Without([]string{'red', \"it's\"}, 'red')", gives: '[]string{"it\'s"}' },
    { call: "First('')", gives: "error: empty" },
    { call: "Reverse([1, two])", gives: "[two, 1]" },
  ];
  const place = { path: "lists/without_test.go", subject: "lists/lists.go", like: "package lists_test\n" };
  const text = written("go", cases, place)!;
  assert.match(text, /^package lists\n\nimport \(\n\t"fmt"\n\t"testing"\n\)\n\nfunc TestWithout1\(t \*testing\.T\) \{/);
  assert.match(
    text,
    /quotedWithout\(Without\(\[\]string\{"red", "it's"\}, "red"\)\), quotedWithout\(\[\]string\{"it's"\}\)/,
  );
  assert.match(text, /Sprintf\("%q", values\)/, "a list of two texts is not one of both in one");
  assert.doesNotMatch(text, /First|Reverse/);
  assert.match(written("go", [{ call: "Sum(1)", gives: "2" }], place)!, /Sprintf\("%v", values\)/);
  assert.equal(written("go", cases.slice(1), place), null);
  assert.equal(written("go", cases, { ...place, like: null }), null, "nobody knows its package");
  const lists = [
    { call: "Pairs([1, 2], [])", gives: "[[1, 'a'], [2]]" },
    { call: "Sort(['b, c', `a]`,], words[0])", gives: "['a]', \"b, c\"]" },
    { call: "Mean([1, 2.5])", gives: "1.75" },
    { call: "Group([][]bool{}, [[1], [2, 3]])", gives: "[True]" },
  ];
  const typed = written("go", lists, { ...place, subjectText: "package lists\nfunc Pairs() {}\n" })!;
  assert.doesNotMatch(typed, /Pairs\(/, "a list of unlike values has no type");
  assert.match(typed, /Sort\(\[\]string\{"b, c", `a\]`\}, words\[0\]\)\), \w+\(\[\]string\{"a\]", "b, c"\}\)/);
  assert.match(typed, /Mean\(\[\]float64\{1, 2\.5\}\)/);
  assert.match(
    typed,
    /Group\(\[\]\[\]bool\{\}, \[\]\[\]int\{\[\]int\{1\}, \[\]int\{2, 3\}\}\)\), \w+\(\[\]bool\{true\}\)/,
  );
});

Deno.test("a test in JavaScript is none where what it is written with is not known to be there", () => {
  const cases = [{ call: "slug('A')", gives: "'a'" }];
  const place = { path: "a.test.js", subject: "a.js" };
  const lines = 'import {\n  expect,\n  it,\n} from "vitest";\nit("x", () => { expect(1).toBe(1); });\n';
  assert.equal(written("javascript", cases, { ...place, like: lines }), null);
  const given = 'import { slug } from "./a.js";\nit("x", () => { expect(1).toBe(1); });\n';
  assert.match(
    written("javascript", cases, { ...place, like: given })!,
    /^import \{ slug \}[^]*expect\(slug\('A'\)\)\.toEqual/,
  );
  const chai = 'import { expect } from "chai";\nit("x", () => { expect(1).to.equal(1); });\n';
  assert.match(written("javascript", cases, { ...place, like: chai })!, /\.to\.deep\.equal\('a'\)/);
  const awaited = [{ call: "await load(0)", gives: "Error" }];
  assert.match(
    written("javascript", awaited, place)!,
    /async \(\) => \{\n {2}await assert\.rejects\(async \(\) => await load\(0\)\);/,
  );
});
