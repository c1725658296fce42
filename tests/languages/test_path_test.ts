import { LANGUAGES } from "../../src/languages/languages.ts";
import assert from "node:assert/strict";
import { isBareTest } from "../../src/languages/holds_tests.ts";
import { isTestPath } from "../../src/languages/test_path.ts";

Deno.test("test files are told by their folder or their name", () => {
  for (
    const path of [
      "tests/a.ts",
      "src/__tests__/a.js",
      "spec/a.rb",
      "a_test.go",
      "src/a.test.ts",
      "test_a.py",
      "conftest.py",
      "lib/a-test.js",
    ]
  ) {
    assert.ok(isTestPath(path, LANGUAGES), path);
  }
  for (
    const path of [
      "src/a.ts",
      "src/latest.ts",
      "contest/a.py",
      "src/testing.md",
      "attest_a.py",
      "src/commands/test.ts",
      "latest.js",
      "pages/test.tsx",
      "src/test-results.tsx",
      "app/tests.py",
      "src/quiz/test.rs",
    ]
  ) {
    assert.ok(!isTestPath(path, LANGUAGES), path);
  }
});

Deno.test("a name that sources have, too, is that of a test where the file holds some", () => {
  const held: readonly (readonly [path: string, text: string])[] = [
    ["test.js", 'import test from "node:test";\n'],
    ["src/test.ts", 'Deno.test("a", () => {});\n'],
    ["src/test-a.tsx", 'describe("a", () => {\n  it.only(`b`, () => {});\n});\n'],
    ["test-more.mjs", 'import assert from "node:assert/strict";\n'],
    ["test.cjs", 'const assert = require("assert");\n'],
    ["tests.py", "import unittest\n"],
    ["app/test.py", "def test_a():\n    pass\n"],
    ["app/tests.py", "class ATest(django.test.TestCase):\n    def test_a(self):\n        pass\n"],
    ["src/tests.rs", "#[tokio::test]\nasync fn works() {}\n"],
  ];
  for (const [path, text] of held) assert.ok(isBareTest(path, text, LANGUAGES, true), path);
  const others: readonly (readonly [path: string, text: string])[] = [
    ["src/test.ts", "export function test(value) {\n  return /a/.test(value);\n}\n"],
    ["src/test-rules.js", 'const all = { test(value) {}, it };\nall.test("a");\nlatest("b");\n'],
    ["pages/test.tsx", "export default function Page() {\n  return null;\n}\n"],
    ["app/tests.py", "class Quiz:\n    def test_of(self):\n        pass\n"],
    ["src/test.rs", "pub fn f() {}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn works() {}\n}\n"],
    ["src/geo.js", 'import test from "node:test";\n'],
    ["src/commands/test.ts", 'import test from "node:test";\n'],
  ];
  for (const [path, text] of others) assert.ok(!isBareTest(path, text, LANGUAGES, true), path);
  assert.ok(!isBareTest("test-more.mjs", held[3]![1], LANGUAGES, false));
});
