import assert from "node:assert/strict";
import { missingProject } from "../../src/work/missing_project.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";

const never = new AbortController().signal;
const way = (name: string, ...needs: string[]) => ({
  ...{ name, needs, commands: [], files: {}, source: "a", test: "b", runner: "c", starts: [] },
});
const LANGUAGES = {
  x: {
    name: "x",
    files: /\.x$/,
    newProjects: [
      { called: "X", named: /X/, files: /\.x$/, ways: [way("missing", "no-such-program"), way("there", "true")] },
      { called: "Y", named: /Y/, files: /\.y$/, ways: [way("failing", "false")] },
    ],
  },
};

Deno.test("a folder holds no project where nothing but what a repository is begun with stands in it", () =>
  inTemporaryFolder(async (root) => {
    assert.deepEqual(await missingProject(root, LANGUAGES, never), {
      entries: [],
      able: [{ called: "X", way: "there" }],
    });
    writeFiles(root, { "README.md": "", LICENSE: "", ".git/HEAD": "", ".gitignore": "" });
    assert.deepEqual((await missingProject(root, LANGUAGES, never))?.entries, [
      ".git",
      ".gitignore",
      "LICENSE",
      "README.md",
    ]);
    writeFiles(root, { "notes.txt": "" });
    assert.equal(await missingProject(root, LANGUAGES, never), null);
  }));

Deno.test("a way whose tool would change what stands above the folder is left out there, at any depth", () =>
  inTemporaryFolder(async (root) => {
    const own = { ...way("own", "true"), notBelow: "Cargo.toml" };
    const projects = [{ called: "X", named: /X/, files: /\.x$/, ways: [own, way("files", "true")] }];
    const languages = { x: { ...LANGUAGES.x, newProjects: projects } };
    writeFiles(root, { "top/sub/new/README.md": "" });
    const ableIn = async () => (await missingProject(`${root}/top/sub/new`, languages, never))?.able[0]?.way;
    assert.equal(await ableIn(), "own");
    writeFiles(root, { "top/Cargo.toml": "[workspace]\n" });
    assert.equal(await ableIn(), "files");
  }));
