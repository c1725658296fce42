import assert from "node:assert/strict";
import { call } from "../../cli/fixtures/command_line.ts";
import { dying } from "../../end_to_end/fixtures/dying.ts";
import { assertWhole, journalsIn, readJournal } from "../../end_to_end/fixtures/journal_file.ts";
import { processMark } from "../../end_to_end/fixtures/processes.ts";
import { copySample } from "../../../src/rehearsal/sample_project.ts";
import { withSample, withServers } from "../../end_to_end/fixtures/separate_servers.ts";
import { treeOf } from "../../end_to_end/fixtures/tree.ts";

const GOAL = "Make the failing tests pass";

/** Both sides of every step that touches the project, in the order in which a run on the sample meets them. */
const POINTS = [
  "after command_opened", // the files are known, the checks have not begun
  "before run_resumed", // what was open is looked at, nothing of that is stored
  "before command_closed", // the checks have ended, what they changed is not stored
  'before effect_finished "kind":"check"',
  'before effect_finished "kind":"prove"',
  "after write_opened", // nothing is written
  "before write_closed", // it is written, the journal does not say so
  "before run_resumed",
  "after run_resumed",
  'after effect_opened "kind":"take_back"', // nothing is taken back
  "before command_closed .take", // it is taken back, the journal does not say so
  'before effect_finished "kind":"take_back"', // the journal says so, the effect is open
  "after attempt_closed",
  'after effect_opened "kind":"apply"', // nothing of it stands in the project
  "after write_opened .apply",
  "before write_closed .apply", // it is written, the journal does not say so
  "after write_closed .apply",
  'before effect_finished "kind":"apply"', // all of it stands there, the effect is open
  "after write_closed", // the journal says so, the effect is open
  'before effect_finished "kind":"tool"',
  "before run_ended",
  "after run_ended",
];

Deno.test({
  name:
    "a run that dies on either side of each step of a write goes on, no write is lost or done twice, and undo is exact",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withServers(async (hosts) => {
      let wanted: Record<string, string> = {};
      await withSample(async (place) => {
        const { code, err } = await call(place, ["run", GOAL, "--trust", "--headless", ...hosts]);
        assert.equal(code, 0, err);
        wanted = treeOf(place.project);
      }, copySample);
      await withSample(async (place) => {
        const mark = processMark();
        const sample = treeOf(place.project);
        for (const [index, point] of POINTS.entries()) {
          const words = index === 0 ? ["run", GOAL, "--trust"] : ["run", "--continue"];
          const { signal, err } = await dying(place, [...words, "--headless", ...hosts], point, mark.environment);
          assert.equal(signal, "SIGKILL", `the run did not come to "${point}": ${err}`);
          assert.deepEqual(await mark.left(), [], point);
        }
        const { code, err } = await call(place, ["run", "--continue", "--headless", ...hosts]);
        assert.equal(code, 0, err);
        const [path = "", ...others] = journalsIn(place.state);
        assert.deepEqual(others, []);
        const journal = readJournal(path);
        assertWhole(journal);
        const resumes = POINTS.length - POINTS.filter((point) => point === "before run_resumed").length;
        assert.equal(journal.facts.filter(({ type }) => type === "run_resumed").length, resumes);
        assert.deepEqual(treeOf(place.project), wanted);
        const undone = await call(place, ["undo", journal.state.run.info?.id ?? ""]);
        assert.equal(undone.code, 0, undone.out);
        assert.deepEqual(treeOf(place.project), sample);
      }, copySample);
    }),
});

Deno.test({
  name: "undo right after the program died puts back what an open check had written, and what was being taken back",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withServers(async (hosts) => {
      const run = ["run", GOAL, "--trust", "--headless", ...hosts];
      await withSample(async (place) => {
        const test = `${place.project}/test/trace.test.js`;
        await Deno.writeTextFile(
          test,
          'import { writeFileSync } from "node:fs";\nimport test from "node:test";\n' +
            'test("leaves a trace", () => writeFileSync("trace.txt", "was here\\n"));\n',
        );
        const sample = treeOf(place.project);
        const { signal, err } = await dying(place, run, "before command_closed", {});
        assert.equal(signal, "SIGKILL", err);
        assert.equal(await Deno.readTextFile(`${place.project}/trace.txt`), "was here\n");
        const undone = await call(place, ["undo", "last"]);
        assert.equal(undone.code, 0, undone.out + undone.err);
        assert.match(undone.out, /removed +trace\.txt/);
        assert.deepEqual(treeOf(place.project), sample);
      }, copySample);
      await withSample(async (place) => {
        const sample = treeOf(place.project);
        const { signal, err } = await dying(place, run, "before command_closed .take", {});
        assert.equal(signal, "SIGKILL", err);
        const undone = await call(place, ["undo", "last"]);
        assert.equal(undone.code, 0, undone.out + undone.err);
        assert.deepEqual(treeOf(place.project), sample);
      }, copySample);
    }),
});
