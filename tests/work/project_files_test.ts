import assert from "node:assert/strict";
import { IgnoreRules } from "../../src/work/ignore_rules.ts";
import { walkProject } from "../../src/work/project_files.ts";
import { installed } from "../run/fixtures/installed.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";

Deno.test(
  "the same files are found as git finds them",
  { ignore: !installed("git", "--version") },
  () =>
    inTemporaryFolder(async (root) => {
      const git = (...args: string[]) => new Deno.Command("git", { args: ["-C", root, ...args] }).outputSync();
      git("init", "-q");
      writeFiles(root, {
        ".gitignore": "*.log\n/build/\n!keep.log\nsecret\n",
        "a.ts": "",
        "b.log": "",
        "keep.log": "",
        "build/out.js": "",
        "sub/build/in.js": "",
        "sub/.gitignore": "!b.log\n*.tmp\n/only_here\n",
        "sub/b.log": "",
        "sub/x.tmp": "",
        "sub/only_here": "",
        "sub/deep/only_here": "",
        "sub/deep/b.log": "",
        "sub/secret/file": "",
        "other/x.tmp": "",
        "with space/é.txt": "",
      });
      Deno.writeTextFileSync(`${root}/.git/info/exclude`, "excluded.txt\n");
      writeFiles(root, { "excluded.txt": "" });
      const listed = new TextDecoder().decode(git("ls-files", "-z", "--others", "--exclude-standard").stdout);
      const walk = await walkProject(root);
      assert.deepEqual(walk.files, listed.split("\0").filter((path) => path !== "").sort());
      for (const path of ["b.log", "build/out.js", "sub/secret/file", "excluded.txt"]) {
        assert.equal(walk.rules.ignoresFile(path), true, path);
      }
      for (const path of ["a.ts", "sub/b.log", "not/yet.ts"]) assert.equal(walk.rules.ignoresFile(path), false, path);
    }),
);

Deno.test("what tools made or downloaded is passed over and named, links are not followed", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, {
      "a.py": "",
      "node_modules/x/index.js": "",
      "__pycache__/a.pyc": "",
      ".venv/bin/python": "",
      "target/debug/x": "",
      "dist/a.js": "",
      ".git/HEAD": "",
    });
    Deno.symlinkSync(".", `${root}/circle`);
    const walk = await walkProject(root);
    assert.deepEqual(walk.files, ["a.py"]);
    assert.deepEqual(walk.links, ["circle"]);
    assert.deepEqual(walk.passedOver, [".git/", ".venv/", "__pycache__/", "dist/", "node_modules/", "target/"]);
    assert.equal(walk.complete, true);
  }));

Deno.test("sources in a folder that has a name of what tools make are the project's own, unless it shows that a tool made it", () =>
  inTemporaryFolder(async (root) => {
    const own = ["lib/venv/b.py", "src/com/target/a.py", "src/com/target/target/deep/c.py"];
    writeFiles(root, {
      ...Object.fromEntries(own.map((path) => [path, ""])),
      "target/x": "",
      "venv/x": "",
      "crates/one/Cargo.toml": "",
      "crates/one/target/x": "",
      "part/target/CACHEDIR.TAG": "",
      "project/target/streams/x": "",
      "part/venv/pyvenv.cfg": "",
      "conda/venv/conda-meta/history": "",
      "old/venv/bin/activate": "",
      "marts/dbt_project.yml": "",
      "marts/target/compiled/x.sql": "",
      "src/dist/x": "",
    });
    const walk = await walkProject(root);
    assert.deepEqual(walk.files, ["crates/one/Cargo.toml", "lib/venv/b.py", "marts/dbt_project.yml", ...own.slice(1)]);
    const stored = new IgnoreRules(walk.rules.texts);
    for (const path of own) assert.equal(stored.ignoresFile(path), false, path);
    assert.equal(stored.ignoresFile("part/venv/x"), true);
    for (const from of ["src/com/target", "src/com/target/target/deep"]) {
      const below = await walkProject(root, undefined, { from });
      assert.equal(below.rules.ignoresFolder(from), false, from);
      assert.deepEqual(below.files, own.filter((path) => path.startsWith(from)));
    }
    writeFiles(root, { ".gitignore": "src/com/target/\n" });
    const left = [".gitignore", "crates/one/Cargo.toml", "lib/venv/b.py", "marts/dbt_project.yml"];
    assert.deepEqual((await walkProject(root)).files, left);
  }));

Deno.test("a walk ends when its signal does", () =>
  inTemporaryFolder(async (root) => {
    const reason = new Error("stop");
    await assert.rejects(walkProject(root, AbortSignal.abort(reason)), reason);
  }));

Deno.test("a pipe that is named as an ignore file is, is not waited for", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, { "src/a.txt": "a" });
    const { success } = await new Deno.Command("mkfifo", { args: [`${root}/src/.gitignore`] }).output();
    assert.ok(success);
    assert.deepEqual((await walkProject(root)).files, ["src/a.txt"]);
  }));
