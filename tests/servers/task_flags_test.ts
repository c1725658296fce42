import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { taskFlags } from "./task_flags.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

Deno.test("the tasks that the tests against real servers are begun with tell their flags, whatever variables they set first", async () => {
  for (const name of ["start", "test"]) {
    const flags = await taskFlags(name, root);
    assert.ok(flags.includes("--no-prompt"), `${name}: ${flags.join(" ")}`);
    assert.ok(flags.every((flag) => flag.startsWith("--")));
  }
});

Deno.test("a task of another program is refused by its name and its command", async () => {
  await assert.rejects(taskFlags("lint", root), /task lint .* is no `deno run/);
});
