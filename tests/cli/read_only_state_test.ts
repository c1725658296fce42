import assert from "node:assert/strict";
import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Fact } from "../../src/features/fact.ts";
import { parseFact } from "../../src/plugin/built_in.ts";
import { openJournal } from "../../src/run/journal.ts";
import { contentHash } from "../../src/work/content_hash.ts";
import { callHere as call } from "./fixtures/call_here.ts";
import { withPlace } from "./fixtures/command_line.ts";
import { storeRun } from "./fixtures/stored_runs.ts";

/** Everything that stands in a folder: kind, size, mode, the moment of its last change to the nanosecond, and content. */
function standing(folder: string): readonly string[] {
  const stat = lstatSync(folder, { bigint: true });
  const own = `${folder} ${stat.mode} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.ino}`;
  if (!stat.isDirectory()) return [`${own} ${contentHash(Deno.readFileSync(folder))}`];
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  return [own, ...names.flatMap((name) => standing(join(folder, name)))];
}

/** Takes from all that stands in a folder the right to be written, or gives it back. */
function setWritable(folder: string, writable: boolean): void {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    if (isDirectory) setWritable(path, writable);
    else Deno.chmodSync(path, writable ? 0o600 : 0o400);
  }
  Deno.chmodSync(folder, writable ? 0o700 : 0o500);
}

const [CLOSED, KILLED] = ["20261122-000000-0001", "20261122-000000-0002"];

Deno.test("what only looks at runs touches nothing in the state folder, which may be read-only: a run that ended, and one that was killed", () =>
  withPlace(async (place) => {
    await Deno.writeTextFile(`${place.project}/a.txt`, "after\n");
    const changed = { "a.txt": "before\n" };
    storeRun(place, { id: CLOSED, goal: "Closed.", changed });
    // A program that is killed leaves what it wrote last in the log of writes.
    const path = storeRun(place, { id: KILLED, goal: "Killed.", changed, ended: false });
    const kept = `${place.folder}/kept`;
    await Deno.mkdir(kept);
    const journal = openJournal<Fact>({ path, validate: parseFact });
    journal.append([{ type: "run_ended", kind: "failed", cause: "It was in the log." }], 2);
    for (const name of ["run.db", "run.db-wal"]) await Deno.copyFile(join(dirname(path), name), join(kept, name));
    journal.close();
    for (const name of ["run.db", "run.db-wal"]) await Deno.copyFile(join(kept, name), join(dirname(path), name));
    assert.ok((await Deno.stat(`${path}-wal`)).size > 0);
    const before = () => standing(place.state);
    setWritable(place.state, false);
    try {
      const untouched = before();
      const said = async (...words: string[]) => {
        const { code, out, err } = await call(place, words);
        assert.equal(code, 0, `${words.join(" ")}: ${out}${err}`);
        assert.deepEqual(before(), untouched, words.join(" "));
        return out;
      };
      assert.match(await said("show", CLOSED), /Closed\./);
      assert.match(await said("show", KILLED), /It was in the log\./);
      assert.match(await said("show", "last"), /Killed\./);
      assert.match(await said("undo", "last", "--dry-run"), new RegExp(`^Run ${KILLED} of `));
      assert.match(await said("undo", CLOSED, "--dry-run"), new RegExp(`^Run ${CLOSED} of `));
      const listed = await said("runs");
      for (const id of [CLOSED, KILLED]) assert.match(listed, new RegExp(`^${id} +failed `, "m"));
      await said("runs", "-a", "--json");
      await said("complete", "--", "show", "");
      assert.equal(await Deno.readTextFile(`${place.project}/a.txt`), "after\n");
    } finally {
      setWritable(place.state, true);
    }
  }));
