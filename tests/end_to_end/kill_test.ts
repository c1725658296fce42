import assert from "node:assert/strict";
import { killedRuns } from "./fixtures/killed_runs.ts";
import { processMark } from "./fixtures/processes.ts";

Deno.test({
  name: "a process that is left behind would be seen",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const mark = processMark();
    const child = new Deno.Command("cat", { env: mark.environment, stdin: "piped", stdout: "null" }).spawn();
    assert.equal((await mark.alive()).length, 1);
    await child.stdin.close();
    await child.status;
    assert.deepEqual(await mark.left(), []);
  },
});

// More kills, at other moments, are in tests/long.
Deno.test({
  name: "a run that is killed 3 times at any moment ends accepted, with every write done once",
  // The look at the environment of processes needs a ps that shows it.
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await killedRuns(3, 1);
  },
});
