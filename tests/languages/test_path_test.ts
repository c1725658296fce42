import { LANGUAGES } from "../../src/languages/languages.ts";
import assert from "node:assert/strict";
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
      "test.js",
      "src/test.ts",
      "test-more.mjs",
      "tests.py",
      "app/test.py",
      "src/tests.rs",
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
    ]
  ) {
    assert.ok(!isTestPath(path, LANGUAGES), path);
  }
});
