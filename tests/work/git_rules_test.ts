import assert from "node:assert/strict";
import { walkProject } from "../../src/work/project_files.ts";
import { IgnoreRules } from "../../src/work/ignore_rules.ts";
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

/** What git lists of a folder. */
function listedIn(folder: string, environment: Record<string, string>): readonly string[] {
  const words = ["-C", folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { stdout } = new Deno.Command("git", { args: words, env: environment, clearEnv: true }).outputSync();
  return new TextDecoder().decode(stdout).split("\0").filter((path) => path !== "").sort();
}

Deno.test("rules that reach a project from elsewhere hold there as git has them", {
  ignore: !installed("git", "--version"),
}, async (t) => {
  const made = { "a.ts": "", "b.log": "", "out/c.ts": "", "deep/out/d.ts": "", "deep/keep.log": "" };
  const below = (folder: string) =>
    Object.fromEntries(Object.entries(made).map(([path, text]) => [folder + path, text]));
  const shown = ["a.ts", "deep/keep.log", "deep/out/d.ts"];
  const author = ["-c", "user.name=T", "-c", "user.email=t@localhost"];
  type Git = (...words: readonly string[]) => void;
  const rows: readonly (readonly [
    what: string,
    make: (root: string, git: Git) => void,
    project: string,
    files: readonly string[],
  ])[] = [
    [
      "a package of a repository",
      (root, git) => {
        const rules = { ".gitignore": "*.log\nout\n", "packages/.gitignore": "/a/deep/*\n!/a/deep/out\n!keep.log\n" };
        writeFiles(root, { ...below("packages/a/"), ...rules, "packages/a/.gitignore": "!/deep/out/\n" });
        git("init", "-q");
      },
      "packages/a",
      [".gitignore", ...shown],
    ],
    [
      "a package, by the repository's own list",
      (root, git) => {
        writeFiles(root, below("packages/a/"));
        git("init", "-q");
        writeFiles(root, { ".git/info/exclude": "b.log\n/packages/*/out/\n" });
      },
      "packages/a",
      shown,
    ],
    [
      "a package of a repository that ignores it as a whole",
      (root, git) => {
        writeFiles(root, { ...below("packages/a/"), ".gitignore": "*\n" });
        git("init", "-q");
        git("-C", `${root}/packages/a`, "init", "-q");
        writeFiles(root, { "packages/a/.gitignore": "b.log\n/out/\n" });
      },
      "packages/a",
      [".gitignore", ...shown],
    ],
    [
      "a folder that a deeper file takes back",
      (root, git) => {
        writeFiles(root, { ...below("p/"), "p/.gitignore": "out/\n/*.log\n", "p/deep/.gitignore": "!out\n" });
        writeFiles(root, { "p/deep/out/*/e.ts": "", "p/deep/out/*/out/f.ts": "", "p/deep/out/*/.gitignore": "f.*\n" });
        git("-C", `${root}/p`, "init", "-q");
      },
      "p",
      [
        ".gitignore",
        "a.ts",
        "deep/.gitignore",
        "deep/keep.log",
        "deep/out/*/.gitignore",
        "deep/out/*/e.ts",
        "deep/out/d.ts",
      ],
    ],
    [
      "a further folder of work",
      (root, git) => {
        writeFiles(root, { "main/x.ts": "" });
        git("-C", `${root}/main`, "init", "-q");
        git("-C", `${root}/main`, "add", "-A");
        git("-C", `${root}/main`, ...author, "commit", "-qm", "begin");
        git("-C", `${root}/main`, "worktree", "add", "-q", `${root}/work`);
        writeFiles(root, { ...below("work/"), "main/.git/info/exclude": "b.log\n/out/\n" });
      },
      "work",
      [...shown, "x.ts"],
    ],
    [
      "configuration and rules of the person that are links",
      (root, git) => {
        writeFiles(root, { ...below("p/"), "dotfiles/config": "[core]\nexcludesFile = ~/mine\n" });
        writeFiles(root, { "dotfiles/mine": "b.log\n/out/\n" });
        Deno.mkdirSync(`${root}/home`);
        Deno.symlinkSync("../dotfiles/config", `${root}/home/.gitconfig`);
        Deno.symlinkSync("../dotfiles/mine", `${root}/home/mine`);
        git("-C", `${root}/p`, "init", "-q");
      },
      "p",
      shown,
    ],
  ];
  for (const [what, make, project, files] of rows) {
    await t.step(what, () =>
      inTemporaryFolder(async (root) => {
        const environment = { HOME: `${root}/home`, PATH: Deno.env.get("PATH") ?? "" };
        make(root, (...args) => {
          const { success, stderr } = new Deno.Command("git", {
            args: [...args],
            cwd: root,
            env: environment,
            clearEnv: true,
          })
            .outputSync();
          assert.ok(success, new TextDecoder().decode(stderr));
        });
        const folder = `${root}/${project}`;
        assert.deepEqual(listedIn(folder, environment), files);
        assert.deepEqual((await walkProject(folder, undefined, { environment })).files, files);
      }));
  }
});

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
        const environment = { HOME: `${root}/home`, PATH: Deno.env.get("PATH") ?? "" };
        new Deno.Command("git", { args: ["-C", `${root}/p`, "init", "-q"], env: environment, clearEnv: true })
          .outputSync();
        writeFiles(root, { "p/.git/info/exclude": exclude });
        const { files } = await walkProject(`${root}/p/packages/app`, undefined, { environment });
        assert.deepEqual(files, listedIn(`${root}/p/packages/app`, environment));
      }));
  }
});

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

Deno.test("a project in a folder that an outer repository ignores is not ignored with it", () =>
  inTemporaryFolder(async (root) => {
    writeFiles(root, { ".git/HEAD": "", ".gitignore": "/*\n", "p/a.ts": "", "p/q/b.ts": "" });
    assert.deepEqual((await walkProject(`${root}/p/q`, undefined, { environment: {} })).files, ["b.ts"]);
  }));

Deno.test("a machine without a home has no rules of its own", () =>
  inTemporaryFolder(async (root) => assert.equal((await gitRules(root, `${root}/.git`, {})).everywhere, null)));

Deno.test("what a deeper file takes back is known at any depth: each folder's rules follow from those of the one above", () => {
  const rules = new IgnoreRules({ "": "*\n!/web/\n", web: "!*\n*.log\n" });
  const deep = `web/${"d/".repeat(60)}`;
  assert.deepEqual([rules.ignoresFile(`${deep}a.ts`), rules.ignoresFile(`${deep}a.log`)], [false, true]);
});
