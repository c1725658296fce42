import assert from "node:assert/strict";
import { openAutonomy } from "../../bench/subjects.ts";
import { followJournal } from "../../end_to_end/fixtures/followed_journal.ts";
import { inTemporaryFolder } from "../../run/fixtures/temporary_folder.ts";

Deno.test({
  name:
    "after a run in a terminal a person reads why something was decided and what changed, undoes one task and takes that back",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inTemporaryFolder(async (folder) => {
      // Code in colours comes in pieces.
      const environment = {
        AUTONOMY_CONFIG_HOME: `${folder}/config`,
        AUTONOMY_STATE_HOME: `${folder}/state`,
        NO_COLOR: "1",
      };
      const kept = `${folder}/kept`;
      const read = () => Deno.readTextFileSync(`${kept}/src/duration.js`);
      const program = await openAutonomy(["rehearse", "--pace", "0", "--keep", kept], environment);
      try {
        const journal = await followJournal(`${folder}/state`);
        try {
          await journal.fact("crew_assembled");
          const before = read();
          await journal.fact("run_ended");
          const after = read();
          assert.notEqual(after, before);
          await program.shows("the run is over");
          await program.type("c");
          await program.shows("difference: all of the run");
          await program.type("]");
          await program.shows("difference: task T1");
          await program.shows("Math.floor(milliseconds / size)");
          await program.type("U");
          await program.shows("Press U again to undo task T1");
          await program.type("U");
          await program.shows("R takes that back");
          assert.equal(read(), before);
          await program.type("R");
          await program.shows("Press R again");
          await program.type("R");
          await program.shows("as with task T1 again");
          assert.equal(read(), after);
          // The first key closes the difference.
          await program.type("l");
          await program.type("l");
          await program.shows("select");
          await program.type("\r");
          await program.shows("why d");
          await program.type("\x1b[D");
          await program.shows("it could decide");
          await program.type("q");
          await program.shows("Press q again to quit");
          await program.type("q");
          await program.shows("\x1b[?1049l");
        } finally {
          journal.close();
        }
      } finally {
        await program.end();
      }
    }),
});
