import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { storedStore } from "../../src/cli/stored_store.ts";
import { findRun, readRun } from "../../src/cli/stored_run.ts";
import { AttemptRun } from "./fixtures/attempt_run.ts";
import { contextHere } from "./fixtures/call_here.ts";
import { withPlace } from "./fixtures/command_line.ts";

const ID = "20261122-000000-0001";

Deno.test("a run that was left is looked at as one that is over: work that was not accepted is brought in, and taken back", () =>
  withPlace(async (place) => {
    const path = `${place.project}/a.txt`;
    const read = () => readFileSync(path, "utf8");
    writeFileSync(path, "one\n");
    const stored = new AttemptRun(place, ID, ["T1"]);
    await stored.attempt({ task: "T1", files: { "a.txt": { content: "two\n" } }, verdict: "refuted" });
    stored.close(null);
    const { context } = contextHere(place);
    const run = readRun(findRun(context, ID), false);
    try {
      const store = storedStore(context, run);
      let told = 0;
      const end = store.subscribe(() => told += 1);
      assert.equal(store.state().run.ending?.left, true);
      assert.equal(read(), "one\n");
      assert.equal(
        await store.apply!("T1"),
        "1 file of T1.1 brought in. U in the changes takes that back.",
      );
      assert.equal(read(), "two\n");
      assert.deepEqual([told, store.changes("run").map(({ path }) => path)], [1, ["a.txt"]]);
      assert.equal(store.state().run.ending?.left, true, "it has no end of its own yet");
      await assert.rejects(store.apply!("T9"), /has no task or attempt T9/);
      await store.undo!("run");
      assert.equal(read(), "one\n");
      assert.deepEqual(store.changes("run"), []);
      end();
    } finally {
      run.journal.close();
    }
  }));
