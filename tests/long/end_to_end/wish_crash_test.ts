import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { EXIT } from "../../../src/cli/exit_code.ts";
import { call, type Place, start, withPlace } from "../../cli/fixtures/command_line.ts";
import { dying } from "../../end_to_end/fixtures/dying.ts";
import { journalsIn, readJournal } from "../../end_to_end/fixtures/journal_file.ts";
import { treeOf } from "../../end_to_end/fixtures/tree.ts";

/** Pause between two looks at the project. */
const LOOK_MS = 2;

/** Steps at which files of the project stand otherwise for a round of checks, or just did. */
const POINTS = [
  'after command_opened "arranged"', // the new test is about to stand aside
  "before command_closed .check", // it is put back, the journal does not say so
  'before effect_finished "kind":"check"',
  "after command_opened .flip", // the old code is about to stand
  "before command_closed .flip",
  'before effect_finished "kind":"flip"',
];

/** Lets runs work in the project itself: there files stand otherwise for a while. */
function inProject(place: Place): Promise<void> {
  return Deno.writeTextFile(`${place.config}/config.jsonc`, '{ "sandbox": { "copies": false } }\n');
}

/** Kills a rehearsal once something is so in its project. */
async function killedWhile(place: Place, words: readonly string[], is: () => boolean): Promise<void> {
  const child = start(place, words);
  const output = child.output();
  let isOver = false;
  void child.status.then(() => isOver = true);
  while (!isOver && !is()) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  if (!isOver) child.kill("SIGKILL");
  const { signal, stderr } = await output;
  assert.equal(signal, "SIGKILL", `it ended before: ${new TextDecoder().decode(stderr)}`);
}

Deno.test({
  name:
    "a run of a wish that is killed while its test stands aside, or the old code stands, has both again when it goes on",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withPlace(async (place) => {
      const kept = `${place.folder}/kept`;
      const newTest = `${kept}/test/json.test.js`;
      const isNew = () => readFileSync(`${kept}/src/table.js`, "utf8").includes("json = false");
      let wasThere = false;
      await inProject(place);
      await killedWhile(place, ["rehearse", "--wish", "--keep", kept, "--pace", "0", "--headless"], () => {
        // It comes before the work, whose verdict is the one to kill.
        wasThere ||= existsSync(newTest) && isNew();
        return wasThere && !existsSync(newTest);
      });
      assert.ok(isNew() && !existsSync(newTest), "it was killed while the test stood aside");
      await killedWhile(place, ["rehearse", "--continue", "--pace", "0", "--headless"], () =>
        existsSync(newTest) && !isNew());
      assert.ok(existsSync(newTest) && !isNew(), "it was killed while the old code stood");
      const { code, err } = await call(place, ["rehearse", "--continue", "--pace", "0", "--headless"]);
      assert.equal(code, EXIT.partial, err);
      assert.ok(existsSync(newTest) && isNew());
      const { state } = readJournal(journalsIn(place.state)[0] ?? "");
      assert.equal(state.evidence.flips?.flips.length, 1);
    }),
});

Deno.test({
  name: "a run of a wish that dies while files stand otherwise goes on with them as they were, and undo is exact",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withPlace(async (place) => {
      const kept = `${place.folder}/kept`;
      await inProject(place);
      const first = ["rehearse", "--wish", "--keep", kept, "--pace", "0", "--headless"];
      for (const [index, point] of POINTS.entries()) {
        const words = index === 0 ? first : ["rehearse", "--continue", "--pace", "0", "--headless"];
        const { signal, err } = await dying({ ...place, project: place.folder }, words, point, {});
        assert.equal(signal, "SIGKILL", `the run did not come to "${point}": ${err}`);
      }
      const { code, err } = await call(place, ["rehearse", "--continue", "--pace", "0", "--headless"]);
      assert.equal(code, EXIT.partial, err);
      const [path = ""] = journalsIn(place.state);
      const { state } = readJournal(path);
      assert.deepEqual(Object.keys(state.evidence.tests), ["test/json.test.js"]);
      assert.equal(state.evidence.flips?.flips.length, 1);
      const tests = await new Deno.Command("node", { args: ["--test"], cwd: kept, stdin: "null" }).output();
      assert.equal(tests.code, 0, "the new test and the new code stand");
      const undone = await call(place, ["undo", state.run.info?.id ?? ""]);
      assert.equal(undone.code, 0, undone.out + undone.err);
      const clean = await new Deno.Command("git", { args: ["status", "--porcelain"], cwd: kept }).output();
      assert.equal(new TextDecoder().decode(clean.stdout), "", JSON.stringify(treeOf(kept)).slice(0, 200));
    }),
});
