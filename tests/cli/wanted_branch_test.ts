import assert from "node:assert/strict";
import { branchName } from "../../src/cli/wanted_branch.ts";

Deno.test("a branch is named by words of the goal and the end of the run's id, so that each run has its own", () => {
  const name = (goal: string, pattern = "autonomy/{goal}-{run}") => branchName(pattern, goal, "20260101-000000-3fa2");
  assert.equal(name("Add a --json flag to report."), "autonomy/add-a-json-flag-to-report-3fa2");
  assert.equal(name("Prüfe die Größe"), "autonomy/prufe-die-gro-e-3fa2");
  assert.equal(name("做一个计算器"), "autonomy/work-3fa2", "where no word can stand in a name");
  assert.equal(name("word ".repeat(60)), `autonomy/${"word-".repeat(7)}word-3fa2`);
  assert.equal(name("Add it", "crew/{run}/{goal}"), "crew/3fa2/add-it");
  assert.equal(name("Add it", "own"), "own");
});
