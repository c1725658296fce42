import assert from "node:assert/strict";
import { judgeSpent } from "../../../src/features/checks/judge_spent.ts";
import type { CheckFact } from "../../../src/effects/check/check_effect.ts";
import type { Task } from "../../../src/features/tasks/task.ts";
import { due } from "../../../src/kernel/due.ts";
import { after, checked, result, started, task } from "../../given/given.ts";
import { crew } from "../../laws/crew.ts";

const TIME = "The run's time is spent: 60 s.";
const RED = [result("t: a", false), result("t: b", true)];
const GREEN = [result("t: a", true), result("t: b", true)];

/** A run whose checks gave `first` and give `last`, with tasks in the states that they name. */
function run(first: readonly CheckFact[], last: readonly CheckFact[], ...tasks: readonly Partial<Task>[]) {
  const begun = after(started({ limits: { tokens: null, turns: null, wallMs: 60_000 } }, first), {
    type: "tasks_planned",
    tasks: tasks.map((some, index) => task({ id: `T${index + 1}`, ...some, status: "ready" })),
    refused: [],
    by: "rules",
  });
  const worked = tasks.reduce((state, { status = "ready" }, index) => {
    const way = status === "in_review" || status === "done" ? ["in_progress", status] as const : [];
    return after(
      state,
      ...way.map((to) => ({ type: "task_changed" as const, id: `T${index + 1}`, status: to, reason: "" })),
    );
  }, begun);
  return checked(worked, last);
}

Deno.test("a run whose time is over is accepted where checks that failed pass and none fails, and what was not reviewed is named", () => {
  const spent = run(
    RED,
    GREEN,
    { checks: ["t: a"], status: "in_review" },
    { kind: "documentation", description: "Bring the documents up to date." },
  );
  assert.deepEqual(judgeSpent(spent, "budget", TIME), {
    type: "run_ended",
    kind: "accepted",
    cause:
      "All 2 check results are green. The run's time is spent: 60 s. Left undone: the review of T1; T2 (Bring the documents up to date).",
    spent: true,
  });
  assert.equal(judgeSpent(spent, "no_host", "No host answers").kind, "accepted");
  assert.deepEqual(
    due(spent, crew(), spent.clock.startedAt! + 60_000).facts,
    [judgeSpent(spent, "budget", TIME)],
    "so ends the run itself",
  );
});

Deno.test("it is accepted with nothing left to name where all is done, also without an end that anybody decided on", () => {
  const { kind, cause } = judgeSpent(run(RED, GREEN, { checks: ["t: a"], status: "done" }), "budget", TIME);
  assert.deepEqual([kind, cause], ["accepted", "All 2 check results are green. The run's time is spent: 60 s."]);
});

Deno.test("it is partial where a check fails, where work that no check stands for is left, and where nothing failed before", () => {
  const ends = (...given: Parameters<typeof run>) => {
    const { kind, cause } = judgeSpent(run(...given), "budget", TIME);
    return [kind, cause];
  };
  assert.deepEqual(ends([...RED, result("t: c", false)], [...GREEN, result("t: c", false)], { checks: ["t: a"] }), [
    "partial",
    `${TIME} 1 check still fails: t: c.`,
  ]);
  assert.deepEqual(ends(RED, GREEN, { checks: ["t: a"], status: "done" }, { description: "Add a flag." }), [
    "partial",
    `${TIME} 1 task not done: Add a flag.`,
  ]);
  assert.equal(ends(GREEN, GREEN, { checks: [], status: "done" })[0], "partial");
});

Deno.test("it ends for what it lacks where nothing was reached, and where hosts are gone and the work is not whole", () => {
  const none = run(RED, RED, { checks: ["t: a"] });
  assert.deepEqual(judgeSpent(none, "budget", TIME), { type: "run_ended", kind: "budget", cause: TIME, spent: true });
  const half = run([...RED, result("t: c", false)], [...GREEN, result("t: c", false)], { checks: ["t: a"] });
  assert.equal(judgeSpent(half, "no_host", "No host answers.").kind, "no_host");
});
