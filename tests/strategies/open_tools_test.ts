import assert from "node:assert/strict";
import { due } from "../../src/kernel/due.ts";
import { after, opening, prepared, replied } from "../given/given.ts";
import { askOf, atWork, FILES, planned, registry, WRITTEN } from "../given/given_attempt.ts";

Deno.test("a tool that was called twice in a row with the same arguments is not legal at the next ask", () => {
  let state = prepared(atWork(planned([])), FILES);
  for (let times = 0; times < 2; times++) {
    assert.ok(askOf(state).legal.includes("search_code"));
    state = replied(state, [{ name: "search_code", arguments: { pattern: "a" } }]);
    const { facts, effects: [tool] } = due(state, registry, state.at);
    if (times === 1) {
      // What it said is known.
      assert.equal(facts[0]?.type, "call_answered");
      state = after(state, ...facts);
      continue;
    }
    assert.equal(tool?.kind, "tool");
    state = after(state, opening(tool), {
      type: "effect_finished",
      key: tool!.key,
      result: { kind: "tool", text: { text: "src/a.ts:1", chars: 10 }, outcome: null, ms: 1 },
    });
  }
  assert.ok(!askOf(state).legal.includes("search_code"));
  assert.ok(askOf(state).legal.includes("read_file"));
});

Deno.test("an attempt executes the checks only after something was written", () => {
  const fresh = prepared(atWork(planned([])), FILES);
  assert.ok(!askOf(fresh).legal.includes("run_checks"));
  const [turn] = Object.values(fresh.turns.open);
  const wrote = after(
    fresh,
    {
      type: "effect_opened",
      effect: {
        kind: "tool",
        key: "w",
        turn: turn!.id,
        role: turn!.role,
        access: "writes",
        call: { name: "rewrite_file", arguments: { path: "src/a.ts" } },
      },
    },
    {
      type: "write_opened",
      key: "w",
      write: WRITTEN,
    },
    { type: "write_closed", key: "w", write: WRITTEN, done: true },
    {
      type: "effect_finished",
      key: "w",
      result: { kind: "tool", text: { text: "Wrote it", chars: 8 }, outcome: null, ms: 1 },
    },
  );
  assert.ok(askOf(wrote).legal.includes("run_checks"));
});
