import assert from "node:assert/strict";
import { commitMessage } from "../../src/tell/commit_message.ts";
import { pullRequestOf } from "../../src/tell/pull_request.ts";
import { after, result, started, task } from "../given/given.ts";

/** A run whose one task made a failing check pass. */
function repaired(description: string) {
  const begun = after(
    started({}, [result("npm test: adds", false)]),
    {
      type: "tasks_planned",
      tasks: [{ ...task(), description, checks: ["npm test: adds"] }],
      refused: [],
      by: "rules",
    },
    { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
    { type: "task_changed", id: "T1", status: "done", reason: "" },
    { type: "effect_opened", effect: { kind: "check", key: "c", cause: "test" } },
  );
  const output = { text: "", chars: 0 };
  const results = [result("npm test: adds", true)];
  return after(begun, {
    type: "effect_finished",
    key: "c",
    result: { kind: "check", results, commands: ["npm test"], output, ms: 1 },
  });
}

Deno.test("a commit says its task, what showed it, and the run; a long task is cut at a word and stands whole below", () => {
  const state = repaired("Make add right.");
  assert.equal(
    commitMessage(state, "T1", ["src/add.js"]),
    `Make add right

Shown by:
- npm test: adds: failed before, passes now

Autonomy-Run: ${state.run.info?.id} T1
`,
  );
  const long = `Make ${"every one of the sums ".repeat(6)}right.`;
  const [subject = "", empty, whole] = commitMessage(repaired(long), "T1", []).split("\n");
  assert.ok(subject.length <= 72 && / …$/.test(subject), subject);
  assert.deepEqual([empty, whole], ["", long]);
});

Deno.test("the text of a pull request begins with its title, and says what was done, what shows it, and how the run ended", () => {
  const ended = after(
    repaired("Make add right."),
    { type: "work_committed", branch: "own", tip: "c1", commits: [{ task: "T1", commit: "c1" }] },
    { type: "run_ended", kind: "accepted", cause: "1 task done." },
  );
  const [title, , ...rest] = pullRequestOf(ended).split("\n");
  assert.equal(title, (ended.run.info?.goal ?? "").replace(/\.$/, ""));
  assert.deepEqual(rest.slice(0, 5), [
    "## What was done",
    "- Make add right.",
    "",
    "## What shows it",
    "- npm test: adds: failed before, passes now",
  ]);
  assert.match(rest.join("\n"), /Run \S+ ended accepted: 1 task done\.\n$/);
});
