import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What is below `tests/` and is no test of ours: stored runs, and projects that are measured with. */
const NO_TESTS = ["tests/runs", "tests/eval/bugs", "tests/eval/wishes"];

Deno.test("each test is run by one of the two tasks, those in tests/long by the second alone", () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${ROOT}/deno.json`));
  const left = /--ignore=(\S+) tests\//.exec(tasks.test.command)?.[1]?.split(",") ?? [];
  const long = tasks["test:long"].command.split(" ").filter((word: string) => word.startsWith("tests/"));
  assert.deepEqual([left, long], [["tests/long", ...NO_TESTS], ["tests/long"]]);
  for (const path of left) assert.ok(Deno.statSync(`${ROOT}/${path}`), path);
});
