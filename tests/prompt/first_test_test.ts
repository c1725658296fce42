import assert from "node:assert/strict";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { firstTest } from "../../src/prompt/first_test.ts";

const python = [LANGUAGES.python!];
const javascript = [LANGUAGES.javascript!];

Deno.test("of a file of tests its beginning stays up to the end of its first test", () => {
  const methods =
    "import unittest\n\n\nclass A(unittest.TestCase):\n    def test_a(self):\n        pass\n\n    def test_b(self):\n        pass\n";
  assert.equal(
    firstTest(methods, "…", python),
    "import unittest\n\n\nclass A(unittest.TestCase):\n    def test_a(self):\n        pass\n    …",
  );
  const cases = 'import test from "node:test";\n\ntest("a", () => {\n  go();\n});\n\ntest("b", () => {});\n';
  assert.equal(
    firstTest(cases, "…", javascript),
    'import test from "node:test";\n\ntest("a", () => {\n  go();\n});\n…',
  );
});

Deno.test("a file with one test stays as it is, and a test without end is cut", () => {
  const one = "def helper():\n    pass\n\n\ndef test_a():\n    pass\n";
  assert.equal(firstTest(one, "…", python), one);
  const long = `def test_a():\n${"    go()\n".repeat(60)}`;
  assert.equal(firstTest(long, "…", python).split("\n").length, 41);
});
