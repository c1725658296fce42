import assert from "node:assert/strict";
import { existsSync, lstatSync, readFileSync, writeFileSync } from "node:fs";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { contentHash } from "../../src/work/content_hash.ts";
import { openWorkspace, type ProjectWorkspace } from "../../src/work/workspace.ts";
import { KeptWrites, MemoryBlobs } from "../run/fixtures/memory_blobs.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";

const never = new AbortController().signal;

/** Opens a folder whose one check is a shell script. */
function checkedBy(
  script: string,
  files: Readonly<Record<string, string>>,
  test: (
    opened: { root: string; workspace: ProjectWorkspace; recorder: KeptWrites; blobs: MemoryBlobs },
  ) => Promise<void>,
): Promise<void> {
  return inTemporaryFolder(async (root) => {
    writeFiles(root, files);
    const recorder = new KeptWrites();
    const blobs = new MemoryBlobs();
    const checks = [{ name: "look", command: ["sh", "-c", script] }];
    await test({
      root,
      recorder,
      blobs,
      workspace: await openWorkspace({ root, languages: LANGUAGES, recorder, blobs, checks }),
    });
  });
}

Deno.test("while checks run files stand otherwise, and afterwards as they were, with their modes and no folder more", () =>
  checkedBy(
    "cat old.txt; test ! -e new.txt && test -e deep/gone.txt",
    { "old.txt": "now", "new.txt": "new" },
    async ({ root, workspace, recorder, blobs }) => {
      Deno.chmodSync(`${root}/new.txt`, 0o640);
      const arranged = [
        { path: "old.txt", hash: blobs.putBlob("before") },
        { path: "new.txt", hash: null },
        { path: "deep/gone.txt", hash: blobs.putBlob("gone") },
      ];
      const report = await workspace.check(never, arranged);
      assert.deepEqual(report.results.map(({ passed }) => passed), [true]);
      assert.deepEqual(report.changed, []);
      assert.deepEqual(recorder.writes, [], "nothing counts as written");
      assert.deepEqual(["old.txt", "new.txt"].map((path) => readFileSync(`${root}/${path}`, "utf8")), ["now", "new"]);
      assert.equal(lstatSync(`${root}/new.txt`).mode & 0o777, 0o640);
      assert.ok(!existsSync(`${root}/deep`));
    },
  ));

Deno.test("what checks make of a file that stands otherwise stays, and is named: somebody may have saved it", () =>
  checkedBy("echo saved > old.txt", { "old.txt": "now" }, async ({ root, workspace, blobs }) => {
    const report = await workspace.check(never, [{ path: "old.txt", hash: blobs.putBlob("before") }]);
    assert.deepEqual(report.changed, ["old.txt"]);
    assert.equal(readFileSync(`${root}/old.txt`, "utf8"), "saved\n");
  }));

Deno.test("checks that are stopped put back what stood otherwise", () =>
  checkedBy("sleep 60", { "new.txt": "new" }, async ({ root, workspace }) => {
    const stop = new AbortController();
    const running = workspace.check(stop.signal, [{ path: "new.txt", hash: null }]);
    while (existsSync(`${root}/new.txt`)) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort(new Error("enough"));
    await assert.rejects(running, /enough/);
    assert.equal(readFileSync(`${root}/new.txt`, "utf8"), "new");
  }));

Deno.test("after a kill in the middle the next start puts them back first, and finds what the checks had changed", () =>
  checkedBy(
    "true",
    { "old.txt": "now", "new.txt": "new", "other.txt": "1" },
    async ({ root, workspace, recorder, blobs }) => {
      const arranged = [{ path: "old.txt", hash: blobs.putBlob("before") }, { path: "new.txt", hash: null }];
      await workspace.check(never, arranged);
      const snapshot = recorder.snapshots.at(-1)!;
      // As a kill leaves them.
      writeFileSync(`${root}/old.txt`, "before");
      Deno.removeSync(`${root}/new.txt`);
      writeFileSync(`${root}/other.txt`, "2");
      const next = await openWorkspace({ root, languages: LANGUAGES, recorder, blobs });
      const writes = await next.settleCommand(["checks"], snapshot, arranged);
      assert.deepEqual(writes.map(({ path, before }) => [path, before]), [["other.txt", contentHash("1")]]);
      assert.deepEqual(["old.txt", "new.txt"].map((path) => readFileSync(`${root}/${path}`, "utf8")), ["now", "new"]);
    },
  ));

Deno.test("nothing is put back through a link that leads out of the project", () =>
  checkedBy("true", { "test/a.test.js": "1" }, async ({ root, workspace }) => {
    const file = workspace.stateOf("test/a.test.js");
    await Deno.mkdir(`${root}-elsewhere`);
    try {
      await Deno.writeTextFile(`${root}-elsewhere/a.test.js`, "precious");
      await Deno.remove(`${root}/test`, { recursive: true });
      await Deno.symlink(`${root}-elsewhere`, `${root}/test`);
      assert.throws(() => workspace.putBack("test/a.test.js", file), /leads elsewhere through a link/);
      assert.equal(await Deno.readTextFile(`${root}-elsewhere/a.test.js`), "precious");
    } finally {
      await Deno.remove(`${root}-elsewhere`, { recursive: true });
    }
  }));
