import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import { protect } from "../../src/effects/check/protect.ts";
import type { Fact } from "../../src/features/fact.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { openWorkspace } from "../../src/work/workspace.ts";
import type { WriteRecord } from "../../src/work/write_record.ts";
import { memoryBlobs } from "../fakes/plain_workspace.ts";
import { started } from "../given/given.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";

const never = new AbortController().signal;
const LARGE = "x".repeat(5_000_001);

/** A project with files, what its commands changed, and what was kept of it. */
function project(
  files: Readonly<Record<string, string>>,
  use: (project: Awaited<ReturnType<typeof opened>>) => Promise<void>,
): Promise<void> {
  return inTemporaryFolder(async (root) => {
    writeFiles(root, files);
    await use(await opened(root));
  });
}

async function opened(root: string) {
  const [blobs, writes, excepted] = [memoryBlobs(), [] as WriteRecord[], [] as string[]];
  const recorder = {
    opened() {},
    closed() {},
    commandOpened() {},
    commandClosed(_command: readonly string[], changed: readonly WriteRecord[], others: readonly string[]) {
      writes.push(...changed);
      excepted.push(...others);
    },
  };
  const workspace = await openWorkspace({ root, languages: LANGUAGES, recorder, blobs });
  return { root, blobs, writes, excepted, workspace };
}

/** So many empty files that sort before all others. */
function many(root: string, count: number, folder = "a"): void {
  Deno.mkdirSync(`${root}/${folder}`);
  for (let at = 0; at < count; at++) writeFileSync(`${root}/${folder}/${at}.txt`, "");
}

Deno.test("a test beyond the first 5,000 files is protected, and what a command does to it is recorded", () =>
  project({ "test/z.test.js": "1", "z.txt": "1" }, async ({ root, blobs, writes, workspace }) => {
    many(root, 5_000);
    const { files, isComplete } = await workspace.protectedFiles(() => false, never);
    assert.deepEqual([files.map(({ path, as }) => [path, as]), isComplete], [[["test/z.test.js", "test"]], true]);
    assert.ok(blobs.getBlob(files[0]!.hash) !== undefined);
    await workspace.run(["sh", "-c", "echo 2 > test/z.test.js; echo 2 > z.txt"], { timeoutMs: 60_000, signal: never });
    assert.deepEqual(writes.map(({ path, before }) => [path, before]), [["test/z.test.js", files[0]!.hash]]);
    workspace.putBack("test/z.test.js", files[0]!);
    assert.equal(Deno.readTextFileSync(`${root}/test/z.test.js`), "1");
  }));

Deno.test("a test that is too large for a copy is protected by its hash, and what a command did to it is told", () =>
  project({ "test/a.json": LARGE, "a.json": LARGE }, async ({ root, blobs, excepted, workspace }) => {
    const look = async () => (await workspace.protectedFiles(() => false, never)).files;
    const [file, ...others] = await look();
    assert.deepEqual([file?.path, file?.uncopied, others], ["test/a.json", true, []]);
    assert.equal(blobs.getBlob(file!.hash), undefined);
    assert.deepEqual(workspace.stateOf("test/a.json")?.hash, file!.hash);
    await workspace.run(["sh", "-c", "echo >> test/a.json; echo >> a.json"], { timeoutMs: 60_000, signal: never });
    assert.deepEqual(excepted, ["test/a.json"]);
    assert.notEqual(workspace.stateOf("test/a.json")?.hash, file!.hash);
    assert.notEqual((await look())[0]?.hash, file!.hash);
    await workspace.run(["rm", "test/a.json"], { timeoutMs: 60_000, signal: never });
    assert.deepEqual(excepted, ["test/a.json", "test/a.json"]);
    assert.deepEqual(Deno.lstatSync(`${root}/a.json`).size, LARGE.length + 1);
  }));

Deno.test("what a protected file leads to as a link judges as it does, where that lies in the project", () =>
  project({
    "shared/cases.json": "[]",
    "shared/more/cases.json": "[]",
    "shared/helper.py": "",
    "src/code.py": "",
    "real/data.json": "{}",
    "real/case.py": "",
    "test/a.test.js": "",
  }, async ({ root, workspace }) => {
    for (
      const [link, target] of [
        ["test/cases.json", "../shared/cases.json"],
        ["test/more", "../shared/more"],
        ["test/helper.py", "../shared/helper.py"],
        ["test/code", "../src"],
        ["tests", "real"],
        ["test/out.json", "/etc/hostname"],
        ["test/gone.json", "nowhere"],
        ["test/new.json", "../package.lock"],
        ["plain", "src"],
      ] as const
    ) symlinkSync(target, `${root}/${link}`);
    const { files } = await workspace.protectedFiles((path) => path === "test/new.json", never);
    const led = files.filter(({ path }) => !path.startsWith("test/")).map(({ path, as }) => [path, as]);
    assert.deepEqual(led, [
      ["real/case.py", "test"],
      ["real/data.json", "test"],
      ["shared/cases.json", "test"],
      ["shared/helper.py", "test"],
      ["shared/more/cases.json", "test"],
    ]);
  }));

/** What bare names stand for here: tests that only assert, a test of unittest, a source. */
const ASSERTS = 'import assert from "node:assert";\n';
const UNITTEST = "import unittest\n";
const PAGE = "export default function Page() {\n  return null;\n}\n";

Deno.test("what runners take as tests is protected under whatever name, and what a source imports is none of them", async () => {
  const protectedIn = async (files: Readonly<Record<string, string>>) => {
    let found: readonly string[] = [];
    await project(files, async ({ workspace }) => {
      found = (await workspace.protectedFiles(() => false, never)).files.map(({ path, as }) => `${path}: ${as}`);
    });
    return found;
  };
  const cases: readonly (readonly [files: Readonly<Record<string, string>>, wanted: readonly string[]])[] = [
    [{ "geo.js": "", "test.js": 'import "./geo.js";\nimport "./test-more.js";\n', "test-more.js": ASSERTS }, [
      "test-more.js: test",
      "test.js: test",
    ]],
    [{ "src/run.js": 'import { test } from "./test.js";\n', "src/test.js": ASSERTS, "test-more.js": ASSERTS }, [
      "test-more.js: test",
    ]],
    [
      {
        "package.json": '{ "scripts": { "test": "jest" } }',
        "test-a.js": ASSERTS,
        "test-b.js": 'it("b", () => {});\n',
      },
      [
        "package.json: loaded",
        "test-b.js: test",
      ],
    ],
    [{ "package.json": '{ "scripts": { "test": "node --test" } }', "a/test-a.js": ASSERTS }, [
      "a/test-a.js: test",
      "package.json: loaded",
    ]],
    [{ "package.json": "{}", "pages/test.tsx": PAGE, "pages/test-drive.tsx": PAGE }, ["package.json: loaded"]],
    [{ "src/index.ts": "lazy(() => import('./test-results'));\n", "src/test-results.tsx": PAGE }, []],
    [
      { "src/index.js": "new Worker(new URL('./test-worker.js', import.meta.url))\n", "src/test-worker.js": "x()\n" },
      [],
    ],
    [{ "src/App.vue": "<script>import { P } from './test-data';</script>", "src/test-data.ts": PAGE }, []],
    [{ "lib/test.js": "module.exports = 1\n", "lib/test-suite.js": "require('./test')\n" }, []],
    [{ "index.html": '<script src="test.js"></script>', "test.js": "document.title = 1;\n" }, []],
    [{ "src/commands/foo/test.ts": PAGE }, []],
    [{ "src/quiz.rs": "pub mod test;\n", "src/quiz/test.rs": "pub fn f() {}\n" }, []],
    [{ "geo.py": "", "tests.py": UNITTEST, "train.py": "from test import evaluate\n", "test.py": UNITTEST }, [
      "tests.py: test",
    ]],
    [{ "Cargo.toml": "", "src/lib.rs": "#[cfg(test)]\nmod checks;\n", "src/checks.rs": "", "src/other.rs": "" }, [
      "Cargo.toml: loaded",
      "src/checks.rs: test",
      "src/lib.rs: inside",
    ]],
    [{
      "src/lib.rs": "mod test;\n#[cfg(test)] mod tests;\n",
      "src/test.rs": "#[test]\nfn f() {}\n",
      "src/tests.rs": "",
    }, [
      "src/lib.rs: inside",
      "src/tests.rs: test",
    ]],
    [{ "pytest.ini": "[pytest]\npython_files = check_*.py\n", "geo.py": "", "check_geo.py": "" }, [
      "check_geo.py: test",
      "pytest.ini: loaded",
    ]],
  ];
  for (const [files, wanted] of cases) assert.deepEqual(await protectedIn(files), wanted, Object.keys(files).join(" "));
});

Deno.test("of a project with more files than are looked at it is said that not all that judges is watched", () =>
  project({ "a.test.js": "" }, async ({ root, blobs, workspace }) => {
    many(root, 50_001, "z");
    writeFiles(root, { "z/z/z.test.js": "" });
    const facts: Fact[] = [];
    const note = (fact: Fact) => void facts.push(fact);
    await protect({ state: started(), files: {}, languages: LANGUAGES, workspace, blobs, note }, never);
    assert.deepEqual(facts.find(({ type }) => type === "protection_bounded"), {
      type: "protection_bounded",
      looked: 1,
    });
  }));
