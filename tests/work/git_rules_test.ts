import assert from "node:assert/strict";
import { walkProject } from "../../src/work/project_files.ts";
import { gitRules } from "../../src/work/git_rules.ts";
import { installed } from "../run/fixtures/installed.ts";
import { inTemporaryFolder, writeFiles } from "../run/fixtures/temporary_folder.ts";

const FILES = {
  "p/.gitignore": "Build/\n*.LOG\n",
  "p/build/a.ts": "",
  "p/Build/b.ts": "",
  "p/c.log": "",
  "p/d.LOG": "",
};

Deno.test("ignore files are matched by the case rule of the file system, as git does", async (t) => {
  const rows: readonly (readonly [what: string, config: string | null, files: readonly string[]])[] = [
    ["as it is tried here", null, [".gitignore", "build/a.ts", "c.log"]],
    ["as the repository says: told apart", "[core]\n\tignorecase = false\n", [".gitignore", "build/a.ts", "c.log"]],
    ["as the repository says: the same", "[core]\n\tignorecase = true\n", [".gitignore"]],
    ["a value without a sign means yes", "[core]\n  IgnoreCase\n", [".gitignore"]],
    ["the last value counts", "[core]\nignorecase = true\nignorecase = false\n", [".gitignore", "build/a.ts", "c.log"]],
    ["another section says nothing", "[other]\nignorecase = true\n", [".gitignore", "build/a.ts", "c.log"]],
  ];
  for (const [what, config, files] of rows) {
    await t.step(what, () =>
      inTemporaryFolder(async (root) => {
        writeFiles(root, { ...FILES, ...(config === null ? {} : { "p/.git/config": config }) });
        assert.deepEqual((await walkProject(`${root}/p`, undefined, { environment: {} })).files, files);
      }));
  }
});

Deno.test("the person's own ignore file is heeded, below the rules of the project", async (t) => {
  const files = { "p/a.ts": "", "p/b.swp": "", "p/keep.swp": "", "p/.gitignore": "!keep.swp\n" };
  const kept = [".gitignore", "a.ts", "keep.swp"];
  const rows:
    readonly (readonly [what: string, more: Record<string, string>, found: readonly string[], home?: null])[] = [
      ["git/ignore of the home", { "home/.config/git/ignore": "*.swp\n" }, kept],
      ["git/ignore of the configured folder", { "config/git/ignore": "*.swp\n" }, kept],
      ["core.excludesFile of the home", {
        "home/.gitconfig": "[core]\n\texcludesFile = ~/mine\n",
        "home/mine": "*.swp\n",
      }, kept],
      ["core.excludesFile in quotes", {
        "home/.gitconfig": '[core]\nexcludesfile = "~/my rules"\n',
        "home/my rules": "*.swp\n",
      }, kept],
      ["core.excludesFile of the repository", {
        "p/.git/config": "[core]\n\texcludesfile = ../mine\n",
        "mine": "*.swp\n",
      }, kept],
      ["none", {}, [".gitignore", "a.ts", "b.swp", "keep.swp"]],
      ["one that is not there", { "home/.gitconfig": "[core]\nexcludesfile = ~/gone\n" }, [
        ".gitignore",
        "a.ts",
        "b.swp",
        "keep.swp",
      ]],
    ];
  for (const [what, more, found] of rows) {
    await t.step(what, () =>
      inTemporaryFolder(async (root) => {
        writeFiles(root, { ...files, ...more });
        const environment = {
          HOME: `${root}/home`,
          ...("config/git/ignore" in more ? { XDG_CONFIG_HOME: `${root}/config` } : {}),
        };
        assert.deepEqual((await walkProject(`${root}/p`, undefined, { environment })).files, found);
      }));
  }
});

Deno.test("the same files are found as git finds them with a person's own rules", {
  ignore: !installed("git", "--version"),
}, () =>
  inTemporaryFolder(async (root) => {
    const environment = { HOME: `${root}/home`, PATH: Deno.env.get("PATH") ?? "" };
    writeFiles(root, {
      ...FILES,
      "home/.gitconfig": "[core]\n\texcludesfile = ~/mine\n",
      "home/mine": "c.*\n/build/\n",
      "p/src/build/x.ts": "",
    });
    const git = (...args: string[]) =>
      new Deno.Command("git", { args: ["-C", `${root}/p`, ...args], env: environment, clearEnv: true }).outputSync();
    git("init", "-q");
    const listed = new TextDecoder().decode(git("ls-files", "-z", "--others", "--exclude-standard").stdout);
    const { files } = await walkProject(`${root}/p`, undefined, { environment });
    assert.deepEqual(files, listed.split("\0").filter((path) => path !== "").sort());
  }));

Deno.test("a machine without a home has no rules of its own", () =>
  inTemporaryFolder(async (root) => assert.equal((await gitRules(root, {})).everywhere, null)));
