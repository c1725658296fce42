import type { ToolEffect } from "../../src/effects/tool/tool_effect.ts";
import assert from "node:assert/strict";
import { documentRule, leaseRule, testRule } from "../../src/features/rules.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import type { State } from "../../src/features/state.ts";
import { after, result, started } from "../given/given.ts";

function effect(
  name: string,
  access: ToolEffect["access"],
  args: Record<string, unknown>,
  some: Partial<ToolEffect> = {},
): ToolEffect {
  return { kind: "tool", key: "k1", turn: "t1", role: "coding", access, call: { name, arguments: args }, ...some };
}

const rule = testRule(LANGUAGES);
const judges = (state: State, asked: ToolEffect) => rule(state, asked, {});
const FAILING = [result("t: a", false, ["tests/a_test.ts", "src/a.ts"])];

Deno.test("a test that judges the work is not changed without a person, and with one only when they allow it", () => {
  const write = effect("rewrite_file", "writes", { path: "./tests/a_test.ts" });
  const alone = judges(started({ headless: true }, FAILING), write);
  assert.equal(alone?.verdict, "refuse");
  assert.match(alone?.verdict === "refuse" ? alone.reason : "", /change the code that it tests, not the test/);
  assert.equal(judges(started({}, FAILING), write)?.verdict, "confirm");
});

Deno.test("a new test, a test that judges nothing, a test that the goal names and any source may be written", () => {
  const headless = started({ headless: true }, FAILING);
  assert.equal(judges(headless, effect("create_file", "writes", { path: "tests/new_test.ts" })), null);
  assert.equal(judges(headless, effect("rewrite_file", "writes", { path: "src/a.ts" })), null);
  assert.equal(judges(headless, effect("read_file", "reads", { path: "tests/a_test.ts" })), null);
  const named = started({ headless: true, goal: "Correct tests/a_test.ts" }, FAILING);
  assert.equal(judges(named, effect("rewrite_file", "writes", { path: "tests/a_test.ts" })), null);
});

Deno.test("a turn about documents writes documents, other turns are free of that", () => {
  const at = (purpose: "work" | "document"): State =>
    after(started(), {
      type: "turn_opened",
      id: "t1",
      role: "analysis",
      message: "m1",
      purpose,
      tools: [],
      temperature: 0,
      seed: 1,
    });
  for (const path of ["README.md", "docs/use.rst", "CHANGELOG", "notes.txt"]) {
    assert.equal(documentRule(at("document"), effect("edit_file", "writes", { path }), {}), null, path);
  }
  for (const path of ["src/a.ts", "package.json", "requirements.txt", "CMakeLists.txt"]) {
    assert.equal(documentRule(at("document"), effect("edit_file", "writes", { path }), {})?.verdict, "refuse", path);
    assert.equal(documentRule(at("work"), effect("edit_file", "writes", { path }), {}), null, path);
  }
  assert.equal(documentRule(at("document"), effect("read_file", "reads", { path: "src/a.ts" }), {}), null);
});

Deno.test("a test that judges the work is known by any writing of its path, and so are the files that say what the checks run", () => {
  const headless = started({ headless: true }, FAILING);
  for (const path of ["tests//a_test.ts", "././tests/a_test.ts", "/project/tests/a_test.ts", "tests/./a_test.ts"]) {
    assert.equal(judges(headless, effect("edit_file", "writes", { path }))?.verdict, "refuse", path);
  }
  assert.equal(judges(headless, effect("edit_file", "writes", { path: "package.json" }))?.verdict, "refuse");
  assert.equal(judges(headless, effect("edit_file", "writes", { path: "Makefile" })), null, "npm test reads none");
  const named = started({ headless: true, goal: "Add a script to package.json" }, FAILING);
  assert.equal(judges(named, effect("edit_file", "writes", { path: "package.json" })), null);
  const open = after(started(), {
    type: "effect_opened",
    effect: effect("edit_file", "writes", { path: "./src//a.ts" }, { key: "k0", turn: "t0" }),
  });
  assert.equal(leaseRule(open, effect("rewrite_file", "writes", { path: "/project/src/a.ts" }), {})?.verdict, "refuse");
});

Deno.test("a path that one turn is writing is refused to another and to nobody else", () => {
  const open = after(started(), {
    type: "effect_opened",
    effect: effect("edit_file", "writes", { path: "src/a.ts" }, { key: "k0", turn: "t0" }),
  });
  const verdict = leaseRule(open, effect("rewrite_file", "writes", { path: "src/a.ts" }), {});
  assert.equal(verdict?.verdict, "refuse");
  assert.equal(leaseRule(open, effect("rewrite_file", "writes", { path: "src/b.ts" }), {}), null);
  assert.equal(leaseRule(open, effect("rewrite_file", "writes", { path: "src/a.ts" }, { turn: "t0" }), {}), null);
  assert.equal(leaseRule(open, effect("read_file", "reads", { path: "src/a.ts" }), {}), null);
});
