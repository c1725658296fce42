import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { ignoreFilesBefore } from "../../src/work/snapshot.ts";
import { undoWrites } from "../../src/work/undo.ts";
import { openWorkspace, type ProjectWorkspace } from "../../src/work/workspace.ts";
import { KeptWrites, MemoryBlobs } from "../run/fixtures/memory_blobs.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";

const bounds = { timeoutMs: 60_000, signal: new AbortController().signal };
const FILES = { "a.txt": "a", "sub/b.txt": "b", ".gitignore": "mine*\n", "mine.txt": "person" };

interface Opened {
  readonly root: string;
  readonly workspace: ProjectWorkspace;
  readonly recorder: KeptWrites;
  readonly blobs: MemoryBlobs;
  /** The same project as another process opens it later. */
  again(): Promise<ProjectWorkspace>;
  run(script: string, workspace?: ProjectWorkspace): Promise<void>;
}

function inProject(test: (opened: Opened) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (root) => {
    writeFiles(root, FILES);
    const recorder = new KeptWrites();
    const blobs = new MemoryBlobs();
    const options = { root, languages: LANGUAGES, recorder, blobs };
    const workspace = await openWorkspace(options);
    await test({
      root,
      workspace,
      recorder,
      blobs,
      again: () => openWorkspace({ ...options, ignoreFiles: ignoreFilesBefore(recorder.writes, blobs) }),
      run: async (script, by = workspace) => {
        assert.equal((await by.run(["sh", "-c", script], bounds)).code, 0);
      },
    });
  });
}

/** Takes everything back; the project must be as it was. */
async function wholeUndo({ root, recorder, blobs }: Opened): Promise<void> {
  const { left } = await undoWrites(root, recorder.writes, blobs);
  assert.deepEqual(left, []);
  for (const [path, text] of Object.entries(FILES)) assert.equal(readFileSync(`${root}/${path}`, "utf8"), text, path);
  for (const path of ["new.txt", "sub/new.txt", "sub/.gitignore", "deep/new.txt"]) {
    assert.ok(!existsSync(`${root}/${path}`), path);
  }
}

const paths = ({ recorder }: Opened) => [...new Set(recorder.writes.map(({ path }) => path))].sort();

Deno.test("an ignore file that a tool wrote hides nothing of what commands make and change, before or after the first command", async () => {
  for (const runsBefore of [false, true]) {
    await inProject(async (opened) => {
      if (runsBefore) await opened.run("true");
      await opened.workspace.write(".gitignore", "*\n");
      await opened.workspace.write("sub/.gitignore", "*\n");
      await opened.run("echo 1 > new.txt; echo 1 >> a.txt; echo 1 >> sub/b.txt; echo x >> mine.txt");
      await opened.run(
        "mkdir deep; echo 2 > deep/new.txt; echo 2 > sub/new.txt; echo 2 >> new.txt",
      );
      assert.deepEqual(
        paths(opened),
        [".gitignore", "a.txt", "deep/new.txt", "new.txt", "sub/.gitignore", "sub/b.txt", "sub/new.txt"],
        "and what was a person's before stays theirs",
      );
      writeFileSync(`${opened.root}/mine.txt`, FILES["mine.txt"]);
      await wholeUndo(opened);
    });
  }
});

Deno.test("an ignore file that a command writes hides nothing of what the same command and later ones make", () =>
  inProject(async (opened) => {
    await opened.run("echo '*' > .gitignore; echo '*' > sub/.gitignore; echo 1 > new.txt; echo 1 >> sub/b.txt");
    await opened.run("mkdir deep; echo '*' > deep/.gitignore; echo 2 > deep/new.txt; rm a.txt");
    assert.deepEqual(
      paths(opened),
      [".gitignore", "a.txt", "deep/.gitignore", "deep/new.txt", "new.txt", "sub/.gitignore", "sub/b.txt"],
    );
    await wholeUndo(opened);
  }));

Deno.test("a run that goes on in another process has the rules from before it, whether tools or commands wrote others", async () => {
  for (const byCommand of [false, true]) {
    await inProject(async (opened) => {
      if (byCommand) await opened.run("echo '*' > .gitignore; echo '*' > sub/.gitignore");
      else {
        await opened.workspace.write(".gitignore", "*\n");
        await opened.workspace.write("sub/.gitignore", "*\n");
      }
      const later = await opened.again();
      await opened.run("echo 1 > new.txt; echo 1 > sub/new.txt; echo 1 >> a.txt", later);
      assert.deepEqual(paths(opened), [".gitignore", "a.txt", "new.txt", "sub/.gitignore", "sub/new.txt"]);
      await wholeUndo(opened);
    });
  }
});

Deno.test("a command that was open when the program ended is compared by the rules from before it", () =>
  inProject(async (opened) => {
    await opened.run("true");
    const [snapshot] = opened.recorder.snapshots;
    writeFileSync(`${opened.root}/.gitignore`, "*\n");
    writeFileSync(`${opened.root}/new.txt`, "1");
    const later = await opened.again();
    await later.settleCommand(["sh"], snapshot!);
    assert.deepEqual(paths(opened), [".gitignore", "new.txt"]);
    await wholeUndo(opened);
  }));

Deno.test("files that were visible when the run began are listed on; new ones that it ignores are not", () =>
  inProject(async ({ workspace, run }) => {
    await run("true");
    await workspace.write(".gitignore", "*.txt\nbuild/\n");
    await run("mkdir build; echo 1 > build/x.js; echo 1 > new.txt; echo 1 > new.js");
    assert.deepEqual(await workspace.files(), [".gitignore", "a.txt", "new.js", "sub/b.txt"]);
    assert.deepEqual([...(await workspace.hashes()).keys()].includes("build/x.js"), true, "all of it is known to undo");
  }));
