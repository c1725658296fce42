import assert from "node:assert/strict";
import { existsSync, lstatSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { openJournal } from "../../src/run/journal.ts";
import { openRunStore } from "../../src/run/run_store.ts";
import { takeFolderLock } from "../../src/run/writer_lock.ts";
import { factParser } from "../../src/features/fact_parser.ts";
import { BUILT_IN } from "../../src/plugin/built_in.ts";
import { EMPTY, fold } from "../../src/features/features.ts";
import type { Fact } from "../../src/features/fact.ts";
import { elapsed } from "../../src/features/run/elapsed.ts";
import { AttemptRun, lines } from "./fixtures/attempt_run.ts";
import { callHere } from "./fixtures/call_here.ts";
import { type Place, withPlace } from "./fixtures/command_line.ts";

const ID = "20261128-000000-0001";

const write = ({ project }: Place, path: string, content: string | Uint8Array) =>
  writeFileSync(`${project}/${path}`, content);
const read = ({ project }: Place, path: string) => readFileSync(`${project}/${path}`, "utf8");

/** Folds the journal of the run anew. */
function stateOf(place: Place) {
  const path = openRunStore(place.state).find(ID).path;
  const journal = openJournal<Fact>({ ...factParser(BUILT_IN), path, readOnly: true });
  try {
    const facts = [...journal.read()];
    return { facts, state: fold(facts, EMPTY) };
  } finally {
    journal.close();
  }
}

/** A run with a refuted attempt at each kind of change. */
async function refuted(place: Place): Promise<void> {
  write(place, "text.txt", lines(30));
  write(place, "crlf.txt", "one\r\ntwo\r\n");
  write(place, "gone.txt", "gone");
  write(place, "data.bin", new Uint8Array([0, 1, 2, 3, 255]));
  write(place, "run.sh", "#!/bin/sh\n");
  symlinkSync("text.txt", `${place.project}/link`);
  const run = new AttemptRun(place, ID, ["T1", "T2"]);
  await run.attempt({
    task: "T1",
    files: { "text.txt": { content: "worse\n" } },
    verdict: "refuted",
    passing: ["one"],
  });
  await run.attempt({
    task: "T1",
    verdict: "refuted",
    passing: ["one", "two"],
    files: {
      "text.txt": { content: lines(30, { 4: "four" }) },
      "crlf.txt": { content: "one\r\n2\r\n" },
      "gone.txt": null,
      "data.bin": { content: Uint8Array.from({ length: 300 }, (_, index) => index % 256) },
      "run.sh": { content: "#!/bin/sh\n", mode: 0o100755 },
      'new dir/ünsafe "name".txt': { content: "no end" },
      "link": { content: "crlf.txt", mode: 0o120777 },
      "made": { content: "text.txt", mode: 0o120777 },
      "empty": { content: "" },
    },
  });
  await run.attempt({
    task: "T1",
    files: { "text.txt": { content: "broken\n" } },
    verdict: "refuted",
    passing: ["one", "two"],
    broke: ["three"],
  });
  await run.attempt({ task: "T2", files: {}, verdict: "refuted" });
  run.close("partial");
}

/** Holds that the change of the best attempt stands in a folder. */
function assertApplied(folder: string): void {
  assert.equal(readFileSync(`${folder}/text.txt`, "utf8"), lines(30, { 4: "four" }));
  assert.equal(readFileSync(`${folder}/crlf.txt`, "utf8"), "one\r\n2\r\n");
  assert.equal(existsSync(`${folder}/gone.txt`), false);
  assert.deepEqual([...readFileSync(`${folder}/data.bin`)], Array.from({ length: 300 }, (_, index) => index % 256));
  assert.equal(lstatSync(`${folder}/run.sh`).mode & 0o777, 0o755);
  assert.equal(readFileSync(`${folder}/new dir/ünsafe "name".txt`, "utf8"), "no end");
  assert.equal(readlinkSync(`${folder}/link`), "crlf.txt");
  assert.equal(readlinkSync(`${folder}/made`), "text.txt");
  assert.equal(readFileSync(`${folder}/empty`, "utf8"), "");
}

Deno.test("diff prints the attempt that the checks said the best of, and git applies it: texts, links, modes, binary, hard names", () =>
  withPlace(async (place) => {
    await refuted(place);
    // The real program: its writer makes all that it prints safe.
    const { code, out, err } = await callHere(place, ["diff", ID, "T1"]);
    assert.equal(code, 0, err);
    assert.match(err, /^T1\.2 by coding: not accepted, 2 of 3 checks of the task pass with it: 9 files, \+\d+ −\d+\n$/);
    assert.match(out, /^--- a\/text\.txt\n\+\+\+ b\/text\.txt\n@@ -1,7 \+1,7 @@\n 1\n 2\n 3\n-4\n\+four\n/m);
    assert.match(out, /^diff --git a\/run\.sh b\/run\.sh\nold mode 100644\nnew mode 100755\n/m);
    assert.match(out, /^deleted file mode 100644\n--- a\/gone\.txt\n\+\+\+ \/dev\/null\n/m);
    assert.match(out, /^diff --git "a\/new dir\/\\303\\274nsafe \\"name\\"\.txt" /m);
    await Deno.writeTextFile(`${place.folder}/p.patch`, out);
    const git = await new Deno.Command("git", {
      args: ["apply", "--whitespace=nowarn", "../p.patch"],
      cwd: place.project,
      stdin: "null",
    }).output();
    assert.equal(git.code, 0, new TextDecoder().decode(git.stderr));
    assertApplied(place.project);
  }));

Deno.test("diff of a named attempt prints that one, also an accepted one", () =>
  withPlace(async (place) => {
    write(place, "a", "1\n");
    const run = new AttemptRun(place, ID, ["T1"]);
    await run.attempt({ task: "T1", files: { a: { content: "2\n" } }, passing: ["one", "two", "three"] });
    run.close("accepted");
    const wanted = "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\n+2\n";
    for (const name of ["T1", "T1.1"]) {
      const { code, out, err } = await callHere(place, ["diff", ID, name]);
      assert.deepEqual([code, out], [0, wanted]);
      assert.match(err, /^T1\.1 by coding: accepted, 3 of 3 checks/);
    }
  }));

Deno.test("of a task or attempt without a change diff and apply say so with 2, and what there is", () =>
  withPlace(async (place) => {
    await refuted(place);
    for (const command of ["diff", "apply"]) {
      const none = await callHere(place, [command, ID, "T2"]);
      assert.equal(none.code, 2);
      assert.match(
        none.err,
        /T2 of run \S+ has no change to look at\. Attempts that changed files: T1\.1, T1\.2, T1\.3\./,
      );
      const unknown = await callHere(place, [command, ID, "T1.7"]);
      assert.equal(unknown.code, 2);
      assert.match(unknown.err, /has no task or attempt T1\.7\. Attempts that changed files: T1\.1, T1\.2, T1\.3\./);
    }
  }));

Deno.test("apply brings the best attempt in, undo of the run or of the task takes exactly that back", () =>
  withPlace(async (place) => {
    await refuted(place);
    const before = stateOf(place);
    for (const back of [["undo", ID], ["undo", ID, "--task", "T1"], ["undo", ID, "--role", "coding"]]) {
      const { code, out, err } = await callHere(place, ["apply", ID, "T1", "--yes"]);
      assert.equal(code, 0, err + out);
      assert.match(out, /^ +text\.txt +\+1 -1$/m);
      assert.match(out, /^ +data\.bin +binary$/m);
      assert.match(out, /^9 files of .* changed, 0 files left\.$/m);
      assertApplied(place.project);
      const again = await callHere(place, ["apply", ID, "T1", "--yes"]);
      assert.match(again.out, /^is so +text\.txt$/m);
      assert.match(again.out, /^0 files of /m);
      const undone = await callHere(place, back);
      assert.equal(undone.code, 0, undone.out);
      assert.equal(read(place, "text.txt"), lines(30));
      assert.equal(read(place, "crlf.txt"), "one\r\ntwo\r\n");
      assert.equal(read(place, "gone.txt"), "gone");
      assert.equal(lstatSync(`${place.project}/run.sh`).mode & 0o777, 0o644);
      assert.equal(readlinkSync(`${place.project}/link`), "text.txt");
      for (const path of ["new dir", "made", "empty"]) {
        assert.equal(existsSync(`${place.project}/${path}`), false, path);
      }
    }
    const { out: shown } = await callHere(place, ["show", ID]);
    assert.match(shown, /^By hand\n {2}apply T1\.2 +9 files changed/m);
    assert.match(shown, /^ {2}undo coding +9 files changed/m);
    // For the run that is no time at work, and no other ending.
    const { state, facts } = stateOf(place);
    assert.deepEqual(state.effects.open, {});
    assert.equal(facts.at(-1)?.type, "run_ended");
    assert.equal(state.run.ending?.kind, "partial");
    assert.equal(state.checks.stale, true);
    assert.ok(elapsed(state, state.at) < elapsed(before.state, before.state.at) + 5_000);
  }));

Deno.test("apply merges what changed since, and of a file that it cannot merge it writes nothing and names it with 3", () =>
  withPlace(async (place) => {
    await refuted(place);
    write(place, "text.txt", lines(30, { 28: "mine" }));
    write(place, "crlf.txt", "one\r\nmine\r\n");
    write(place, "data.bin", new Uint8Array([0, 9]));
    const dry = await callHere(place, ["apply", ID, "T1.2", "--dry-run"]);
    const facts = stateOf(place).facts.length;
    const { code, out } = await callHere(place, ["apply", ID, "T1.2", "--yes"]);
    assert.equal(code, 3);
    assert.ok(stateOf(place).facts.length > facts);
    const said = (text: string) => text.split("\n").filter((line) => /^(made|changed|deleted|merged|left)/.test(line));
    assert.deepEqual(said(dry.out), said(out));
    assert.match(out, /^merged +text\.txt$/m);
    assert.match(out, /^left +crlf\.txt: someone changed it since$/m);
    assert.match(out, /^left +data\.bin: someone changed it since$/m);
    assert.equal(read(place, "text.txt"), lines(30, { 4: "four", 28: "mine" }));
    assert.equal(read(place, "crlf.txt"), "one\r\nmine\r\n");
    assert.equal((await callHere(place, ["undo", ID])).code, 0);
    assert.equal(read(place, "text.txt"), lines(30, { 28: "mine" }));
    assert.equal(read(place, "crlf.txt"), "one\r\nmine\r\n");
    assert.equal(read(place, "gone.txt"), "gone");
  }));

Deno.test("apply asks first; without a yes, and without a person, nothing is changed and the code is 4", () =>
  withPlace(async (place) => {
    await refuted(place);
    for (const typed of [undefined, ["n"], [""]]) {
      const { code, err } = await callHere(place, ["apply", ID, "T1"], { typed });
      assert.equal(code, 4);
      assert.match(err, /Nothing was changed\. Answer y, or give --yes\./);
      assert.equal(read(place, "text.txt"), lines(30));
    }
    assert.equal((await callHere(place, ["apply", ID, "T1"], { typed: ["y"] })).code, 0);
    assertApplied(place.project);
  }));

Deno.test("apply is refused with 8 while a run is at work on the project", () =>
  withPlace(async (place) => {
    await refuted(place);
    const lock = takeFolderLock(place.project);
    try {
      const { code } = await callHere(place, ["apply", ID, "T1", "--yes"]);
      assert.equal(code, 8);
      assert.equal(read(place, "text.txt"), lines(30));
    } finally {
      lock.release();
    }
  }));

Deno.test("a run that left work which was not accepted names the commands for it in show, an accepted one does not", () =>
  withPlace(async (place) => {
    await refuted(place);
    const { out } = await callHere(place, ["show", ID]);
    assert.match(out, new RegExp(`^Look +autonomy diff ${ID} T1$`, "m"));
    assert.match(out, new RegExp(`^Take over +autonomy apply ${ID} T1$`, "m"));
    const other = "20261128-000000-0002";
    const run = new AttemptRun(place, other, ["T1"]);
    await run.attempt({ task: "T1", files: { a: { content: "2\n" } } });
    run.close("accepted");
    assert.doesNotMatch((await callHere(place, ["show", other])).out, /autonomy (?:diff \S+ T|apply)/);
  }));

Deno.test("an apply that was killed inside a write is settled by the next command, and undone", () =>
  withPlace(async (place) => {
    await refuted(place);
    assert.equal((await callHere(place, ["apply", ID, "T1", "--yes"])).code, 0);
    // As a kill leaves it: the write is opened, the file stands, and nothing after it is stored.
    const { facts } = stateOf(place);
    const last = facts.findLast((fact) => fact.type === "write_closed");
    const path = openRunStore(place.state).find(ID).path;
    const { DatabaseSync } = await import("node:sqlite");
    const database = new DatabaseSync(path);
    database.exec(`DELETE FROM facts WHERE seq >= ${last!.seq}`);
    database.close();
    const dry = await callHere(place, ["undo", ID, "--task", "T1", "--dry-run"]);
    assert.equal(dry.out.split("\n").filter((line) => /^(restored|removed)/.test(line)).length, 9, dry.out);
    const again = await callHere(place, ["apply", ID, "T1", "--yes"]);
    assert.equal(again.code, 0, again.out);
    assert.equal((await callHere(place, ["undo", ID, "--task", "T1"])).code, 0);
    assert.equal(read(place, "text.txt"), lines(30));
    assert.equal(read(place, "gone.txt"), "gone");
    assert.equal(existsSync(`${place.project}/empty`), false);
    const { state } = stateOf(place);
    assert.deepEqual(state.effects.open, {});
    assert.equal(state.run.ending?.kind, "partial");
    assert.equal((await callHere(place, ["undo", ID])).code, 0);
    assert.equal(read(place, "crlf.txt"), "one\r\ntwo\r\n");
    assert.equal(readlinkSync(`${place.project}/link`), "text.txt");
    for (const path of ["new dir", "made", "empty"]) assert.equal(existsSync(`${place.project}/${path}`), false, path);
  }));
