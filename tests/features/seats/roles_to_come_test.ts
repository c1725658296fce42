import assert from "node:assert/strict";
import { rolesToCome } from "../../../src/features/seats/roles_to_come.ts";
import { BUILT_IN } from "../../../src/plugin/built_in.ts";
import { after, result, started, wished } from "../../given/given.ts";
import { planned } from "../../given/given_attempt.ts";
import { crew } from "../../laws/crew.ts";

const registry = crew();
const begun = (some: Parameters<typeof started>[0] = {}) => started(some, [result("t: a", false)], registry);

Deno.test("the arbiter comes next where it decides, then who acts in the phases with work, then who acts after the present one", () => {
  assert.deepEqual(rolesToCome(begun(), registry), ["arbiter", "reasoning", "coding"]);
  assert.deepEqual(rolesToCome(planned(), registry), ["arbiter", "coding", "reasoning"]);
  assert.deepEqual(rolesToCome(begun({ mode: "off" }), registry), ["reasoning", "coding"]);
  const models = Object.values(registry.roles).map((role) => [role.role, { ...role, models: ["qwen2.5-coder:1.5b"] }]);
  const small = { ...registry, strategies: BUILT_IN.strategies, roles: Object.fromEntries(models) };
  assert.deepEqual(rolesToCome(begun(), small), ["reasoning", "coding"], "a lone small model is asked for no decision");
});

Deno.test("nobody comes next before a run has begun, while it is paused, and once it is over", () => {
  const over = after(begun(), { type: "run_ended", kind: "failed", cause: "it is over" });
  for (const state of [wished(begun(), { kind: "pause" }), over]) {
    assert.deepEqual(rolesToCome(state, registry), []);
  }
});
