import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { AttemptRun, lines } from "./fixtures/attempt_run.ts";
import { callHere } from "./fixtures/call_here.ts";
import { type Place, withPlace } from "./fixtures/command_line.ts";

const ID = "20261128-000000-0001";

/** A run in which two tasks changed one file, one after the other, a third try was not accepted, and another role wrote a new file. */
async function told(place: Place): Promise<void> {
  writeFileSync(`${place.project}/a.txt`, lines(30));
  const run = new AttemptRun(place, ID, ["T1", "T2", "T3"]);
  await run.attempt({ task: "T1", files: { "a.txt": { content: lines(30, { 3: "three" }) } } });
  await run.attempt({ task: "T2", verdict: "refuted", files: { "a.txt": { content: "worse\n" } } });
  await run.attempt({ task: "T2", files: { "a.txt": { content: lines(30, { 3: "three", 25: "more" }) } } });
  await run.attempt({ task: "T3", role: "analysis", files: { "b.md": { content: "It is so.\n" } } });
  run.close("accepted");
}

const changed = (patch: string) => patch.split("\n").filter((line) => /^[-+](?![-+])/.test(line));

Deno.test("diff prints what stands by a run, by a task and by a role, and says on standard error how much that is", () =>
  withPlace(async (place) => {
    await told(place);
    const diff = async (...words: string[]) => {
      const { code, out, err } = await callHere(place, ["diff", ID, ...words]);
      assert.equal(code, 0, err);
      return { changes: changed(out), said: err.trim() };
    };
    const whole = await diff();
    assert.equal(whole.said, `Run ${ID}: 2 files, +3 −2`);
    assert.deepEqual(whole.changes.toSorted(), ["+It is so.", "+more", "+three", "-25", "-3"].toSorted());
    assert.deepEqual(await diff("--task", "T2"), {
      said: `task T2 of run ${ID}: 1 file, +1 −1`,
      changes: ["-25", "+more"],
    });
    assert.deepEqual(await diff("--role", "analysis"), {
      said: `analysis of run ${ID}: 1 file, +1 −0`,
      changes: ["+It is so."],
    });
    const refuted = await diff("T2.1");
    assert.match(refuted.said, /^T2\.1 by coding: not accepted/);
    assert.ok(refuted.changes.includes("+worse"));
  }));

Deno.test("what was undone and brought in again stands in the difference once", () =>
  withPlace(async (place) => {
    await told(place);
    const diff = (...words: string[]) => callHere(place, ["diff", ID, ...words]);
    const before = (await diff()).out;
    assert.equal((await callHere(place, ["undo", ID])).code, 0);
    for (const task of ["T1", "T2", "T3"]) {
      const { code, err } = await callHere(place, ["apply", ID, task === "T2" ? "T2.2" : task, "--yes"]);
      assert.equal(code, 0, err);
    }
    assert.deepEqual(changed((await diff()).out).toSorted(), changed(before).toSorted());
    assert.deepEqual(changed((await diff("--task", "T3")).out), ["+It is so."]);
  }));

Deno.test("diff refuses an attempt beside a part, and a part of which nothing stands, with what to do", () =>
  withPlace(async (place) => {
    await told(place);
    const both = await callHere(place, ["diff", ID, "T1.1", "--role", "coding"]);
    assert.equal(both.code, 2);
    assert.match(
      both.err,
      /T1\.1 names an attempt, --task and --role a part of what stands by the run\. Leave one of them out\./,
    );
    await callHere(place, ["undo", ID, "--task", "T3", "--yes"]);
    const gone = await callHere(place, ["diff", ID, "--task", "T3"]);
    assert.equal(gone.code, 2);
    assert.match(gone.err, /task T3 of run \S+ has no change that stands\. `autonomy show/);
  }));

Deno.test("show says how many lines of each file are different, and undo --dry-run shows what would be", () =>
  withPlace(async (place) => {
    await told(place);
    const shown = await callHere(place, ["show", ID]);
    assert.match(
      shown.out,
      /Files\n {2}changed +a\.txt +\+2 −2\n {2}made +b\.md +\+1 −0\n {2}autonomy diff \S+ shows what changed/,
    );
    const dry = await callHere(place, ["undo", ID, "--task", "T2", "--dry-run"]);
    assert.match(dry.out, /\nrestored {2}a\.txt\n/);
    assert.deepEqual(changed(dry.out), ["-more", "+25"]);
  }));
