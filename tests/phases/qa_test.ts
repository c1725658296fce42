import assert from "node:assert/strict";
import { due } from "../../src/kernel/due.ts";
import { after, checked, opening, prepared, replied, result, settled } from "../given/given.ts";
import { atWork, FILES, planned, registry } from "../given/given_attempt.ts";

Deno.test("the claim of a small reviewer does not stand for a check that does not pass", () => {
  const reviewed = (checks: readonly string[]) => {
    let state = after(
      checked(planned(checks), [result("t: a", true), result("t: c", true)]),
      { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
      { type: "task_changed", id: "T1", status: "in_review", reason: "" },
      { type: "phase_changed", phase: "qa", reason: "", by: "rules" },
    );
    state = prepared(atWork(state), FILES);
    state = replied(state, [{ name: "report_issue", arguments: { description: "It may be slow" } }]);
    const tool = due(state, registry, state.at).effects[0];
    return settled(
      after(state, opening(tool), {
        type: "effect_finished",
        key: tool!.key,
        result: {
          kind: "tool",
          text: { text: "Reported", chars: 8 },
          outcome: { kind: "issue_reported", severity: "low", description: "It may be slow" },
          ms: 1,
        },
      }),
    );
  };
  const proven = reviewed(["t: a"]).tasks.list;
  assert.deepEqual(proven.map(({ kind, status }) => [kind, status]), [["work", "done"], ["issue", "dropped"]]);
  const missing = reviewed(["t: a", "t: b"]).tasks.list;
  assert.deepEqual(missing.map(({ kind, status }) => [kind, status]), [["work", "in_review"], ["issue", "ready"]]);
});
