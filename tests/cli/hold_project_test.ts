import assert from "node:assert/strict";
import { startRehearsalFleet } from "../../src/rehearsal/fleet.ts";
import { understudies } from "../../src/rehearsal/understudies.ts";
import { EXIT } from "../../src/cli/exit_code.ts";
import { openJournal } from "../../src/run/journal.ts";
import { takeFolderLock } from "../../src/run/writer_lock.ts";
import { callHere } from "./fixtures/call_here.ts";
import { hostFlags, jsonLines, start, withPlace } from "./fixtures/command_line.ts";
import { storeRun } from "./fixtures/stored_runs.ts";

Deno.test("a second run or undo on a project is refused with 8, with the run at work and its process; one that was killed holds nothing", () =>
  withPlace(async (place) => {
    const earlier = "20261122-000000-0001";
    storeRun(place, { id: earlier });
    // A model that does not answer for long keeps the first run at work.
    const fleet = await startRehearsalFleet({ players: understudies(), pace: 1_000 });
    const hosts = hostFlags(fleet.hosts);
    try {
      const child = start(place, ["run", "goal", "--trust", "--json", ...hosts]);
      const said = new Response(child.stderr).text();
      const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      while (!text.includes('"ask.placed"')) text += (await reader.read()).value ?? assert.fail(text);
      const run = jsonLines(text.split("\n")[0]!)[0]!.run;
      const link = `${place.folder}/same`;
      await Deno.symlink(place.project, link);
      const calls = [["run", "goal", "--timeout", "5"], ["run", "goal", "--timeout", "5", "-C", link], [
        "run",
        "--resume",
        earlier,
        "--timeout",
        "5",
      ], ["undo", earlier]];
      for (const words of calls) {
        const { code, err } = await callHere(place, words[0] === "run" ? [...words, "--trust", ...hosts] : words);
        assert.equal(code, 8, err);
        assert.ok(err.includes(`run ${run} is at work on ${place.project} (process ${child.pid})`), err);
      }
      // A folder of runs of its own does not know the run, and is refused all the same.
      const { code, err } = await callHere({ ...place, state: `${place.folder}/other` }, [
        "run",
        "goal",
        "--trust",
        ...hosts,
      ]);
      assert.equal(code, 8);
      assert.match(err, /another program is at work on \S+\/project/);
      const ids = jsonLines((await callHere(place, ["runs", "--json"])).out).map(({ id }) => id);
      assert.deepEqual(ids, [run, earlier], "a run that is refused leaves nothing behind");
      child.kill("SIGKILL");
      await child.status;
      await reader.cancel();
      await said;
      assert.equal((await callHere(place, ["undo", earlier])).code, 0);
      const after = await callHere(place, ["run", "--continue", "--max-turns", "1", ...hosts]);
      assert.notEqual(after.code, 8, after.err);
    } finally {
      await fleet.close();
    }
  }));

Deno.test("who is refused is told the run at work, not a newer one that is over, nor one at work on another project", () =>
  withPlace(async (place) => {
    const [elsewhere, newer, atWork, earlier] = [4, 3, 2, 1].map((number) => `20261122-000000-000${number}`);
    const paths = [
      storeRun(place, { id: atWork!, ended: false }),
      storeRun(place, { id: elsewhere!, project: `${place.folder}/other`, ended: false }),
    ];
    for (const id of [newer!, earlier!]) storeRun(place, { id });
    const held = [
      takeFolderLock(await Deno.realPath(place.project)),
      ...paths.map((path) => {
        const journal = openJournal({ path, validate: (fact) => fact as { type: string } });
        return { release: () => journal.close() };
      }),
    ];
    try {
      const { code, err } = await callHere(place, ["undo", earlier!, "--yes"]);
      assert.equal(code, EXIT.store, err);
      assert.ok(err.includes(`run ${atWork} is at work on ${place.project} (process ${Deno.pid})`), err);
    } finally {
      for (const lock of held) lock.release();
    }
  }));
