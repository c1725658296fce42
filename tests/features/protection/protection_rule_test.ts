import assert from "node:assert/strict";
import type { ToolEffect } from "../../../src/effects/tool/tool_effect.ts";
import { protectionRule } from "../../../src/features/protection/protection_rule.ts";
import type { Registry } from "../../../src/features/registry.ts";
import type { State } from "../../../src/features/state.ts";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import { after, started } from "../../given/given.ts";

const NAMES = { rename: { traits: { edits: "names" } } } as unknown as Registry["tools"];
const rule = protectionRule(LANGUAGES, NAMES);

function verdict(state: State, path: string, name = "rewrite_file", access: ToolEffect["access"] = "writes") {
  return rule(state, {
    kind: "tool",
    key: "k1",
    turn: "t1",
    role: "coding",
    access,
    call: { name, arguments: { path } },
  }, {})
    ?.verdict ?? "allow";
}

/** A run that looked what judges its work. */
function looked(headless: boolean, ...paths: readonly string[]): State {
  const files = paths.map((path) => ({ path, hash: "h1", mode: 0o100644, as: "test" as const }));
  return after(started({ headless, goal: "Correct tests/a_test.ts and package.json" }), {
    type: "files_protected",
    files,
  });
}

Deno.test("a test that was there is changed by a person's yes alone, by whatever name, and whether the goal names it or not", () => {
  const writings = [
    "tests/a_test.ts",
    "./tests//a_test.ts",
    "src/../tests/a_test.ts",
    "/project/tests/a_test.ts",
    "TESTS/A_test.ts",
  ];
  for (const path of writings) {
    assert.equal(verdict(looked(true, "tests/a_test.ts"), path), "refuse", path);
    assert.equal(verdict(looked(false, "tests/a_test.ts"), path), "confirm", path);
  }
  assert.equal(verdict(looked(true, "tests/a_test.ts"), "tests/a_test.ts", "read_file", "reads"), "allow");
});

Deno.test("a name that the goal changes is changed in tests as well: no other one, by no model's wish, by no other tool, in nothing that is loaded", () => {
  const goal = "Rename the function total to sumOf in src/bill.ts, everywhere.";
  const state = { ...looked(true, "tests/a_test.ts"), run: started({ headless: true, goal }).run };
  const renames = (from: string, to: string, path = "tests/a_test.ts", name = "rename", before: State = state) =>
    rule(before, {
      kind: "tool",
      key: "k1",
      turn: "t1",
      role: "coding",
      access: "writes",
      call: { name, arguments: { from, to, path } },
    }, {})?.verdict ?? "allow";
  assert.equal(renames("total", "sumOf"), "allow");
  assert.equal(renames("equal", "notEqual"), "refuse");
  assert.equal(renames("sumOf", "total"), "refuse");
  assert.equal(renames("total", "sumOf", "tests/a_test.ts", "rewrite_file"), "refuse");
  assert.equal(renames("total", "sumOf", "conftest.py"), "refuse");
  const proposed = after(state, {
    type: "criteria_made",
    criteria: [{ text: "Rename equal to notEqual.", how: "test", kind: "rename", names: ["notEqual"], examples: [] }],
    by: "rules",
  });
  assert.equal(renames("equal", "notEqual", "tests/a_test.ts", "rename", proposed), "refuse");
});

Deno.test("a new test is free, and so is any source", () => {
  for (const path of ["tests/new_test.ts", "test_new.py", "src/a.ts", "README.md", "src/config.ts", "statistics.py"]) {
    assert.equal(verdict(looked(true, "tests/a_test.ts"), path, "create_file"), "allow", path);
  }
});

Deno.test("what a runner loads by itself judges the work, there or new", () => {
  const loaded = [
    "conftest.py",
    "pkg/tests/conftest.py",
    "pytest.ini",
    "setup.cfg",
    "tox.ini",
    "pyproject.toml",
    "sitecustomize.py",
    "pytest.py",
    "src/unittest/__init__.py",
    "x.pth",
    ".npmrc",
    "package.json",
    "vitest.config.mts",
    "jest.config.json",
    "vitest.setup.ts",
    ".mocharc.yml",
    "tsconfig.test.json",
    "deno.jsonc",
    "Makefile",
    "rules.mk",
    ".cargo/config.toml",
    "build.rs",
    "Cargo.toml",
    "go.mod",
    "go.work",
    "node_modules/vitest/index.js",
    ".venv/lib/site-packages/pytest/__init__.py",
  ];
  for (const path of loaded) {
    assert.equal(verdict(looked(true), path, "create_file"), "refuse", path);
    assert.equal(verdict(looked(false), path, "create_file"), "confirm", path);
  }
});

Deno.test("before anybody looked each test judges, and once a person changed it the file judges as it stands", () => {
  assert.equal(verdict(started({ headless: true }), "tests/a_test.ts"), "refuse");
  const moved = after(looked(true, "tests/a_test.ts"), {
    type: "protection_moved",
    path: "tests/a_test.ts",
    file: null,
  });
  assert.equal(verdict(moved, "tests/a_test.ts"), "allow");
});
