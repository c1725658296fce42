import assert from "node:assert/strict";
import { ruleDecision } from "../../../src/features/decisions/rule_decision.ts";
import { after, result, started, task } from "../../given/given.ts";
import { crew } from "../../laws/crew.ts";

const FAILING = [result("t: a", false, ["src/a.ts"])];

const registry = crew();

Deno.test("the rules do what has work, issues before all else, and finish when nothing has", () => {
  const planned = after(started({}, FAILING), {
    type: "tasks_planned",
    tasks: [task(), task({ id: "T2", kind: "issue" })],
    refused: [],
    by: "rules",
  });
  assert.deepEqual(ruleDecision(planned, registry).arguments.phase, "debugging");
  const issue = after(planned, { type: "task_changed", id: "T2", status: "dropped", reason: "" });
  assert.deepEqual(ruleDecision(issue, registry).arguments.phase, "coding");
  const review = after(issue, { type: "task_changed", id: "T1", status: "in_progress", reason: "" }, {
    type: "task_changed",
    id: "T1",
    status: "in_review",
    reason: "",
  });
  assert.deepEqual(ruleDecision(review, registry).arguments.phase, "qa");
  const coding = after(issue, { type: "phase_changed", phase: "coding", reason: "", by: "rules" });
  assert.equal(ruleDecision(coding, registry).name, "continue_current_phase");
  const nothing = after(started({}, [result("t: a", true)]), {
    type: "tasks_planned",
    tasks: [task()],
    refused: [],
    by: "rules",
  }, { type: "task_changed", id: "T1", status: "dropped", reason: "" });
  assert.equal(ruleDecision(nothing, registry).name, "finish");
});
