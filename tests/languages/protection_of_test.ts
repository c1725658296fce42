import assert from "node:assert/strict";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { protectionOf, withTestsOf } from "../../src/languages/protection_of.ts";
import { rustTestFiles, rustTests } from "../../src/languages/rust_tests.ts";

Deno.test("tests, what runners load and snapshots judge, sources and documents do not", () => {
  const judging: Readonly<Record<string, string | null>> = {
    "test_a.py": "test",
    "tests/data/in.txt": "test",
    "src/a_test.go": "test",
    "testdata/golden.json": "test",
    "src/__snapshots__/a.ts.snap": "test",
    "tests/conftest.py": "loaded",
    "tests/pytest.ini": "loaded",
    "src/contest.py": null,
    "src/report.ts": null,
    "README.md": null,
    "src/json.py": null,
    "setup.md": null,
  };
  for (const [path, as] of Object.entries(judging)) assert.equal(protectionOf(path, LANGUAGES), as, path);
});

Deno.test("a new module of a name that runners need stands in for it, one that was there does not", () => {
  assert.equal(protectionOf("json.py", LANGUAGES, true), "loaded");
  assert.equal(protectionOf("types/__init__.py", LANGUAGES, true), "loaded");
  assert.equal(protectionOf("src/types.py", LANGUAGES, true), null, "a module of the package src");
  assert.equal(protectionOf("app/json.py", LANGUAGES, true), null);
  assert.equal(protectionOf("json.py", LANGUAGES), null);
});

const CODE = "pub fn add(a: i32, b: i32) -> i32 {\n    a - b\n}\n";
const TESTS = `#[cfg(test)]
mod tests {
    use super::*;
    // A brace } in a comment, one in "a text {", r#"one more "{"#, and '{'.
    #[test]
    fn adds() { assert_eq!(add(1, 2), 3, "{"); }
}
`;

Deno.test("tests inside a source of Rust are found whole, whatever braces stand in their texts", () => {
  const [[from, to] = [0, 0], ...more] = rustTests(CODE + TESTS + CODE);
  assert.equal((CODE + TESTS + CODE).slice(from, to), TESTS.trimEnd());
  assert.deepEqual(more, []);
  assert.deepEqual(rustTests(CODE), []);
  const raw = TESTS.replace('"{");', 'r##"}"} "# { "}"##, r"\\");');
  assert.deepEqual((raw + CODE).slice(...rustTests(raw + CODE)[0]!), raw.trimEnd());
  const open = "#[cfg(test)]\nmod tests {\n" + "{".repeat(50_000);
  assert.deepEqual(rustTests(open), [[0, open.length]]);
});

Deno.test("a module of tests on one line with its attribute, or in a file of its own, is found as well", () => {
  const line = TESTS.replace("\nmod", " mod");
  assert.equal((CODE + line + CODE).slice(...rustTests(CODE + line + CODE)[0]!), line.trimEnd());
  const apart = "#[cfg(test)]\nmod tests;\n";
  assert.equal((CODE + apart + CODE).slice(...rustTests(CODE + apart + CODE)[0]!), apart.trimEnd());
  const cases: readonly (readonly [path: string, text: string, files: readonly string[]])[] = [
    ["src/lib.rs", CODE + apart, ["src/tests.rs", "src/tests/mod.rs"]],
    ["src/lib.rs", "#[cfg(test)] mod checks;\n", ["src/checks.rs", "src/checks/mod.rs"]],
    ["a/src/stack.rs", apart, ["a/src/stack/tests.rs", "a/src/stack/tests/mod.rs"]],
    ["src/stack.rs", '#[cfg(test)]\n#[path = "stack_tests.rs"]\nmod tests;\n', ["src/stack_tests.rs"]],
    ["src/lib.rs", "pub mod tests;\n", []],
    ["src/lib.rs", line, []],
  ];
  for (const [path, text, files] of cases) assert.deepEqual(rustTestFiles(path, text), files, text);
});

Deno.test("the tests inside a source stand as they were, the code as it is now", () => {
  const now = CODE.replace("-", "+") + TESTS.replace("add(1, 2), 3", "1, 1");
  assert.equal(withTestsOf(now, CODE + TESTS, rustTests), `${CODE.replace("-", "+").trimEnd()}\n\n${TESTS}`);
  const same = CODE.replace("-", "+") + TESTS;
  assert.equal(withTestsOf(same, CODE + TESTS, rustTests), same, "only the code changed");
  assert.equal(withTestsOf(CODE + TESTS, CODE, rustTests), CODE, "new tests judge nothing yet");
  assert.match(withTestsOf(CODE, CODE + TESTS, rustTests), /fn adds/, "tests that were taken out stand again");
});
