import assert from "node:assert/strict";
import { LET_GO } from "../../src/cli/letting_go.ts";
import type { Fact } from "../../src/features/fact.ts";
import { parseFact } from "../../src/plugin/built_in.ts";
import { startRehearsalFleet } from "../../src/rehearsal/fleet.ts";
import { understudies } from "../../src/rehearsal/understudies.ts";
import { openJournal } from "../../src/run/journal.ts";
import { callHere as call } from "./fixtures/call_here.ts";
import { hostFlags, withPlace } from "./fixtures/command_line.ts";
import { storeRun } from "./fixtures/stored_runs.ts";

const ID = "20261128-000000-0001";

Deno.test("a run that was left with the gate shut, or paused, goes on in lines for a screen reader, and says so once", () =>
  withPlace(async (place) => {
    const fleet = await startRehearsalFleet({ players: understudies(), pace: 0 });
    try {
      const journal = openJournal<Fact>({ path: storeRun(place, { id: ID, ended: false }), validate: parseFact });
      const gate: Fact = { type: "hold_placed", hold: { id: "h1", scope: "all", of: "" } };
      journal.append([gate, { type: "run_paused" }], 2);
      journal.close();
      const words = [
        "run",
        "--resume",
        ID,
        "--screen-reader",
        "--trust",
        "--max-turns",
        "3",
        ...hostFlags(fleet.hosts),
      ];
      const first = await call(place, words);
      assert.equal(first.code, 5, first.err);
      assert.equal(first.err.split(LET_GO).length, 2, first.err);
      assert.equal((await call(place, words)).err.includes(LET_GO), false, "nothing is held any more");
    } finally {
      await fleet.close();
    }
  }));
