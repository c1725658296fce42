import assert from "node:assert/strict";
import { pastRuns, sayWhen, tokensSpentBy } from "../../src/cli/past_runs.ts";
import { journalOf } from "../../src/cli/stored_run.ts";
import { jsonLines, withPlace } from "./fixtures/command_line.ts";
import { callHere as call, contextHere } from "./fixtures/call_here.ts";
import { storeRun } from "./fixtures/stored_runs.ts";

const idOf = (number: number) => `20261122-00000${number}-000${number}`;

Deno.test("the start screen lists the newest runs of the project, how each ended, and how many older ones there are", () =>
  withPlace((place) => {
    for (let number = 1; number <= 8; number++) {
      storeRun(place, { id: idOf(number), goal: `Goal ${number}.`, ended: number !== 8 });
    }
    storeRun(place, { id: idOf(9), goal: "Another's.", project: `${place.folder}/other` });
    const { context } = contextHere(place);
    const listed = () => pastRuns(context, place.project, 2, new Map([[idOf(7), 1_200]]));
    const { runs, older } = listed();
    assert.deepEqual(runs.map(({ goal }) => goal), [8, 7, 6, 5, 4, 3].map((number) => `Goal ${number}.`));
    assert.equal(older, 2);
    assert.deepEqual(runs.slice(0, 2).map(({ ending, kind, tokens }) => [ending, kind, tokens]), [
      ["left", "open", null],
      ["failed", "other", 1_200],
    ]);
    assert.equal(tokensSpentBy(context, idOf(7)), 0);
    assert.equal(tokensSpentBy(context, "20261122-000009-9999"), null);
    const held = journalOf({ path: storeRun(place, { id: "20261123-000000-0001", ended: false }) }, false);
    try {
      assert.equal(listed().runs[0]?.ending, "at work");
    } finally {
      held.close();
    }
    return Promise.resolve();
  }));

Deno.test("runs and show call a run left that has no end of its own, and programs are told as before", () =>
  withPlace(async (place) => {
    storeRun(place, { id: idOf(1), ended: false });
    assert.match((await call(place, ["runs"])).out, new RegExp(`${idOf(1)} +left `));
    assert.match((await call(place, ["show", "last"])).out, /Ended +left; .* goes on with it/);
    assert.equal(jsonLines((await call(place, ["runs", "--json"])).out)[0]?.ending, "open");
  }));

Deno.test("when a run began is said as one says it today", () => {
  const at = (day: number, hour: number, month = 10, year = 2026) => new Date(year, month, day, hour, 5).getTime();
  const now = at(26, 1);
  assert.equal(sayWhen(at(26, 0), now), "today 00:05");
  assert.equal(sayWhen(at(25, 23), now), "yesterday 23:05");
  assert.equal(sayWhen(at(24, 23), now), "24 Nov 23:05");
  assert.equal(sayWhen(at(2, 9, 0), now), "2 Jan 09:05");
  assert.equal(sayWhen(at(31, 9, 11, 2025), now), "31 Dec 2025");
});
