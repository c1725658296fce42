import assert from "node:assert/strict";
import { callHere } from "./fixtures/call_here.ts";
import { type Place, withPlace } from "./fixtures/command_line.ts";
import { storeRun } from "./fixtures/stored_runs.ts";

const ID = "20261122-000000-0001";

/** A run of another project than the current one, which changed a file. */
async function withOther(test: (place: Place, file: string) => Promise<void>): Promise<void> {
  await withPlace(async (place) => {
    const project = `${place.folder}/other`;
    await Deno.mkdir(project);
    await Deno.writeTextFile(`${project}/a.txt`, "after\n");
    storeRun(place, { id: ID, project, changed: { "a.txt": "before\n" } });
    await test(place, `${project}/a.txt`);
  });
}

Deno.test("undo of another project's run asks whoever is at the terminal, and changes nothing without a yes", () =>
  withOther(async (place, file) => {
    for (const answer of ["", "n", "later"]) {
      const { code, err } = await callHere(place, ["undo", ID], { typed: [answer] });
      assert.equal(code, 4, answer);
      assert.match(err, /You are in \S+\/project\. Put the files of \S+\/other back\? \[y\/N\] .*Nothing was changed/s);
      assert.equal(await Deno.readTextFile(file), "after\n");
    }
    const { code, err } = await callHere(place, ["undo", ID], { typed: ["Yes"] });
    assert.equal(code, 0, err);
    assert.equal(await Deno.readTextFile(file), "before\n");
    await Deno.writeTextFile(file, "after\n");
    const unasked = await callHere(place, ["undo", ID, "--yes"], { typed: [] });
    assert.deepEqual([unasked.code, unasked.err], [0, ""]);
    await Deno.writeTextFile(file, "after\n");
    // In the project itself there is nothing to ask.
    const inside = await callHere({ ...place, project: `${place.folder}/other` }, ["undo", "last"], { typed: [] });
    assert.deepEqual([inside.code, inside.err], [0, ""]);
  }));

Deno.test("trust asks at the terminal, shows the files in full where that is wanted, and notes only a yes", () =>
  withPlace(async (place) => {
    await Deno.mkdir(`${place.project}/.autonomy/plugins`, { recursive: true });
    await Deno.writeTextFile(`${place.project}/.autonomy/plugins/a.ts`, "// \x1b[31mred\nexport default {};\n");
    const no = await callHere(place, ["trust"], { typed: ["n"] });
    assert.equal(no.code, 4);
    assert.match(no.err, /Trust it as it stands\? \[y\/N, f shows the files in full\]/);
    const yes = await callHere(place, ["trust"], { typed: ["f", "y"] });
    assert.equal(yes.code, 0);
    assert.match(yes.out, /^ {2}new {6}\.autonomy\/plugins\/a\.ts\n {4}\| \/\/ red\n {4}\| export default/m);
    assert.match(yes.out, /\nTrusted as it stands, with 1 file\.\n$/);
    assert.equal((await callHere(place, ["trust"], { typed: [] })).code, 0);
  }));

Deno.test("runs are removed after a yes at the terminal", () =>
  withOther(async (place) => {
    assert.equal((await callHere(place, ["runs", "--remove", ID], { typed: ["n"] })).code, 4);
    const { code, err } = await callHere(place, ["runs", "--remove", ID], { typed: ["y"] });
    assert.equal(code, 0);
    assert.match(err, /Remove 1 run, \d+ kB\? They can be neither shown nor continued nor undone after that/);
    assert.equal((await callHere(place, ["show", ID])).code, 2);
  }));
