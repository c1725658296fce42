import assert from "node:assert/strict";
import type { Fact } from "../../src/features/fact.ts";
import { coding } from "../../src/phases/coding.ts";
import { after, checked, CONTINUED, result, settled, started, task } from "../given/given.ts";
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

Deno.test("a task that checks call for comes before those that only the plan wants, unless it waits for one of them", () => {
  const next = (first: readonly string[]) =>
    coding.nextTask!(
      after(started({}, FAILING), {
        type: "tasks_planned",
        tasks: [task({ id: "T1", checks: [] }), task({ id: "T2", checks: ["t: a"], after: [...first] })],
        refused: [],
        by: "rules",
      }),
      registry,
    )?.id;
  assert.equal(next([]), "T2");
  assert.equal(next(["T1"]), "T1");
});

/** A run that checks show, in which so many tasks that no check calls for came to nothing, one became something, and two are left. */
function planOf(failed: number, isGreen: boolean, helped: boolean) {
  const unasked = Array.from(
    { length: failed + 3 },
    (_, at) => task({ id: `T${at + 1}`, checks: [], target: `p${at}.ts` }),
  );
  const tried = unasked.slice(0, failed).flatMap(({ id }): Fact[] => [
    { type: "task_changed", id, status: "in_progress", reason: "" },
    {
      type: "attempt_opened",
      task: id,
      number: 1,
      role: "coding",
      temperature: 0,
      seed: 1,
      elsewhere: false,
      decision: "d0",
    },
    { type: "attempt_closed", task: id, number: 1, verdict: "empty", passed: [], broke: [], summary: "" },
    { type: "task_changed", id, status: "parked", reason: "" },
  ]);
  const state = after(
    started({}, FAILING),
    { type: "tasks_planned", tasks: unasked, refused: [], by: "reasoning" },
    { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
    ...tried,
    { type: "task_changed", id: unasked[failed]!.id, status: "in_progress", reason: "" },
    { type: "task_changed", id: unasked[failed]!.id, status: helped ? "done" : "dropped", reason: "" },
  );
  const over = settled(after(checked(state, [result("t: a", isGreen)]), CONTINUED));
  return over.tasks.list.slice(-2).map(({ status }) => status);
}

Deno.test("a plan whose tasks come to nothing while all checks pass is left after three, with nothing claimed of the others", () => {
  assert.deepEqual(planOf(3, true, false), ["parked", "parked"]);
  for (const [failed, isGreen, helped] of [[2, true, false], [3, false, false], [3, true, true]] as const) {
    assert.deepEqual(planOf(failed, isGreen, helped), ["in_progress", "ready"], `${failed} ${isGreen} ${helped}`);
  }
});
