import assert from "node:assert/strict";
import { progressOf } from "../../src/cli/progress.ts";
import { sayResult } from "../../src/cli/run_result.ts";

Deno.test("a decision that ended its run says once that it failed", () => {
  const closed = { type: "decision_closed", id: "d6", seq: 9, at: 0 } as const;
  assert.deepEqual(progressOf({ ...closed, ok: false, outcome: "failed: no task is done" }), [
    "decision d6 failed: no task is done",
  ]);
  assert.deepEqual(progressOf({ ...closed, ok: true, outcome: "Answered." }), ["decision d6 succeeded: Answered."]);
});

Deno.test("a run that asked nothing says nothing of tokens; one whose servers did not count says so", () => {
  const result = {
    kind: "blocked",
    cause: "The project is not trusted yet.",
    exit: 4,
    run: "r1",
    project: "/p",
    tasks: [],
    files: [],
    tokens: { prompt: null, answer: null, uncounted: 0 },
    asks: 0,
    seconds: 1,
    goOn: "--resume r1 --trust",
  } as const;
  assert.match(sayResult(result, "autonomy"), /^0 tasks; 0 asks, 1\.0 s$/m);
  assert.match(sayResult({ ...result, asks: 2 }, "autonomy"), /^0 tasks; 2 asks, tokens not counted, 1\.0 s$/m);
});
