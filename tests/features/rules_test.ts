import type { ToolEffect } from "../../src/effects/tool/tool_effect.ts";
import assert from "node:assert/strict";
import { documentRule, leaseRule } from "../../src/features/rules.ts";
import type { State } from "../../src/features/state.ts";
import { after, started } from "../given/given.ts";

function effect(
  name: string,
  access: ToolEffect["access"],
  args: Record<string, unknown>,
  some: Partial<ToolEffect> = {},
): ToolEffect {
  return { kind: "tool", key: "k1", turn: "t1", role: "coding", access, call: { name, arguments: args }, ...some };
}

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

Deno.test("a path that is being written is known by any writing of it", () => {
  const open = after(started(), {
    type: "effect_opened",
    effect: effect("edit_file", "writes", { path: "./src//a.ts" }, { key: "k0", turn: "t0" }),
  });
  for (const path of ["/project/src/a.ts", "src/b/../a.ts"]) {
    assert.equal(leaseRule(open, effect("rewrite_file", "writes", { path }), {})?.verdict, "refuse", path);
  }
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
