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

/** What git lists below a folder as it stands, and what a walk over that finds. */
async function bothIn(root: string, folder: string, init: (git: (...args: string[]) => void) => void) {
  const environment = { HOME: `${root}/home`, PATH: Deno.env.get("PATH") ?? "" };
  const gitIn = (at: string) => (...args: string[]) =>
    new Deno.Command("git", {
      args: ["-c", "user.name=T", "-c", "user.email=t@localhost", "-C", `${root}/${at}`, ...args],
      env: environment,
      clearEnv: true,
    }).outputSync();
  init(gitIn("p"));
  const listed = gitIn(folder)("ls-files", "-z", "--cached", "--others", "--exclude-standard");
  const { files } = await walkProject(`${root}/${folder}`, undefined, { environment });
  const named = new TextDecoder().decode(listed.stdout).split("\0").filter((path) => path !== "").sort();
  return { named, files };
}

Deno.test("a project below the top of its repository has the rules from there, as git has them", {
  ignore: !installed("git", "--version"),
}, async (t) => {
  const inside = {
    "p/packages/app/src/a.ts": "",
    "p/packages/app/src/gen/b.ts": "",
    "p/packages/app/build/c.js": "",
    "p/packages/app/.env": "",
    "p/packages/app/data/d.sqlite": "",
    "p/packages/app/data/keep.sqlite": "",
    "p/packages/app/local/e.ts": "",
    "p/packages/app/.gitignore": "!/data/keep.sqlite\n",
  };
  const rows: readonly (readonly [what: string, top: string, middle: string, exclude: string, mine: string])[] = [
    ["by names", "build/\n.env\n*.sqlite\n", "", "local\n", ""],
    ["by paths", "/packages/app/build\npackages/*/src/gen/ \n/build\n/src\n", "/app/local/\n", "", ""],
    ["by several folders", "packages/**/gen\n**/build/\n/**/data/*.sqlite\n", "", "", ""],
    ["all but", "/packages/app/*\n!/packages/app/src\n!.gitignore\n", "", "", ""],
    ["the person's own", "", "", "/packages/app/src/gen\n", "/packages/app/local\n/local\n.env\n"],
    ["none that holds here", "# build\n\n/local\npackages/other/src\n", "/src\n", "", ""],
  ];
  for (const [what, top, middle, exclude, mine] of rows) {
    await t.step(what, () =>
      inTemporaryFolder(async (root) => {
        writeFiles(root, {
          ...inside,
          "p/.gitignore": top,
          "p/packages/.gitignore": middle,
          "home/.config/git/ignore": mine,
        });
        const { named, files } = await bothIn(root, "p/packages/app", (git) => {
          git("init", "-q");
          writeFiles(root, { "p/.git/info/exclude": exclude });
        });
        assert.deepEqual(files, named);
      }));
  }
});

Deno.test(
  "a further work tree has the rules of its repository",
  { ignore: !installed("git", "--version") },
  () =>
    inTemporaryFolder(async (root) => {
      writeFiles(root, { "p/a.ts": "", "p/.gitignore": "*.log\n" });
      const { named, files } = await bothIn(root, "tree", (git) => {
        git("init", "-q");
        git("add", "-A");
        git("commit", "-q", "-m", "begin");
        git("worktree", "add", "-q", "../tree");
        writeFiles(root, {
          "p/.git/info/exclude": "mine.txt\n",
          "tree/mine.txt": "",
          "tree/b.log": "",
          "tree/c.ts": "",
        });
      });
      assert.deepEqual(named, [".gitignore", "a.ts", "c.ts"]);
      assert.deepEqual(files, named);
    }),
);

Deno.test("a project that its repository ignores as a whole keeps its files", () =>
  inTemporaryFolder(async (root) => {
    for (const rules of ["tmp/\n*.ts\n", "*\n", "/tmp/app\n", "/tmp/*\n"]) {
      writeFiles(root, { "p/.git/HEAD": "", "p/.gitignore": rules, "p/tmp/app/a.ts": "" });
      assert.deepEqual((await walkProject(`${root}/p/tmp/app`, undefined, { environment: {} })).files, ["a.ts"], rules);
    }
  }));

Deno.test("a copy of a project below the top of its repository has the rules of that", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, {
      "p/.git/HEAD": "",
      "p/.gitignore": "/app/build/\n",
      "copy/a.ts": "",
      "copy/build/b.js": "",
      "p/app/a.ts": "",
    });
    const found = await walkProject(`${root}/copy`, undefined, { environment: {}, home: `${root}/p/app` });
    assert.deepEqual(found.files, ["a.ts"]);
  }));

Deno.test("a machine without a home has no rules of its own", () =>
  inTemporaryFolder(async (root) => assert.equal((await gitRules(root, null, {})).everywhere, null)));
