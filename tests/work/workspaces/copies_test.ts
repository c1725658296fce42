import assert from "node:assert/strict";
import { join } from "node:path";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import type { BlobStore } from "../../../src/ports/blob_store.ts";
import type { RunWorkspace } from "../../../src/ports/workspace.ts";
import { contentHash } from "../../../src/work/content_hash.ts";
import { type Copies, openCopies } from "../../../src/work/workspaces/copies.ts";
import { inTemporaryFolder, writeFiles } from "../../run/fixtures/temporary_folder.ts";
import { enclosedTest } from "../sandbox/enclosed_folder.ts";

const signal = new AbortController().signal;

enclosedTest(
  "what earlier commands left in /tmp is in no later copy; caches of tools stay until all is emptied",
  () =>
    withCopies("bubblewrap", async (copies) => {
      const left = "mkdir -p /tmp/.cache /tmp/closed; echo x | tee /tmp/answer > /tmp/.cache/one; chmod 0 /tmp/closed";
      await fresh(copies, left);
      assert.equal(
        await fresh(copies, "cat /tmp/answer; ls /tmp/closed; cat /tmp/.cache/one"),
        NONE + NO_FOLDER + "x\n",
      );
      await fresh(copies, left);
      assert.equal(await fresh(copies, "cat /tmp/answer; ls /tmp/.cache", true), NONE + NO_CACHE);
    }),
);

enclosedTest(
  "caches of tools as the project itself fills them stand in every copy that is made or emptied later, and nothing that an attempt puts there",
  () =>
    withCopies("bubblewrap", async (copies) => {
      const ours = (text: string, fillsCaches = true) =>
        copies.fresh({ layer: new Map(), isOurs: true, fillsCaches, signal }, (copy) => run(copy, text));
      await ours("mkdir -p /tmp/.cache/go; echo built > /tmp/.cache/go/one; ln -s one /tmp/.cache/go/two");
      const seen = "cat /tmp/.cache/go/*; ls /tmp/.cache";
      assert.equal(await fresh(copies, seen, true), "built\nbuilt\ngo\n");
      await ours("echo later > /tmp/.cache/go/one; touch /tmp/.cache/late");
      await fresh(copies, "echo forged > /tmp/.cache/go/one");
      assert.equal(await fresh(copies, seen, true), "built\nbuilt\ngo\n");
      await copies.arrive("w1", "a.1", new Map(), false, signal);
      assert.equal(await run(copies.view("w1", SILENT), seen), "built\nbuilt\ngo\n");
    }),
);

enclosedTest(
  "what a model's work left in caches is kept for no later copy, however often the project is looked at",
  () =>
    withCopies("bubblewrap", async (copies) => {
      const look = (text: string, fillsCaches: boolean) =>
        copies.fresh({ layer: new Map(), isOurs: true, fillsCaches, signal }, (copy) => run(copy, text));
      await fresh(copies, "mkdir /tmp/.cache; echo forged > /tmp/.cache/one");
      await look("true", true);
      await look("mkdir -p /tmp/.cache; echo late > /tmp/.cache/one", false);
      assert.equal(await fresh(copies, "ls /tmp/.cache", true), NO_CACHE);
    }),
);

enclosedTest(
  "a link that a command put in /tmp where the project has to stand keeps no later command from it",
  () =>
    withCopies("bubblewrap", async (copies) => {
      await fresh(copies, 'cd /tmp; for one in autonomy-test-*; do mv "$one" other; ln -s /etc "$one"; done');
      assert.equal(await fresh(copies, "cat a.txt"), "a");
    }),
);

Deno.test("rights that a command takes from folders of a copy are given back, and what it put there goes", () =>
  withCopies("none", async (copies) => {
    const folder = await copies.fresh({ layer: new Map(), signal }, async (copy) => {
      await run(copy, "mkdir -p locked/in; touch locked/in/x src/planted; chmod 0500 locked/in; chmod 0300 src");
      return copyOf(copy);
    });
    await copies.fresh({ layer: new Map(), signal }, async () => {});
    assert.equal(Deno.statSync(join(folder, "src")).mode! & 0o700, 0o700);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["a.txt", "src"]);
    assert.deepEqual([...Deno.readDirSync(join(folder, "src"))].map(({ name }) => name), ["b.txt"]);
  }));

enclosedTest(
  "what a command left under a name that is no text is in no later copy, and nothing else is lost with it",
  () =>
    withCopies("bubblewrap", async (copies, home) => {
      writeFiles(`${home}/project`, { "src/deep/c.txt": "c" });
      const seen = "cat a.txt src/b.txt src/deep/c.txt; LC_ALL=C find . /tmp -name '*[!a-zA-Z0-9._-]*' | wc -l";
      for (const folder of ["src", ".", "/tmp"]) {
        await fresh(copies, String.raw`x=$(printf '\377'); mkdir "${folder}/$x"; touch "${folder}/$x/a"`);
        assert.equal(await fresh(copies, seen), "abc0\n", folder);
      }
    }),
);

Deno.test("a copy that could not be made once is made once that can be done", () =>
  withCopies("none", async (copies, home) => {
    Deno.writeTextFileSync(join(home, "copies"), "in the way");
    await assert.rejects(copies.arrive("w1", "a.1", new Map(), false, signal));
    Deno.removeSync(join(home, "copies"));
    await copies.arrive("w1", "a.2", new Map(), false, signal);
  }));

Deno.test("a project is not copied into itself, whatever path leads there", () =>
  withCopies("none", async (copies, home) => {
    Deno.symlinkSync(`${home}/project`, `${home}/copies`);
    await assert.rejects(copies.arrive("w1", "a.1", new Map(), false, signal), { name: "NotCopied" });
    Deno.removeSync(`${home}/copies`);
    Deno.mkdirSync(`${home}/project/state`);
    Deno.symlinkSync(`${home}/project/state`, `${home}/copies`);
    await assert.rejects(copies.arrive("w1", "a.1", new Map(), false, signal), { name: "NotCopied" });
    assert.deepEqual([...Deno.readDirSync(`${home}/project/state`)], []);
  }));

Deno.test("an ignore file that an attempt wrote hides nothing that judges in a copy that nobody looked at before", () =>
  withCopies("none", async (copies, _home, kept) => {
    const file = (text: string) => ({ hash: kept.putBlob(text), mode: 0o100644 });
    const layer = new Map([[".gitignore", file("tests/\n")], ["tests/conftest.py", file("import pytest\n")]]);
    const found = await copies.fresh({ layer, signal }, (copy) => copy.protectedFiles(() => true, signal));
    assert.deepEqual(found.files.map(({ path }) => path), ["tests/conftest.py"]);
  }));

Deno.test("a file takes the place of a folder whose files an attempt deleted, and not of one that holds others", () =>
  withCopies("none", async (copies, _home, kept) => {
    const file = { hash: kept.putBlob("now a file"), mode: 0o100644 };
    const text = await copies.fresh(
      { layer: new Map([["src", file], ["src/b.txt", null]]), signal },
      (copy) => run(copy, "cat src"),
    );
    assert.equal(text, "now a file");
    await assert.rejects(
      copies.fresh({ layer: new Map([["src", file]]), signal }, async () => {}),
      /folder that holds files/,
    );
  }));

const SILENT = { opened() {}, closed() {}, commandOpened() {}, commandClosed() {} };
const NONE = "cat: /tmp/answer: No such file or directory\n";
const NO_FOLDER = "ls: cannot access '/tmp/closed': No such file or directory\n";
const NO_CACHE = "ls: cannot access '/tmp/.cache': No such file or directory\n";

async function withCopies(
  tier: "bubblewrap" | "none",
  test: (copies: Copies, home: string, kept: BlobStore) => Promise<void>,
): Promise<void> {
  await inTemporaryFolder(async (home) => {
    writeFiles(join(home, "project"), { "a.txt": "a", "src/b.txt": "b" });
    const kept = blobs();
    const copies = openCopies({
      ...{ project: join(home, "project"), folder: join(home, "copies"), blobs: kept, languages: LANGUAGES, tier },
      ...{ network: false, write: [], hidden: [], remembered: { get: () => null, set() {} } },
    });
    try {
      await test(copies, home, kept);
    } finally {
      await copies.close();
    }
  });
}

function fresh(copies: Copies, text: string, isEmptied = false): Promise<string> {
  return copies.fresh({ layer: new Map(), isEmptied, signal }, (copy) => run(copy, text));
}

async function run(copy: RunWorkspace, text: string): Promise<string> {
  return (await copy.run(["sh", "-c", text], { timeoutMs: 60_000, signal })).output;
}

/** Where a copy lies. */
function copyOf(copy: RunWorkspace): string {
  assert.ok("place" in copy && typeof copy.place === "string");
  return copy.place;
}

function blobs(): BlobStore {
  const kept = new Map<string, Uint8Array>();
  return {
    getBlob: (hash) => kept.get(hash),
    putBlob(content) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      const hash = contentHash(bytes);
      kept.set(hash, bytes);
      return hash;
    },
  };
}
