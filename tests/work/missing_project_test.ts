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
