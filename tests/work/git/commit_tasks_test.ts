import assert from "node:assert/strict";
import { commitTasks, NotCommitted, type TaskCommit } from "../../../src/work/git/commit_tasks.ts";
import type { Git } from "../../../src/work/git/git.ts";
import { branchFault, findRepository, isCheckedOut, tipOf } from "../../../src/work/git/repository.ts";
import { makeRepository, withRepository } from "./fixtures/git_project.ts";
import { contentHash } from "../../../src/work/content_hash.ts";

/** Why no branch can be made. */
async function faultIn(git: Git, project: string): Promise<string> {
  const found = await findRepository(git, project);
  return "fault" in found ? found.fault : "none";
}

const contents = new Map<string, Uint8Array>();
const blobs = { getBlob: (hash: string) => contents.get(hash) };

function side(text: string | null, mode = 0o100644) {
  if (text === null) return null;
  const bytes = new TextEncoder().encode(text);
  contents.set(contentHash(bytes), bytes);
  return { hash: contentHash(bytes), mode };
}

function task(id: string, files: Readonly<Record<string, readonly [string | null, string | null]>>): TaskCommit {
  return {
    task: id,
    message: `Do ${id}\n`,
    files: Object.entries(files).map(([path, [from, to]]) => ({ path, from: side(from), to: side(to) })),
  };
}

Deno.test("a commit of each task holds its own files, and neither the folder nor the index of the person is touched", () =>
  withRepository({ "a.txt": "one\n", "b.txt": "two\n", "gone.txt": "old\n" }, async ({ git, folder, shell, head }) => {
    await Deno.writeTextFile(`${folder}/b.txt`, "two\nmine\n");
    await Deno.writeTextFile(`${folder}/staged.txt`, "staged\n");
    await shell("add", "staged.txt");
    const before = [await shell("status", "--porcelain"), await shell("ls-files", "-s")];
    const made = await commitTasks([
      task("T1", { "a.txt": ["one\n", "one\nmore\n"], "new/made.txt": [null, "new\n"] }),
      task("T2", { "gone.txt": ["old\n", null], "a.txt": ["one\nmore\n", "one\nmore\nlast\n"] }),
    ], { git, blobs, prefix: "", parent: head });
    assert.deepEqual(made.map((one) => one.task), ["T1", "T2"]);
    const [one, two] = made.map((one) => one.commit);
    assert.equal(
      await shell("show", "--name-status", "--format=%s|%an", one!),
      "Do T1|Tester\n\nM\ta.txt\nA\tnew/made.txt",
    );
    assert.equal(await shell("show", "--name-status", "--format=%s", two!), "Do T2\n\nM\ta.txt\nD\tgone.txt");
    assert.equal(await shell("show", `${two}:a.txt`), "one\nmore\nlast");
    assert.equal(await shell("show", `${two}:b.txt`), "two", "what the person had not committed is in no commit");
    assert.deepEqual([await shell("status", "--porcelain"), await shell("ls-files", "-s")], before);
    assert.equal(await shell("rev-parse", "HEAD"), head);
  }));

Deno.test("changes of the person that are not committed stay out of the commit, also in a file of the task", () =>
  withRepository({ "a.txt": "1\n2\n3\n4\n5\n6\n" }, async ({ git, shell, head }) => {
    const mine = "1 mine\n2\n3\n4\n5\n6\n";
    const [made] = await commitTasks([task("T1", { "a.txt": [mine, `${mine.replace("6", "six")}`] })], {
      ...{ git, blobs, prefix: "", parent: head },
    });
    assert.equal(await shell("show", `${made?.commit}:a.txt`), "1\n2\n3\n4\n5\nsix");
    const same = commitTasks([task("T2", { "a.txt": [mine, mine.replace("mine", "theirs")] })], {
      ...{ git, blobs, prefix: "", parent: head },
    });
    await assert.rejects(
      same,
      (error) => error instanceof NotCommitted && /^a\.txt held changes that you had not/.test(error.message),
    );
    const untracked = commitTasks([task("T3", { "b.txt": ["mine\n", "mine\nmore\n"] })], {
      ...{ git, blobs, prefix: "", parent: head },
    });
    await assert.rejects(untracked, NotCommitted);
  }));

Deno.test("a project below the top, an ignored file, a program and a link are committed as git keeps them", () =>
  withRepository({ ".gitignore": "build/\n", "sub/a.txt": "a\n" }, async ({ folder, shell, head, gitIn }) => {
    const files = [
      { path: "build/out.txt", from: null, to: side("built\n") },
      { path: "run.sh", from: null, to: side("#!/bin/sh\n", 0o100755) },
      { path: "link", from: null, to: side("a.txt", 0o120777) },
      { path: "a.txt", from: side("a\n"), to: side("a\r\nb\r\n") },
    ];
    await Deno.writeTextFile(`${folder}/.git/info/attributes`, "*.txt text eol=crlf\n");
    const git = gitIn("sub");
    const repository = await findRepository(git, `${folder}/sub`);
    assert.deepEqual(repository, { prefix: "sub/", head, branch: "main" });
    const [made, ...more] = await commitTasks(
      [{ task: "T1", message: "Do it\n", files }, { task: "T2", message: "Nothing\n", files: files.slice(0, 1) }],
      { git, blobs, prefix: "sub/", parent: head },
    );
    assert.deepEqual(more, [], "a task that changes nothing that git keeps has no commit");
    assert.match(await shell("ls-tree", "-r", made!.commit), /^100755 .*sub\/run\.sh$/m);
    assert.match(await shell("ls-tree", "-r", made!.commit), /^120000 .*sub\/link$/m);
    assert.doesNotMatch(await shell("ls-tree", "-r", made!.commit), /build/);
    assert.equal(await shell("cat-file", "blob", `${made!.commit}:sub/a.txt`), "a\nb", "line ends are those of git");
  }));

Deno.test("work in a submodule, or in another repository inside, is refused by name: a commit would put it in the place of that", () =>
  withRepository({ "a.txt": "a\n", "top/sub/b.txt": "b\n", "own/b.txt": "b\n" }, async ({ folder, shell, gitIn }) => {
    await shell("rm", "-r", "--quiet", "--cached", "top", "own");
    for (const name of ["top/sub", "own"]) await makeRepository(`${folder}/${name}`);
    const { text: id } = await gitIn("top/sub").must(["rev-parse", "HEAD"]);
    await shell("update-index", "--add", "--cacheinfo", `160000,${id},top/sub`);
    await shell("commit", "--quiet", "--message=submodule");
    const parent = await shell("rev-parse", "HEAD");
    const rows = [
      ["", "top/sub/b.txt", "b\n", "B\n", "top/sub"],
      ["", "top/sub/deep/new.txt", null, "new\n", "top/sub"],
      ["top/", "sub/new.txt", null, "new\n", "sub"],
      ["", "own/new.txt", null, "new\n", "own"],
    ] as const;
    for (const [prefix, path, from, to, repository] of rows) {
      const committing = { git: gitIn(prefix.replace("/", "")), blobs, prefix, parent };
      const made = commitTasks([task("T1", { [path]: [from, to] })], committing);
      await assert.rejects(
        made,
        (error) =>
          error instanceof NotCommitted &&
          error.message.startsWith(`${path} stands in ${repository}, which is a repository`),
      );
    }
    const [made] = await commitTasks([task("T1", { "a.txt": ["a\n", "A\n"] })], {
      git: gitIn(""),
      blobs,
      prefix: "",
      parent,
    });
    assert.match(await shell("ls-tree", made!.commit, "top/sub"), /^160000 commit /);
  }));

Deno.test("a file in place of a folder, a folder in place of a file, and the end of a file that git never kept are no changes of the person", () =>
  withRepository({ "a": "a\n", "d/x.txt": "x\n", "d/y.txt": "y\n" }, async ({ git, shell, head }) => {
    const [made] = await commitTasks([
      task("T1", {
        "a": ["a\n", null],
        "a/b.txt": [null, "b\n"],
        "d": [null, "file\n"],
        "d/x.txt": ["x\n", null],
        "d/y.txt": ["y\n", null],
        "untracked.txt": ["mine\n", null],
      }),
    ], { git, blobs, prefix: "", parent: head });
    assert.equal(await shell("ls-tree", "-r", "--name-only", made!.commit), "a/b.txt\nd");
  }));

Deno.test("line ends that were committed as they stand stay so, and those that git converts keep nothing from being committed", () =>
  withRepository({ "a.txt": "1\r\n2\r\n3\r\n4\r\n5\r\n", "b.txt": "1\n" }, async ({ git, shell, head }) => {
    await shell("config", "core.autocrlf", "input");
    await shell("config", "core.safecrlf", "true");
    assert.equal(await shell("status", "--porcelain"), "");
    const own = { git, blobs, prefix: "", parent: head };
    const before = "1\r\n2\r\n3\r\n4\r\n5\r\n";
    const made = await commitTasks([
      task("T1", { "a.txt": [before, before.replace("5", "five")], "new.txt": [null, "a\r\nb\r\n"] }),
      task("T2", { "a.txt": [before.replace("5", "five"), before.replace("5", "FIVE")] }),
    ], own);
    const bytes = async (path: string) => {
      const { bytes } = await git.must(["cat-file", "blob", `${made.at(-1)?.commit}:${path}`]);
      return new TextDecoder().decode(bytes);
    };
    assert.deepEqual([await bytes("a.txt"), await bytes("new.txt")], [before.replace("5", "FIVE"), "a\nb\n"]);
    const mine = before.replace("1", "mine");
    const [beside] = await commitTasks([task("T3", { "a.txt": [mine, mine.replace("5", "five")] })], own);
    const shown = await shell("show", "--format=", "--unified=0", "--ignore-space-at-eol", beside!.commit);
    assert.match(shown, /^-5\s+^\+five/m);
    assert.doesNotMatch(shown, /mine/);
  }));

Deno.test("no hook runs, nothing is signed, and who has no name in git commits all the same", () =>
  withRepository({ "a.txt": "a\n" }, async ({ git, folder, shell, head }) => {
    const hook = `#!/bin/sh\necho "$0" >> ${folder}/hooks.txt\nexit 1\n`;
    for (const name of ["pre-commit", "commit-msg", "post-commit", "reference-transaction", "post-index-change"]) {
      await Deno.writeTextFile(`${folder}/.git/hooks/${name}`, hook, { mode: 0o755 });
    }
    await shell("config", "commit.gpgsign", "true");
    await shell("config", "gpg.program", "/bin/false");
    // Whatever this machine calls its people: an empty name is none.
    await shell("config", "user.name", "");
    const [made] = await commitTasks([task("T1", { "a.txt": ["a\n", "b\n"] })], {
      git,
      blobs,
      prefix: "",
      parent: head,
    });
    await git.must(["update-ref", "refs/heads/own", made!.commit, "0".repeat(40)]);
    assert.equal(await shell("log", "-1", "--format=%an <%ae> %G?", "own"), "Autonomy <autonomy@localhost> N");
    await assert.rejects(Deno.stat(`${folder}/hooks.txt`), Deno.errors.NotFound);
  }));

Deno.test("what the environment configures of git counts, as it does where the person calls it", () =>
  withRepository({ "a.txt": "a\n" }, async ({ git, shell, head }) => {
    await shell("config", "--unset", "user.name");
    const variables = { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "user.name", GIT_CONFIG_VALUE_0: "Numbered" };
    for (const [name, value] of Object.entries(variables)) Deno.env.set(name, value);
    try {
      const [made] = await commitTasks([task("T1", { "a.txt": ["a\n", "b\n"] })], {
        ...{ git, blobs, prefix: "", parent: head },
      });
      assert.equal(await shell("show", "--no-patch", "--format=%an", made!.commit), "Numbered");
    } finally {
      for (const name of Object.keys(variables)) Deno.env.delete(name);
    }
  }));

Deno.test("a repository in which no branch can be made now says why, in plain words", () =>
  withRepository({ "a.txt": "a\n" }, async ({ git, folder, shell, head, gitIn }) => {
    const project = folder;
    for (
      const [name, said] of [["MERGE_HEAD", /a merge is going on .*git merge --abort/], [
        "rebase-merge",
        /a rebase is going on/,
      ], ["CHERRY_PICK_HEAD", /a cherry-pick is going on/]] as const
    ) {
      await Deno.writeTextFile(`${folder}/.git/${name}`, `${head}\n`);
      assert.match(await faultIn(git, project), said);
      await Deno.remove(`${folder}/.git/${name}`);
    }
    await shell("checkout", "--quiet", "--detach");
    assert.deepEqual(await findRepository(git, project), { prefix: "", head, branch: null });
    await shell("checkout", "--quiet", "main");
    await Deno.remove(`${folder}/.git`, { recursive: true });
    assert.match(await faultIn(git, project), /stands in no git repository$/);
    await gitIn("").must(["init", "--quiet"]);
    assert.match(await faultIn(git, project), /has no commit yet/);
  }));

Deno.test("a branch that is there, one beside which none can stand, and what is no name are refused", () =>
  withRepository({ "a.txt": "a\n" }, async ({ git, shell, head }) => {
    await shell("branch", "autonomy/one");
    assert.match(await branchFault(git, "autonomy/one") ?? "", /the branch autonomy\/one exists already: name another/);
    assert.match(await branchFault(git, "autonomy") ?? "", /cannot stand beside the branch autonomy\/one/);
    assert.match(await branchFault(git, "autonomy/one/more") ?? "", /cannot stand beside the branch autonomy\/one/);
    for (const name of ["", "-x", "a b", "a..b", "HEAD", "a~1"]) {
      assert.match(await branchFault(git, name) ?? "", /is no name for a branch/);
    }
    assert.equal(await branchFault(git, "autonomy/two"), null);
    assert.deepEqual([await tipOf(git, "autonomy/one"), await tipOf(git, "two")], [head, null]);
    assert.deepEqual([await isCheckedOut(git, "main"), await isCheckedOut(git, "autonomy/one")], [true, false]);
  }));
