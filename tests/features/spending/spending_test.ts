import assert from "node:assert/strict";
import type { FailureClass } from "../../../src/kernel/failure.ts";
import { tokensLeft } from "../../../src/kernel/budget.ts";
import { after, answer, started } from "../../given/given.ts";

const ask = (key: string, purpose: "decide" | "work" | "text" = "decide") => ({
  type: "effect_opened" as const,
  effect: {
    kind: "ask" as const,
    key,
    role: "arbiter",
    turn: null,
    purpose,
    legal: ["finish"],
    temperature: 0,
    seed: 1,
    answerLimit: 100,
    reserved: 500,
  },
});

Deno.test("what an ask set aside is given back, and what it used is booked: counts, else estimates, nothing for a host that was not there", () => {
  const opened = after(started(), ask("a"));
  assert.deepEqual(opened.spending.run, { tokens: 0, reserved: 500, turns: 1 });
  assert.deepEqual(after(opened, answer("a", [])).spending.run, { tokens: 100, reserved: 0, turns: 1 });
  const placed = after(opened, {
    type: "ask_placed",
    key: "a",
    host: "fast",
    model: "m",
    way: "constrained",
    window: 8192,
    estimated: 80,
    reason: "",
  });
  assert.equal(
    after(placed, { type: "effect_failed", key: "a", failure: "unreachable", text: "", ms: 1 }).spending.run.tokens,
    0,
  );
  assert.equal(
    after(placed, {
      type: "effect_cancelled",
      key: "a",
      by: "person",
      partial: { text: "x".repeat(32), chars: 32 },
      ms: 1,
    }).spending.run.tokens,
    90,
  );
  assert.equal(
    after(placed, { type: "effect_failed", key: "a", failure: "cut_off", text: "", ms: 1, answerTokens: 7 }).spending
      .run
      .tokens,
    87,
  );
});

Deno.test("what an ask spent on replies that do not count is booked on the run and on its role", () => {
  const doubted = after(started(), ask("a"), {
    type: "prompt_doubted",
    key: "a",
    host: "fast",
    model: "m",
    window: 8192,
    estimated: 300,
    counted: 100,
    finding: "cut",
    holds: 95,
    ratio: null,
    tokens: 120,
    text: "",
  });
  const refused = after(doubted, {
    type: "way_refused",
    key: "a",
    host: "fast",
    model: "m",
    way: "native",
    other: "constrained",
    tokens: 30,
    text: "",
  });
  assert.deepEqual(refused.spending.run, { tokens: 150, reserved: 500, turns: 1 });
  assert.deepEqual(refused.spending.byRole.arbiter, { tokens: 150, reserved: 500, turns: 1 });
});

Deno.test("an ask that was not answered in time has spent its prompt and what came, one that was refused nothing", () => {
  const placed = after(started(), ask("a"), {
    type: "ask_placed",
    key: "a",
    host: "fast",
    model: "m",
    way: "constrained",
    window: 8192,
    estimated: 80,
    reason: "",
  });
  const failed = (failure: FailureClass) =>
    after(placed, {
      type: "effect_failed",
      key: "a",
      failure,
      text: "",
      ms: 7,
      partial: { text: "x".repeat(32), chars: 32 },
    }).spending.run;
  for (const failure of ["total_timeout", "silent", "crashed"] as const) {
    assert.deepEqual(failed(failure), { tokens: 90, reserved: 0, turns: 1 }, failure);
  }
  for (
    const failure of [
      "busy",
      "unauthorized",
      "rate_limited",
      "model_missing",
      "thinking_unsupported",
      "schema_refused",
      "load_failed",
      "bad_request",
    ] as const
  ) assert.deepEqual(failed(failure), { tokens: 0, reserved: 0, turns: 1 }, failure);
});

Deno.test("what a model may think beside its answer is set aside, so that nobody else spends it, and is given back", () => {
  const placing = (thinking?: number) => ({
    type: "ask_placed" as const,
    key: "a",
    host: "fast",
    model: "m",
    way: "constrained" as const,
    window: 8192,
    estimated: 80,
    reason: "",
    ...(thinking !== undefined && { thinking }),
  });
  const placed = after(started(), ask("a"), placing(300));
  assert.deepEqual(placed.spending.run, { tokens: 0, reserved: 800, turns: 1 });
  assert.equal(
    tokensLeft(
      after(started({ limits: { tokens: 1_000, turns: null, wallMs: null } }), ask("a"), placing(300)),
      "arbiter",
    ),
    200,
  );
  assert.deepEqual(after(placed, answer("a", [])).spending.byRole.arbiter, { tokens: 100, reserved: 0, turns: 1 });
  assert.equal(after(placed, placing()).spending.run.reserved, 500, "it is asked again without");
});
