import assert from "node:assert/strict";
import { EMPTY } from "../../src/features/features.ts";
import { sayStatistics } from "../../src/tell/statistics.ts";
import { measuredModel } from "../fleet/fleet_fixture.ts";

Deno.test("the statistics of a run count what each model on each host loaded and how fast it was", () => {
  const loads = { loads: 3, reloads: 2, ahead: 1, unplanned: 1, loadMs: 61_000 };
  const ledger = { strong: { m: measuredModel(30, loads), n: measuredModel(4.25, { reads: null }) } };
  const lines = sayStatistics(EMPTY.statistics, ledger, (name) => name).split("\n\n")[0]!.split("\n")
    .map((line) => line.trim().split(/ {2,}/));
  assert.deepEqual(lines, [
    ["MODEL", "LOADS", "AGAIN", "AHEAD", "UNPLANNED", "LOADING", "READS/S", "WRITES/S"],
    ["m@strong", "3", "2", "1", "1", "1 min 01 s", "600", "30"],
    ["n@strong", "0", "0", "0", "0", "0.0 s", "?", "4.3"],
  ]);
  assert.doesNotMatch(sayStatistics(EMPTY.statistics, {}, (name) => name), /LOADS/);
});
