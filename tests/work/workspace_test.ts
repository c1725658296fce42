import { LANGUAGES } from "../../src/languages/languages.ts";
import assert from "node:assert/strict";
import { chmodSync, existsSync, lstatSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { ToolError } from "../../src/ports/tool.ts";
import { contentHash } from "../../src/work/content_hash.ts";
import { Snapshots } from "../../src/work/snapshot.ts";
import { undoWrites } from "../../src/work/undo.ts";
import { openWorkspace, type ProjectWorkspace } from "../../src/work/workspace.ts";
import type { WriteRecord } from "../../src/work/write_record.ts";
import { KeptWrites, MemoryBlobs } from "../run/fixtures/memory_blobs.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";

const never = new AbortController().signal;
const bounds = { timeoutMs: 60_000, signal: never };

/** Opens a workspace on a folder with files. */
function inWorkspace(
  files: Readonly<Record<string, string>>,
  test: (
    opened: { root: string; workspace: ProjectWorkspace; recorder: KeptWrites; blobs: MemoryBlobs },
  ) => Promise<void>,
): Promise<void> {
  return inTemporaryFolder(async (root) => {
    writeFiles(root, files);
    const recorder = new KeptWrites();
    const blobs = new MemoryBlobs();
    await test({
      root,
      recorder,
      blobs,
      workspace: await openWorkspace({ root, languages: LANGUAGES, recorder, blobs }),
    });
  });
}

Deno.test("text is read as it is, and what is no text of the project is refused", () =>
  inWorkspace({ "a.ts": "one\r\ntwo\n", "empty": "", "dir/x": "" }, async ({ root, workspace }) => {
    assert.deepEqual(await workspace.read("a.ts"), {
      path: "a.ts",
      text: "one\r\ntwo\n",
      hash: contentHash("one\r\ntwo\n"),
      lines: 2,
    });
    assert.equal((await workspace.read("empty")).lines, 0);
    writeFileSync(`${root}/mark`, "\uFEFFx");
    assert.equal((await workspace.read("mark")).text, "\uFEFFx");
    writeFileSync(`${root}/binary`, new Uint8Array([1, 0, 2]));
    writeFileSync(`${root}/latin`, new Uint8Array([0xe9, 0x41]));
    writeFileSync(`${root}/large`, new Uint8Array(5_000_001).fill(65));
    for (const path of ["binary", "latin", "large", "missing", "dir", "../a", "a.ts/b"]) {
      await assert.rejects(workspace.read(path), ToolError, path);
    }
    assert.equal(await workspace.exists("a.ts"), true);
    assert.equal(await workspace.exists("b.ts"), false);
    assert.deepEqual(await workspace.files(), ["a.ts", "binary", "dir/x", "empty", "large", "latin", "mark"]);
  }));

Deno.test("a folder's entries are listed with their kinds", () =>
  inWorkspace({ "b.ts": "12345", "dir/x": "" }, async ({ root, workspace }) => {
    symlinkSync("b.ts", `${root}/a_link`);
    assert.deepEqual(await workspace.list("."), [
      { path: "a_link", kind: "link", bytes: 0 },
      { path: "b.ts", kind: "file", bytes: 5 },
      { path: "dir", kind: "directory", bytes: 0 },
    ]);
    assert.deepEqual(await workspace.list("dir/"), [{ path: "dir/x", kind: "file", bytes: 0 }]);
    await assert.rejects(workspace.list("b.ts"), ToolError);
    await assert.rejects(workspace.list("none"), ToolError);
  }));

Deno.test("a write is recorded with the old content before the disk changes", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, { "a.ts": "old" });
    chmodSync(`${root}/a.ts`, 0o750);
    const blobs = new MemoryBlobs();
    const events: string[] = [];
    const record = (event: string, write: WriteRecord) => {
      const now = existsSync(`${root}/${write.path}`) ? readFileSync(`${root}/${write.path}`, "utf8") : null;
      events.push(`${event} ${write.path} ${write.modeBefore?.toString(8)} ${write.modeAfter?.toString(8)}: ${now}`);
      if (write.before !== null) assert.equal(new TextDecoder().decode(blobs.getBlob(write.before)), "old");
    };
    const workspace = await openWorkspace({
      root,
      languages: LANGUAGES,
      blobs,
      recorder: {
        opened: (write) => record("opened", write),
        closed: (write, done) => record(done ? "done" : "failed", write),
        commandOpened: () => {},
        commandClosed: () => {},
      },
    });
    assert.deepEqual(await workspace.write("a.ts", "new"), { before: contentHash("old"), after: contentHash("new") });
    assert.deepEqual(await workspace.write("a.ts", "new"), { before: contentHash("new"), after: contentHash("new") });
    assert.deepEqual(events, ["opened a.ts 100750 100750: old", "done a.ts 100750 100750: new"]);
    assert.equal(lstatSync(`${root}/a.ts`).mode, 0o100750);
    events.length = 0;
    writeFileSync(`${root}/a.ts`, "old");
    assert.deepEqual(await workspace.write("a.ts", null), { before: contentHash("old"), after: null });
    assert.deepEqual(await workspace.write("a.ts", null), { before: null, after: null });
    assert.deepEqual(events, ["opened a.ts 100750 undefined: old", "done a.ts 100750 undefined: null"]);
  }));

Deno.test("a write goes through a link inside the project, a deletion takes the link itself", () =>
  inWorkspace({ "real.ts": "old" }, async ({ root, workspace, recorder, blobs }) => {
    symlinkSync("real.ts", `${root}/link.ts`);
    await workspace.write("link.ts", "new");
    assert.equal(readFileSync(`${root}/real.ts`, "utf8"), "new");
    assert.equal(readlinkSync(`${root}/link.ts`), "real.ts");
    await workspace.write("link.ts", null);
    assert.equal(existsSync(`${root}/link.ts`), false);
    assert.deepEqual(recorder.writes.map((write) => write.path), ["real.ts", "link.ts"]);
    assert.deepEqual(undoWrites(root, recorder.writes, blobs).restored, ["link.ts", "real.ts"]);
    assert.equal(readlinkSync(`${root}/link.ts`), "real.ts");
    assert.equal(readFileSync(`${root}/real.ts`, "utf8"), "old");
  }));

Deno.test("what may not be written is refused and changes nothing", () =>
  inWorkspace({ "dir/a": "a", ".git/config": "c" }, async ({ workspace, recorder }) => {
    for (const path of ["dir", ".", "../x", ".git/config", "dir/a/b", ""]) {
      await assert.rejects(workspace.write(path, "x"), ToolError, path);
    }
    assert.deepEqual([recorder.writes, recorder.open], [[], []]);
  }));

Deno.test("what a command changed is recorded and can be taken back", () =>
  inWorkspace(
    { "a.txt": "a", "b.txt": "b", "gone.txt": "gone", ".gitignore": "ignored*\n", "ignored_before": "mine" },
    async ({ root, workspace, recorder, blobs }) => {
      const script = "printf A > a.txt; rm gone.txt; mkdir -p new/deep; printf n > new/deep/n.txt; chmod 600 b.txt; " +
        "ln -s a.txt link; printf x > ignored_new; rm .gitignore; echo said";
      const result = await workspace.run(["sh", "-c", script], bounds);
      assert.deepEqual([result.code, result.output], [0, "said\n"]);
      assert.deepEqual(
        recorder.writes.map((write) => write.path),
        [".gitignore", "a.txt", "b.txt", "gone.txt", "link", "new/deep/n.txt"],
      );
      assert.deepEqual(recorder.writes.at(-1)?.createdFolders, ["new", "new/deep"]);
      const report = undoWrites(root, recorder.writes, blobs);
      assert.deepEqual(report.left, []);
      assert.deepEqual(await workspace.files(), [".gitignore", "a.txt", "b.txt", "gone.txt"]);
      assert.equal(existsSync(`${root}/new`), false);
      // What was ignored before the command belongs to a person, whatever the rules say afterwards.
      assert.equal(readFileSync(`${root}/ignored_before`, "utf8"), "mine");
      assert.equal(lstatSync(`${root}/b.txt`).mode & 0o777, 0o644);
    },
  ));

Deno.test("a write by a tool while a command runs is not taken for the command's", () =>
  inWorkspace({ "a.txt": "a", "b.txt": "b" }, async ({ root, workspace, recorder, blobs }) => {
    const pipe = `${root}/../${root.slice(root.lastIndexOf("/") + 1)}-pipe`;
    assert.equal(new Deno.Command("mkfifo", { args: [pipe] }).outputSync().code, 0);
    try {
      const running = workspace.run([
        "sh",
        "-c",
        `read line < ${pipe}; printf B > b.txt; printf ' and the command' >> new/c.txt`,
      ], bounds);
      const file = await Deno.open(pipe, { write: true });
      await workspace.write("a.txt", "by the tool");
      await workspace.write("new/c.txt", "by the tool");
      await file.write(new TextEncoder().encode("go\n"));
      file.close();
      await running;
    } finally {
      Deno.removeSync(pipe);
    }
    assert.deepEqual(recorder.writes.map((write) => write.path), ["a.txt", "new/c.txt", "b.txt", "new/c.txt"]);
    assert.deepEqual(undoWrites(root, recorder.writes, blobs).left, []);
    assert.deepEqual(await workspace.files(), ["a.txt", "b.txt"]);
  }));

Deno.test("a large file that a command changed is named, since it cannot be taken back", () =>
  inWorkspace({ "a.txt": "a", ".gitignore": "*.log\n", "x.log": "" }, async ({ root, workspace, recorder, blobs }) => {
    writeFileSync(`${root}/large`, new Uint8Array(5_000_001));
    await workspace.run(["sh", "-c", "printf small > large; head -c 6000000 /dev/zero > a.txt"], bounds);
    assert.deepEqual(recorder.notKept, ["large", "x.log"]);
    assert.deepEqual(recorder.excepted, ["large"]);
    assert.deepEqual(undoWrites(root, recorder.writes, blobs).restored, ["a.txt"]);
    assert.equal(readFileSync(`${root}/a.txt`, "utf8"), "a");
  }));

Deno.test("what a command had changed when the program ended is found on the next start", () =>
  inWorkspace({ "a.txt": "a", "b.txt": "b" }, async ({ root, workspace, recorder, blobs }) => {
    await workspace.run(["true"], bounds);
    const [snapshot] = recorder.snapshots;
    assert.ok(snapshot !== undefined);
    writeFileSync(`${root}/a.txt`, "changed");
    writeFileSync(`${root}/new.txt`, "new");
    const next = await openWorkspace({ root, languages: LANGUAGES, recorder, blobs });
    assert.deepEqual((await next.settleCommand(["make"], snapshot)).map((write) => write.path), ["a.txt", "new.txt"]);
    const since = recorder.writes.filter((write) => write.path === "new.txt");
    assert.deepEqual((await next.settleCommand(["make"], snapshot, [], since)).map((write) => write.path), ["a.txt"]);
    await assert.rejects(next.settleCommand(["make"], "0".repeat(64)), /is not in the journal/);
  }));

Deno.test("commands run one after the other, and one that is stopped while it waits does not run", () =>
  inWorkspace({}, async ({ root, workspace }) => {
    const stop = new AbortController();
    const first = workspace.run(["sh", "-c", "echo 1 >> log"], bounds);
    const second = workspace.run(["sh", "-c", "echo 2 >> log"], { timeoutMs: 60_000, signal: stop.signal });
    const third = workspace.run(["sh", "-c", "echo 3 >> log"], bounds);
    stop.abort();
    await assert.rejects(second, stop.signal.reason);
    await Promise.all([first, third]);
    assert.equal(readFileSync(`${root}/log`, "utf8"), "1\n3\n");
  }));

Deno.test("a command that does not exist is an error for the model", () =>
  inWorkspace({}, async ({ workspace }) => {
    await assert.rejects(
      workspace.run(["autonomy-no-such-program"], bounds),
      (error: unknown) => error instanceof ToolError && /was not found/.test(error.message),
    );
  }));

Deno.test("a change that neither size nor time stamp shows is seen all the same", () =>
  inWorkspace({ "a.txt": "0" }, async ({ root, blobs }) => {
    const snapshots = new Snapshots(root, blobs, () => false);
    for (let turn = 0; turn < 50; turn += 1) {
      const text = String(turn % 10);
      writeFileSync(`${root}/a.txt`, text);
      assert.equal((await snapshots.take()).entries.get("a.txt")?.hash, contentHash(text));
    }
  }));

Deno.test("two views of a project record apart and know of each other", () =>
  inWorkspace({ "a.txt": "a" }, async ({ root, workspace, recorder }) => {
    const other = new KeptWrites();
    const view = workspace.recordedBy(other);
    const pipe = `${root}/../${root.slice(root.lastIndexOf("/") + 1)}-pipe`;
    assert.equal(new Deno.Command("mkfifo", { args: [pipe] }).outputSync().code, 0);
    try {
      const running = workspace.run(["sh", "-c", `read line < ${pipe}; printf b > b.txt`], bounds);
      const file = await Deno.open(pipe, { write: true });
      await view.write("a.txt", "changed");
      await file.write(new TextEncoder().encode("go\n"));
      file.close();
      await running;
    } finally {
      Deno.removeSync(pipe);
    }
    assert.deepEqual(recorder.writes.map((write) => write.path), ["b.txt"]);
    assert.deepEqual(other.writes.map((write) => write.path), ["a.txt"]);
  }));

Deno.test("what judges the work is written by its own name alone: through a link nobody sees what it is", () =>
  inWorkspace({ "test/a.test.js": "1", "src/a.js": "1" }, async ({ root, workspace }) => {
    symlinkSync("../test/a.test.js", `${root}/src/alias.js`);
    symlinkSync("test", `${root}/other`);
    symlinkSync("src", `${root}/lib`);
    for (const path of ["src/alias.js", "other/a.test.js", "other/new.js", "lib/alias.js"]) {
      await assert.rejects(
        workspace.write(path, "2"),
        /is a link that leads to test\/\S+, which judges the work/,
        path,
      );
    }
    await workspace.write("lib/a.js", "2");
    await workspace.write(`${root}/test/./a.test.js`, "2");
    assert.deepEqual([readFileSync(`${root}/src/a.js`, "utf8"), readFileSync(`${root}/test/a.test.js`, "utf8")], [
      "2",
      "2",
    ]);
    await workspace.write("src/alias.js", null);
    assert.ok(existsSync(`${root}/test/a.test.js`), "a link itself may go");
  }));
