import assert from "node:assert/strict";
import { ToolError } from "../../src/ports/tool.ts";
import { resolveProjectPath } from "../../src/work/project_path.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";

Deno.test("paths inside the project are normalised and links in it are followed", () =>
  inTemporaryFolder((folder) => {
    const root = `${folder}/project`;
    writeFiles(root, { "src/a.ts": "a", "notes.md": "n" });
    Deno.symlinkSync("src", `${root}/link`);
    Deno.symlinkSync(`${root}/notes.md`, `${root}/absolute.md`);
    Deno.symlinkSync("not_yet.ts", `${root}/dangling.ts`);
    Deno.symlinkSync("../notes.md", `${root}/src/up.md`);
    const cases: [string, string][] = [
      ["src/a.ts", "src/a.ts"],
      ["./src//a.ts", "src/a.ts"],
      [`${root}/src/a.ts`, "src/a.ts"],
      [".", "."],
      ["new/deep/file.ts", "new/deep/file.ts"],
      ["link/a.ts", "src/a.ts"],
      ["link/new.ts", "src/new.ts"],
      ["absolute.md", "notes.md"],
      ["dangling.ts", "not_yet.ts"],
      ["link/up.md", "notes.md"],
      ["..a/b", "..a/b"],
    ];
    for (const [given, wanted] of cases) assert.equal(resolveProjectPath(root, given), wanted, given);
    assert.equal(resolveProjectPath(root, "absolute.md", { keepLastLink: true }), "absolute.md");
  }));

Deno.test("paths that leave the project are refused, however they do it", () =>
  inTemporaryFolder((folder) => {
    const root = `${folder}/project`;
    writeFiles(root, { "a.ts": "a" });
    writeFiles(`${folder}/project-other`, { "secret.txt": "s" });
    Deno.symlinkSync("..", `${root}/up`);
    Deno.symlinkSync("/etc", `${root}/etc`);
    Deno.symlinkSync(`${folder}/project-other/secret.txt`, `${root}/secret`);
    Deno.symlinkSync("../project-other/new.txt", `${root}/outside_new`);
    Deno.symlinkSync("round_b", `${root}/round_a`);
    Deno.symlinkSync("round_a", `${root}/round_b`);
    Deno.symlinkSync("up", `${root}/twice`);
    const refused = [
      "",
      "  ",
      "..",
      "../x",
      "src/../../x",
      "a/../b",
      "/etc/passwd",
      `${folder}/project-other/secret.txt`,
      folder,
      "up/x",
      "up/project-other/secret.txt",
      "etc/passwd",
      "etc/new/file",
      "secret",
      "outside_new",
      "round_a",
      "twice/x",
      "a\0b",
    ];
    for (const path of refused) assert.throws(() => resolveProjectPath(root, path), ToolError, path);
  }));

Deno.test("history and the project's own settings are not written", () =>
  inTemporaryFolder((root) => {
    writeFiles(root, { ".git/config": "c" });
    Deno.symlinkSync(".git", `${root}/history`);
    for (
      const path of [
        ".git/config",
        ".git",
        ".GIT/hooks/pre-commit",
        "history/config",
        "sub/.git/x",
        ".autonomy/config.jsonc",
      ]
    ) {
      assert.throws(() => resolveProjectPath(root, path, { forWriting: true }), /is not written by tools/, path);
    }
    assert.equal(resolveProjectPath(root, ".git/config"), ".git/config");
    for (const path of [".gitignore", ".github/x.yml"]) {
      assert.equal(resolveProjectPath(root, path, { forWriting: true }), path);
    }
  }));
