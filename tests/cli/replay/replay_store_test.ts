import assert from "node:assert/strict";
import { type Replay, replayOf } from "../../../src/cli/replay/replay_store.ts";
import { findRun, type ReadRun, readRun } from "../../../src/cli/stored_run.ts";
import { withStoredRun } from "../../end_to_end/fixtures/stored_run.ts";
import { treeOf } from "../../end_to_end/fixtures/tree.ts";
import { ManualClock } from "../../fakes/manual_clock.ts";
import { callHere, contextHere } from "../fixtures/call_here.ts";

const ACCEPTED = "0.1.0/accepted";

/** Plays a run that version 0.1.0 made. */
function played(test: (replay: Replay, run: ReadRun) => void): Promise<void> {
  return withStoredRun(ACCEPTED, ({ place, id }) => {
    const before = treeOf(place.folder);
    const run = readRun(findRun(contextHere(place).context, id));
    const replay = replayOf(run, 1, { now: () => 0, after: new ManualClock().timer });
    try {
      test(replay, run);
    } finally {
      replay.player.close();
      run.journal.close();
    }
    assert.deepEqual(treeOf(place.folder), before, "nothing is written");
    return Promise.resolve();
  });
}

Deno.test("a run begins with its crew, and at its end its state is that of the run", () =>
  played(({ store, player }, run) => {
    assert.deepEqual(store.roles(), ["arbiter", "coding", "reasoning", "analysis", "interpreter"]);
    player.play("end");
    assert.deepEqual(store.state(), run.state);
    assert.deepEqual(store.changes("run").map(({ path, added, removed }) => [path, added, removed]), [
      ["src/duration.js", 1, 1],
      ["src/slug.js", 1, 1],
      ["src/table.js", 1, 1],
    ]);
    assert.deepEqual(store.hosts().map(({ name }) => name), ["fast", "strong"]);
  }));

Deno.test("what is to come again is not known yet: decisions, changes, replies and threads go back with the run", () =>
  played(({ store, player }) => {
    player.play("end");
    assert.equal(store.decisions().length, 14);
    const replies = store.replies("arbiter");
    assert.ok(store.parts().some(({ id }) => id === "T3"));
    while (store.decisions().length > 6) player.play("decision_back");
    assert.equal(store.decisions().at(-1)?.outcome, null, "it is at work again");
    assert.equal(store.why("d7"), null);
    assert.ok(store.replies("arbiter") < replies);
    assert.deepEqual(store.parts().map(({ id }) => id), ["run"]);
    assert.deepEqual(store.changes("run"), []);
    assert.deepEqual(store.scrollback("coding", Infinity, 100), []);
  }));

Deno.test("what happened last is said, decisions by what they came to be", () =>
  played(({ store, player }) => {
    const said: string[] = [];
    player.play("begin");
    for (let count = 0; count < 6; count += 1) {
      player.play("decision");
      said.push(store.playing!().says);
    }
    assert.match(said[0] ?? "", /^d1 by arbiter: ask analysis: Which files/);
    assert.equal(said[1], "d2 by arbiter: plan the work");
    assert.equal(said[5], "d6 by arbiter: T1 ▸ coding");
  }));

Deno.test("nothing can be sent to a run that is played", () =>
  played(({ store }) => {
    assert.equal(store.send({ kind: "pause" }), "This is a replay: nothing can be sent.");
    assert.equal(store.undo, undefined);
    assert.deepEqual(store.commands(), []);
  }));

Deno.test("without a terminal the replay says what it needs and what does without, and a speed is a number above 0", () =>
  withStoredRun(ACCEPTED, async ({ place, id }) => {
    const { code, err } = await callHere(place, ["replay", id, "--speed", "8"]);
    assert.equal(code, 2);
    assert.match(
      err,
      /The replay needs the screen: Input and output are no terminal\. Without one: `autonomy show \S+` says/,
    );
    const slow = await callHere(place, ["replay", id, "--speed", "0"]);
    assert.match(slow.err, /wanted a number above 0, at most 1000/);
  }));
