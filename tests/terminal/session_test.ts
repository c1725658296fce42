import assert from "node:assert/strict";
import { startRehearsalFleet } from "../../src/rehearsal/fleet.ts";
import { copySample } from "../../src/rehearsal/sample_project.ts";
import { understudies } from "../../src/rehearsal/understudies.ts";
import { openAutonomy } from "../bench/subjects.ts";
import { followJournal } from "../end_to_end/fixtures/followed_journal.ts";
import { inTemporaryFolder } from "../run/fixtures/temporary_folder.ts";

const IGNORE = Deno.build.os === "windows";
const [TAB, DOWN] = ["\t", "\x1b[B"];

Deno.test({
  name:
    "after a rehearsal a person begins a next goal on the same screen, which is told of the first, then opens that and undoes it",
  ignore: IGNORE,
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const environment = { AUTONOMY_CONFIG_HOME: `${folder}/config`, AUTONOMY_STATE_HOME: `${folder}/state` };
      const kept = `${folder}/kept`;
      const read = () => Deno.readTextFileSync(`${kept}/src/duration.js`);
      const program = await openAutonomy(["rehearse", "--pace", "0", "--keep", kept], environment);
      try {
        const first = await followJournal(`${folder}/state`);
        await first.fact("crew_assembled");
        const before = read();
        const ended = await first.fact("run_ended");
        first.close();
        assert.notEqual(read(), before);
        await program.shows("What follows");
        await program.type("i");
        await program.shows("goal ›");
        await program.type("Look once more.\r");
        const second = await followJournal(`${folder}/state`, 2);
        await second.fact("question_asked");
        await program.shows("What shall be true in the end?");
        await program.type("a");
        const started = await second.fact("run_started");
        assert.equal(ended.kind, "accepted");
        assert.equal(started.goal, "Look once more.");
        assert.equal(started.before?.ending, "accepted");
        assert.equal(started.before?.cause, ended.cause);
        assert.ok(started.before?.files.includes("src/duration.js"));
        await second.fact("run_ended");
        second.close();
        await program.type("S");
        await program.shows("RUNS");
        await program.type(TAB);
        await program.type(DOWN);
        const listed = program.written();
        await program.type("\r");
        await program.shows("the run is over", listed);
        await program.type("U");
        await program.shows("Press U again to undo all of the run");
        await program.type("U");
        await program.shows("R takes that back");
        assert.equal(read(), before);
        // Over the start screen and back, the undo can still be taken back.
        const undone = program.written();
        await program.type("S");
        await program.shows("RUNS", undone);
        await program.type(TAB);
        await program.type(DOWN);
        const again = program.written();
        await program.type("\r");
        await program.shows("the run is over", again);
        await program.type("R");
        await program.shows("Press R again to bring back all of the run");
        await program.type("R");
        await program.shows("as with all of the run again");
        assert.notEqual(read(), before);
        await program.type("U");
        await program.type("U");
        await program.shows("R takes that back", again);
        assert.equal(read(), before);
        await program.type("q");
        await program.shows("\x1b[?1049l");
        const left = program.written();
        await program.shows("follows");
        // What is told in the shell is what became of it since.
        await program.shows("are as they were before the run.", left - 10);
      } finally {
        await program.end();
      }
    }),
});

Deno.test({
  name: "who denies the trust in a project is asked again on the same screen, and the run goes on with a yes",
  ignore: IGNORE,
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const environment = { AUTONOMY_CONFIG_HOME: `${folder}/config`, AUTONOMY_STATE_HOME: `${folder}/state` };
      const fleet = await startRehearsalFleet({ players: understudies(), pace: 0 });
      const project = await copySample();
      const hosts = Object.entries(fleet.hosts).flatMap(([name, url]) => ["--host", `${name}=${url}`]);
      const program = await openAutonomy(["-C", project, ...hosts], environment);
      try {
        await program.shows("RUNS");
        await program.type("Make the failing tests pass.\r");
        const journal = await followJournal(`${folder}/state`);
        try {
          await journal.fact("question_asked");
          await program.shows("Do you trust");
          await program.type("d");
          const { kind } = await journal.fact("run_ended");
          assert.equal(kind, "blocked");
          await program.shows("What follows");
          await program.type("T");
          const from = journal.facts().length;
          await journal.fact("question_asked", ({ kind }) => kind === "trust", from);
          await program.type("a");
          const { approved } = await journal.fact("question_answered", ({ approved }) => approved);
          assert.ok(approved);
          await journal.fact("effect_opened");
          await program.type("\x03");
          await program.shows("again to quit");
          await program.type("\x03");
          await program.shows("left: It can be continued.");
        } finally {
          journal.close();
        }
      } finally {
        await program.end();
        await fleet.close();
        await Deno.remove(project, { recursive: true });
      }
    }),
});

Deno.test({
  name: "who is going to work stands on the screen while a slow host is asked",
  ignore: IGNORE,
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const environment = { AUTONOMY_CONFIG_HOME: `${folder}/config`, AUTONOMY_STATE_HOME: `${folder}/state` };
      const fleet = await startRehearsalFleet({ players: understudies(), pace: 0 });
      const project = await copySample();
      const wakes = Promise.withResolvers<void>();
      const slow = Deno.serve({ port: 0, onListen: () => {} }, async () => {
        await wakes.promise;
        return new Response("", { status: 404 });
      });
      const all = { ...fleet.hosts, slow: `http://127.0.0.1:${slow.addr.port}` };
      const hosts = Object.entries(all).flatMap(([name, url]) => ["--host", `${name}=${url}`]);
      const program = await openAutonomy(["run", "Look at it.", "-C", project, ...hosts], environment);
      try {
        await program.shows("asking the hosts");
        await program.shows("reasoning");
        await program.shows(" asking");
        assert.equal(await hasRun(`${folder}/state`), false);
        wakes.resolve();
        const journal = await followJournal(`${folder}/state`);
        try {
          await journal.fact("question_asked");
          await program.shows(" down");
          await program.shows("Do you trust");
        } finally {
          journal.close();
        }
      } finally {
        wakes.resolve();
        await program.end();
        await slow.shutdown();
        await fleet.close();
        await Deno.remove(project, { recursive: true });
      }
    }),
});

/** Whether a run was begun. */
function hasRun(state: string): Promise<boolean> {
  return Deno.stat(`${state}/runs`).then(() => true, () => false);
}
