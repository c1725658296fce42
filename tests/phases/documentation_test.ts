import assert from "node:assert/strict";
import { documentation } from "../../src/phases/documentation.ts";
import { after, result, started, task } from "../given/given.ts";
import { crew } from "../laws/crew.ts";

const FAILING = [result("t: a", false, ["src/a.ts"])];

const registry = crew();

Deno.test("documents are worked on where the project has some, or where nobody has looked yet", () => {
  const done = after(
    started({}, FAILING),
    { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" },
    { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
    { type: "task_changed", id: "T1", status: "done", reason: "" },
  );
  const at = (documents: readonly string[] | null) =>
    documentation.hasWork(
      { ...done, files: { ...done.files, kept: 1 }, tasks: { ...done.tasks, documents } },
      registry,
    );
  assert.deepEqual([at(null), at(["README.md"]), at([])], [true, true, false]);
});
