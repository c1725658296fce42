import assert from "node:assert/strict";
import { judgeRun } from "../../../src/features/checks/judge_run.ts";
import { after, checked, result, started, task } from "../../given/given.ts";

const DONE = [
  { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" },
  { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
  { type: "task_changed", id: "T1", status: "done", reason: "" },
] as const;

function finished(first: Parameters<typeof checked>[1], last: Parameters<typeof checked>[1]) {
  return checked(
    after(started({}, first), ...DONE.map((fact) => structuredClone(fact) as Parameters<typeof after>[1])),
    last,
  );
}

Deno.test("a run is accepted with a task done, none open, and every result of the start there and green", () => {
  const judged = judgeRun(finished([result("t: a", false)], [result("t: a", true)]));
  assert.deepEqual(judged, { kind: "accepted", cause: "1 task done, the only check result green." });
});

Deno.test("a run is partial when a check fails, when any result of the start is missing, and when there are no checks", () => {
  assert.deepEqual(judgeRun(finished([result("t: a", false)], [result("t: a", false)])), {
    kind: "partial",
    cause: "1 check still fails: t: a.",
  });
  for (const passed of [true, false]) {
    const judged = judgeRun(finished([result("t: a", passed), result("t: b", true)], [result("t: b", true)]));
    assert.deepEqual(judged, { kind: "partial", cause: "1 check result of the start is missing: t: a." });
  }
  assert.match(judgeRun(finished([], [])).cause, /has no checks/);
});

Deno.test("a run is failed when no task was done, and partial when one is not", () => {
  assert.deepEqual(judgeRun(started({}, [result("t: a", true)])), { kind: "failed", cause: "no task was done." });
  // It ends with one full stop, also where what it names has its own.
  for (const description of ["More", "More."]) {
    const open = after(finished([result("t", true)], [result("t", true)]), {
      type: "tasks_planned",
      tasks: [task({ id: "T2", description })],
      refused: [],
      by: "rules",
    });
    assert.deepEqual(judgeRun(open), { kind: "partial", cause: "1 task not done: More." });
  }
});

Deno.test("a task that was dropped keeps no run from being accepted, and a claim that was is named", () => {
  const green = finished([result("t", false)], [result("t", true)]);
  const dropped = (kind: "issue" | "documentation") =>
    judgeRun(after(
      green,
      { type: "tasks_planned", tasks: [task({ id: "T2", kind })], refused: [], by: "review" },
      { type: "task_changed", id: "T2", status: "in_progress", reason: "" },
      { type: "task_changed", id: "T2", status: "dropped", reason: "nothing to change" },
    ));
  const cause = "1 task done, the only check result green.";
  assert.deepEqual(dropped("documentation"), { kind: "accepted", cause });
  assert.deepEqual(dropped("issue"), { kind: "accepted", cause: `${cause} 1 reported issue that no check shows.` });
});

Deno.test("results that are older than the last write prove nothing", () => {
  const green = finished([result("t", true)], [result("t", true)]);
  const stale = after(
    green,
    {
      type: "effect_opened",
      effect: {
        kind: "tool",
        key: "w",
        turn: "t1",
        role: "coding",
        access: "writes",
        call: { name: "rewrite_file", arguments: { path: "a" } },
      },
    },
    {
      type: "write_closed",
      key: "w",
      done: true,
      write: { path: "a", before: "1", after: "2", modeBefore: null, modeAfter: null, createdFolders: [] },
    },
  );
  assert.deepEqual(judgeRun(stale), {
    kind: "partial",
    cause: "files changed after the checks were executed, so nothing proves the work.",
  });
});
