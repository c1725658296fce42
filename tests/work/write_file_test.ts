import assert from "node:assert/strict";
import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { FileChanged, ToolError } from "../../src/ports/tool.ts";
import { contentHash } from "../../src/work/content_hash.ts";
import { undoWrites } from "../../src/work/undo.ts";
import { openWorkspace } from "../../src/work/workspace.ts";
import { KeptWrites, MemoryBlobs } from "../run/fixtures/memory_blobs.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";

/** A recorder that does something once a write is opened: nothing has changed on the disk then, and the rename comes next. */
class Meanwhile extends KeptWrites {
  constructor(readonly act: () => void) {
    super();
  }

  override opened(...write: Parameters<KeptWrites["opened"]>): void {
    super.opened(...write);
    this.act();
  }
}

const expecting = (text: string | null) => () => text === null ? null : contentHash(text);

Deno.test("a file that holds something else than the writer expects is not written, and the error gives what it holds", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, { "a.ts": "person\n", "long.ts": "x\n".repeat(4_000), "gone.ts": "old" });
    const recorder = new KeptWrites();
    const workspace = await openWorkspace({ root, languages: LANGUAGES, recorder, blobs: new MemoryBlobs() });
    const refused = async (path: string, text: string | null, expects: string | null): Promise<FileChanged> => {
      const before = existsSync(`${root}/${path}`) ? readFileSync(`${root}/${path}`, "utf8") : null;
      const error = await workspace.write(path, text, expecting(expects)).then(() => null, (error) => error);
      assert.ok(error instanceof FileChanged && error instanceof ToolError, `${path}: ${error}`);
      assert.equal(existsSync(`${root}/${path}`) ? readFileSync(`${root}/${path}`, "utf8") : null, before);
      return error;
    };
    const short = await refused("a.ts", "model\n", "shown\n");
    assert.match(short.message, /a\.ts was changed by somebody else.*holds now:\nperson\n/s);
    assert.equal(short.hash, contentHash("person\n"), "all of it is said");
    const long = await refused("long.ts", "model\n", "shown\n");
    assert.match(long.message, /Read it again/);
    assert.ok(long.message.length < 1_000 && long.hash === null);
    await refused("a.ts", null, "shown\n");
    await refused("a.ts", "made\n", null);
    assert.match((await refused("missing.ts", "model\n", "shown\n")).message, /no such file any more/);
    assert.deepEqual(recorder.writes, []);
    await workspace.write("a.ts", "model\n", expecting("person\n"));
    await workspace.write("new.ts", "model\n", expecting(null));
    await workspace.write("gone.ts", null, expecting("old"));
    assert.equal(recorder.writes.length, 3);
  }));

Deno.test("what a person saves, makes or deletes between the look at a file and the rename is not lost", () =>
  inTemporaryFolder(async (root) => {
    for (
      const [name, before, act, text] of [
        ["saved", "old", () => writeFileSync(`${root}/a.ts`, "person"), "model"],
        ["made", null, () => writeFileSync(`${root}/a.ts`, "person"), "model"],
        ["deleted", "old", () => rmSync(`${root}/a.ts`), "model"],
        ["saved while it is deleted", "old", () => writeFileSync(`${root}/a.ts`, "person"), null],
      ] as const
    ) {
      rmSync(`${root}/a.ts`, { force: true });
      if (before !== null) writeFileSync(`${root}/a.ts`, before);
      const recorder = new Meanwhile(act);
      const workspace = await openWorkspace({ root, languages: LANGUAGES, recorder, blobs: new MemoryBlobs() });
      await assert.rejects(workspace.write("a.ts", text), FileChanged, name);
      if (name === "deleted") assert.deepEqual(readdirSync(root), [], name);
      else assert.equal(readFileSync(`${root}/a.ts`, "utf8"), "person", name);
      assert.deepEqual([recorder.writes, recorder.open], [[], []], "the write is closed as not done");
      assert.deepEqual(readdirSync(root).filter((entry) => entry.startsWith(".autonomy")), []);
    }
  }));

Deno.test("a file without the owner's right to write is neither replaced nor deleted, and the error says why", () =>
  inTemporaryFolder(async (root) => {
    const recorder = new KeptWrites();
    const workspace = await openWorkspace({ root, languages: LANGUAGES, recorder, blobs: new MemoryBlobs() });
    for (const mode of [0o444, 0o555, 0o440, 0o466]) {
      writeFileSync(`${root}/a.ts`, "old");
      chmodSync(`${root}/a.ts`, mode);
      for (const text of ["new", null]) {
        await assert.rejects(
          workspace.write("a.ts", text),
          (error) => error instanceof ToolError && error.message.includes(`write-protected (mode ${mode.toString(8)})`),
        );
      }
      assert.equal(readFileSync(`${root}/a.ts`, "utf8"), "old");
      assert.equal(statSync(`${root}/a.ts`).mode & 0o777, mode);
      chmodSync(`${root}/a.ts`, 0o644);
    }
    await workspace.write("a.ts", "new");
    assert.deepEqual(recorder.writes.map(({ path }) => path), ["a.ts"]);
  }));

/** Whether we may give a file to others, as root may. */
function givesAway(): boolean {
  const path = Deno.makeTempFileSync();
  try {
    chownSync(path, 12_345, 23_456);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(path);
  }
}

Deno.test({
  name: "a file that is written anew and taken back belongs to whom it belonged, and has its rights",
  ignore: !givesAway(),
  fn: () =>
    inTemporaryFolder(async (root) => {
      writeFiles(root, { "a.ts": "old\n" });
      chownSync(`${root}/a.ts`, 12_345, 23_456);
      chmodSync(`${root}/a.ts`, 0o4764);
      const owner = () => {
        const { uid, gid, mode } = statSync(`${root}/a.ts`);
        return [uid, gid, mode & 0o7777];
      };
      const [recorder, blobs] = [new KeptWrites(), new MemoryBlobs()];
      const workspace = await openWorkspace({ root, languages: LANGUAGES, recorder, blobs });
      await workspace.write("a.ts", "new\n");
      assert.deepEqual(owner(), [12_345, 23_456, 0o4764]);
      undoWrites(root, recorder.writes, blobs);
      assert.equal(readFileSync(`${root}/a.ts`, "utf8"), "old\n");
      assert.deepEqual(owner(), [12_345, 23_456, 0o4764]);
    }),
});
