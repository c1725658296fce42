import assert from "node:assert/strict";
import { coding } from "../../src/phases/coding.ts";
import { after, result, started, task } from "../given/given.ts";
import { crew } from "../laws/crew.ts";

const FAILING = [result("t: a", false, ["src/a.ts"])];

const registry = crew();

Deno.test("a task waits for what it comes after, and goes on when that was parked or dropped", () => {
  const begun = after(
    started({}, FAILING),
    { type: "tasks_planned", tasks: [task(), task({ id: "T2", after: ["T1"] })], refused: [], by: "rules" },
    { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
  );
  assert.equal(coding.nextTask!(begun, registry), null);
  for (const status of ["parked", "dropped", "in_review"] as const) {
    const over = after(begun, { type: "task_changed", id: "T1", status, reason: "" });
    assert.equal(coding.nextTask!(over, registry)?.id, "T2", status);
  }
});
