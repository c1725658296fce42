import assert from "node:assert/strict";
import { debugging } from "../../src/phases/debugging.ts";
import { after, result, started, task } from "../given/given.ts";
import { crew } from "../laws/crew.ts";

const FAILING = [result("t: a", false, ["src/a.ts"])];

const registry = crew();

Deno.test("a parked task returns once something was written since, and not before", () => {
  const parked = after(
    started({}, FAILING),
    { type: "tasks_planned", tasks: [task({ checks: ["t: a"] })], refused: [], by: "rules" },
    { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
    { type: "task_changed", id: "T1", status: "parked", reason: "five attempts did not do it" },
  );
  assert.equal(debugging.nextTask!(parked, registry), null);
  assert.equal(debugging.hasWork(parked, registry), false);
  const write = { path: "src/b.ts", before: "1", after: "2", modeBefore: null, modeAfter: null, createdFolders: [] };
  const call = { name: "rewrite_file", arguments: { path: "src/b.ts" } };
  const wrote = after(
    parked,
    {
      type: "effect_opened",
      effect: { kind: "tool", key: "w", turn: "t1", role: "coding", access: "writes", call },
    },
    { type: "write_opened", key: "w", write },
    { type: "write_closed", key: "w", write, done: true },
  );
  assert.equal(debugging.nextTask!(wrote, registry)?.id, "T1");
});
