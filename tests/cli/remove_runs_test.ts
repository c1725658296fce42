import assert from "node:assert/strict";
import { newRunId } from "../../src/run/run_store.ts";
import { takeLock } from "../../src/run/writer_lock.ts";
import { callHere as call } from "./fixtures/call_here.ts";
import { jsonLines, type Place, withPlace } from "./fixtures/command_line.ts";
import { storeRun } from "./fixtures/stored_runs.ts";

const DAY = 86_400_000;

/** Stores a run that was started some days ago. */
function storedDaysAgo(place: Place, days: number, project = place.project): string {
  const id = newRunId(Date.now() - days * DAY, days / 1000);
  storeRun(place, { id, project });
  return id;
}

const stored = async (place: Place) =>
  jsonLines((await call(place, ["runs", "-a", "--json"])).out).map(({ id }) => String(id)).sort();

Deno.test("runs says what each takes of the disk and all together; a run is removed by its id after a yes, and what it took is free", () =>
  withPlace(async (place) => {
    const [old, young] = [storedDaysAgo(place, 40), storedDaysAgo(place, 1)];
    const [first] = jsonLines((await call(place, ["runs", "--json"])).out);
    let bytes = 0;
    for (const { name } of Deno.readDirSync(`${place.state}/runs/${young}`)) {
      bytes += Deno.statSync(`${place.state}/runs/${young}/${name}`).size;
    }
    assert.deepEqual([first?.id, first?.bytes], [young, bytes]);
    const listed = (await call(place, ["runs"])).out;
    assert.match(listed, new RegExp(`^${young} +failed +\\S+/project +\\d+ kB +Do it\\.$`, "m"));
    assert.match(listed, /\n2 runs, \d+ kB on disk\.\n$/);
    const unasked = await call(place, ["runs", "--remove", old]);
    assert.equal(unasked.code, 4);
    assert.match(unasked.err, new RegExp(`${old} +\\S+/project: Do it\\.[^]*Nothing was removed.*add --yes`));
    assert.deepEqual(await stored(place), [old, young]);
    const { code, out } = await call(place, ["runs", "--remove", old, "--yes"]);
    assert.equal(code, 0);
    assert.match(out, /^Removed 1 run: \d+ kB freed\.\n$/);
    assert.deepEqual(await stored(place), [young]);
    const gone = await call(place, ["runs", "--remove", old, "--yes"]);
    assert.equal(gone.code, 2);
    assert.equal((await call(place, ["runs", "--remove", "yesterday", "--yes"])).code, 2);
  }));

Deno.test("an age removes the older runs of this project, with -a of all; a damaged run goes by its id, and one at work stays", () =>
  withPlace(async (place) => {
    const other = `${place.folder}/other`;
    await Deno.mkdir(other);
    const [old, busy, young] = [storedDaysAgo(place, 40), storedDaysAgo(place, 35), storedDaysAgo(place, 1)];
    const [theirs, damaged] = [storedDaysAgo(place, 50, other), storedDaysAgo(place, 60)];
    await Deno.writeTextFile(`${place.state}/runs/${damaged}/run.db`, "damaged ".repeat(100));
    const lock = takeLock(`${place.state}/runs/${busy}/run.db.lock`);
    try {
      const { code, out } = await call(place, ["runs", "--remove", "30d", "--yes"]);
      assert.equal(code, 0);
      assert.match(out, new RegExp(`^Left: run ${busy} is at work \\(process ${Deno.pid}\\).*\nRemoved 1 run: `));
      assert.deepEqual(await stored(place), [damaged, theirs, busy, young]);
      const named = await call(place, ["runs", "--remove", busy, "--yes"]);
      assert.equal(named.code, 8);
      assert.match(named.err, /is at work \(process \d+\) and was not removed/);
    } finally {
      lock.release();
    }
    assert.equal((await call(place, ["runs", "--remove", damaged, "--yes"])).code, 0);
    const lines = jsonLines((await call(place, ["runs", "-a", "--remove", "2w", "--yes", "--json"])).out);
    assert.deepEqual(lines.map(({ type, id }) => [type, id]), [["removed", busy], ["removed", theirs]]);
    assert.match(
      (await call(place, ["runs", "--remove", "12w"])).out,
      /There are no runs of \S+ that were started longer ago than 12w/,
    );
    assert.deepEqual(await stored(place), [young]);
    assert.equal(old < young, true);
  }));
