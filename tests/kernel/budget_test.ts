import assert from "node:assert/strict";
import { overBudget } from "../../src/kernel/budget.ts";
import { started } from "../given/given.ts";

Deno.test("what would exceed a limit of the run or of a role is named with its numbers", () => {
  const state = started({
    limits: { tokens: 1_000, turns: null, wallMs: null },
    roleLimits: { coding: { tokens: null, turns: 0, wallMs: null } },
  });
  assert.equal(overBudget(state, { role: "reasoning", reserved: 1_000 }), null);
  assert.deepEqual(overBudget(state, { role: "reasoning", reserved: 1_001 }), {
    whose: "run",
    text: "The run's budget is spent: 0 of 1000 tokens are used or set aside, and the next ask needs up to 1001.",
  });
  assert.deepEqual(overBudget(state, { role: "coding", reserved: 10 }), {
    whose: "role",
    text: "The budget of coding is spent: 0 of 0 asks were made.",
  });
});
