import assert from "node:assert/strict";
import { openAutonomy } from "../bench/subjects.ts";
import { withStoredRun } from "../end_to_end/fixtures/stored_run.ts";
import { treeOf } from "../end_to_end/fixtures/tree.ts";

Deno.test({
  name:
    "a stored run is played in a terminal: it stands still, steps, jumps to decisions and the end, shows why and what changed, and nothing is written",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withStoredRun("0.1.0/accepted", async ({ place, id }) => {
      const before = treeOf(place.folder);
      const environment = { AUTONOMY_CONFIG_HOME: place.config, AUTONOMY_STATE_HOME: place.state };
      const program = await openAutonomy(["replay", id, "--speed", "64", "--from", "d5"], environment);
      try {
        await program.shows("REPLAY");
        await program.type(" ");
        await program.shows("‖");
        await program.type("\x1b[H");
        await program.shows("0%");
        await program.type("}");
        await program.shows("d1 by arbiter: ask analysis");
        await program.type("\x1b[C");
        await program.shows("consult from arbiter to analysis");
        await program.type("i");
        await program.shows("This is a replay");
        await program.type("\x1b[F");
        await program.shows("the run is over");
        await program.type("c");
        await program.shows("difference: all of the run");
        await program.type("{");
        await program.shows("d14 by arbiter");
        await program.type("l");
        await program.shows("select");
        await program.type("\r");
        await program.shows("why d14");
        await program.type("{");
        await program.shows("d13 by arbiter");
        await program.type("q");
        await program.shows("\x1b[?1049l");
      } finally {
        await program.end();
      }
      assert.deepEqual(treeOf(place.folder), before);
    }),
});
