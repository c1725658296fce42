import assert from "node:assert/strict";
import { commitRun } from "../../src/cli/commit_run.ts";
import { EXIT } from "../../src/cli/exit_code.ts";
import { findRun, readRun, withRun } from "../../src/cli/stored_run.ts";
import type { State } from "../../src/features/state.ts";
import { type GitProject, makeRepository } from "../work/git/fixtures/git_project.ts";
import { AttemptRun } from "./fixtures/attempt_run.ts";
import { callHere } from "./fixtures/call_here.ts";
import { jsonLines, type Place, withPlace } from "./fixtures/command_line.ts";

const RUN = "20260101-000000-0001";

/** A run of two tasks, the first of them accepted, whose work is wanted on a branch. */
function withStored(
  test: (place: Place, git: GitProject, commit: () => Promise<State>) => Promise<void>,
  ending: "partial" | "accepted" = "partial",
): Promise<void> {
  return withPlace(async (place) => {
    await Deno.writeTextFile(`${place.project}/a.txt`, "a\n");
    await Deno.writeTextFile(`${place.project}/.gitignore`, "*.log\n");
    const git = await makeRepository(place.project);
    const run = new AttemptRun(place, RUN, ["T1", "T2", "T3"]);
    run.append({ type: "branch_wanted", branch: "own", base: git.head, kept: true });
    await run.attempt({ task: "T1", files: { "a.txt": { content: "a\nb\n" }, "new.txt": { content: "n\n" } } });
    await run.attempt({ task: "T2", files: { "two.txt": { content: "two\n" } } });
    await run.attempt({ task: "T3", files: { "ignored.log": { content: "built\n" } } });
    run.append(
      { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
      { type: "task_changed", id: "T1", status: "done", reason: "" },
      { type: "task_changed", id: "T3", status: "in_progress", reason: "" },
      { type: "task_changed", id: "T3", status: "done", reason: "" },
    );
    run.close(ending);
    const context = { environment: (name: string) => name === "AUTONOMY_STATE_HOME" ? place.state : undefined };
    await test(place, git, async () => {
      const read = readRun(findRun(context as never, RUN), false);
      return await withRun(read, () => commitRun(read));
    });
  });
}

Deno.test("only what was accepted is committed, once, and the run ends as it did", () =>
  withStored(async (place, { shell, head }, commit) => {
    const { commits, run } = await commit();
    assert.deepEqual([commits.made.map(({ task }) => task), commits.why, run.ending?.kind], [["T1"], null, "partial"]);
    assert.equal(await shell("diff", "--name-status", head, "own"), "M\ta.txt\nA\tnew.txt");
    assert.equal(await shell("log", "--format=%s", `${head}..own`), "Do T1");
    assert.deepEqual((await commit()).commits.made, commits.made, "nothing new was accepted");
    assert.match((await callHere(place, ["runs"])).out, new RegExp(`^${RUN} +partial`, "m"));
    assert.match((await callHere(place, ["show", RUN])).out, /^Branch +own, 1 commit$/m);
    assert.equal((await callHere(place, ["undo", RUN])).code, 0);
    assert.equal(await shell("status", "--porcelain"), "");
  }));

Deno.test("a branch that somebody made or moved meanwhile stays as it is, and the run says so", () =>
  withStored(async (place, { shell, head }, commit) => {
    await shell("branch", "own");
    const { commits } = await commit();
    assert.deepEqual([commits.made, commits.tip], [[], null]);
    assert.match(commits.why ?? "", /the branch own is not as this run left it/);
    assert.equal(await shell("rev-parse", "own"), head);
    assert.match((await callHere(place, ["show", RUN])).out, /^Branch +own, not committed: the branch own is not as/m);
  }));

Deno.test("commits that a kill kept from being noted are found again, and are not made twice", () =>
  withStored(async (place, { shell }, commit) => {
    const journal = `${place.state}/runs/${RUN}/run.db`;
    await Deno.copyFile(journal, `${place.folder}/before.db`);
    const { commits } = await commit();
    for (const end of ["-wal", "-shm"]) await Deno.remove(`${journal}${end}`).catch(() => {});
    await Deno.copyFile(`${place.folder}/before.db`, journal);
    const again = (await commit()).commits;
    assert.deepEqual([again.made, again.why], [commits.made, null]);
    assert.equal(await shell("rev-list", "--count", "main..own"), "1");
  }));

Deno.test("while a merge goes on nothing is committed; once it is over, what was accepted is", () =>
  withStored(async (_place, { shell, head, folder }, commit) => {
    await Deno.writeTextFile(`${folder}/.git/MERGE_HEAD`, `${head}\n`);
    assert.match((await commit()).commits.why ?? "", /a merge is going on/);
    await Deno.remove(`${folder}/.git/MERGE_HEAD`);
    await shell("checkout", "--quiet", "--detach");
    const { commits } = await commit();
    assert.deepEqual([commits.made.length, commits.why], [1, null]);
    assert.equal(await shell("rev-parse", "own~1"), head);
  }));

Deno.test("an accepted run whose branch could not be made is committed by one more accept, once it can be", () =>
  withStored(async (place, { shell, head, folder }, commit) => {
    await Deno.writeTextFile(`${folder}/.git/MERGE_HEAD`, `${head}\n`);
    await commit();
    const accept = (...flags: readonly string[]) => callHere(place, ["accept", RUN, ...flags]);
    const { code, out } = await accept();
    assert.equal(code, EXIT.partial);
    assert.match(out, /^Run \S+ is accepted already: /m);
    assert.match(
      out,
      /^Not committed on own: a merge is going on .*\nCommit it then: autonomy accept 20260101-000000-0001$/m,
    );
    await Deno.remove(`${folder}/.git/MERGE_HEAD`);
    const made = await accept("--json");
    const [result] = jsonLines(made.out);
    assert.deepEqual([made.code, result?.exit], [0, 0]);
    assert.deepEqual((result?.branch as { readonly name: string; readonly why: null }).why, null);
    assert.equal(await shell("rev-parse", "own~1"), head);
    assert.match((await accept()).out, /^Branch: own, 1 commit$/m);
  }, "accepted"));

Deno.test("a run whose project was moved is undone, brought in and committed where it stands now, once that is named", () =>
  withStored(async (place, { shell, head, folder }) => {
    const moved = `${place.folder}/moved`;
    await Deno.rename(folder, moved);
    const call = async (...words: readonly string[]) => {
      const { code, out, err } = await callHere({ ...place, project: place.folder }, words);
      return [code, `${out}${err}`] as const;
    };
    const [code, said] = await call("undo", RUN);
    assert.equal(code, EXIT.usage);
    assert.match(said, /project of run \S+ was \S+, which is not there any more\. Where it was moved.*--project DIR/);
    const [undone, told] = await call("undo", RUN, "-C", moved, "--yes");
    assert.equal(undone, 0, told);
    assert.match(told, /^Run \S+ of \S+\/moved, where \S+ was moved: /);
    assert.equal(await Deno.readTextFile(`${moved}/a.txt`), "a\n");
    assert.equal((await call("apply", RUN, "T1", "-C", moved, "--yes"))[0], 0);
    assert.equal(await Deno.readTextFile(`${moved}/a.txt`), "a\nb\n");
    const [accepted, out] = await call("accept", RUN, "-C", moved);
    assert.equal(accepted, 0, out);
    await Deno.rename(moved, folder);
    assert.equal(await shell("rev-parse", "own~1"), head);
  }, "accepted"));

Deno.test("without the folder of its project a run is not committed, which is not for want of git", () =>
  withStored(async (_place, { folder }, commit) => {
    await Deno.rename(folder, `${folder}-moved`);
    const { commits } = await commit();
    assert.match(commits.why ?? "", /^\S+ is not there any more$/);
  }));

Deno.test("work that cannot be told from changes that the person had not committed is not committed, with the file", () =>
  withPlace(async (place) => {
    await Deno.writeTextFile(`${place.project}/a.txt`, "a\n");
    const { shell, head } = await makeRepository(place.project);
    await Deno.writeTextFile(`${place.project}/a.txt`, "mine\n");
    const run = new AttemptRun(place, RUN, ["T1"]);
    run.append({ type: "branch_wanted", branch: "own", base: head, kept: true });
    await run.attempt({ task: "T1", files: { "a.txt": { content: "mine and the run's\n" } } });
    run.append(
      { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
      { type: "task_changed", id: "T1", status: "done", reason: "" },
    );
    run.close("accepted");
    const context = { environment: (name: string) => name === "AUTONOMY_STATE_HOME" ? place.state : undefined };
    const read = readRun(findRun(context as never, RUN), false);
    const { commits } = await withRun(read, () => commitRun(read));
    assert.match(commits.why ?? "", /^a\.txt held changes that you had not committed.*commit yours first/);
    assert.equal((await shell("branch", "--list", "own")).trim(), "");
    assert.match((await callHere(place, ["show", RUN])).out, /Ended +accepted/);
    await shell("commit", "--quiet", "--all", "--message=mine and the work");
    assert.match(
      (await callHere(place, ["accept", RUN])).out,
      /commit [0-9a-f]{12}, which is .*, holds the work already/,
    );
    await shell("reset", "--quiet", head);
    assert.equal((await callHere(place, ["undo", RUN])).code, 0);
    await shell("commit", "--quiet", "--all", "--message=mine");
    const { code, out } = await callHere(place, ["accept", RUN]);
    assert.equal(code, 0, out);
    assert.equal(await shell("show", "own:a.txt"), "mine and the run's");
    assert.equal(await shell("rev-parse", "own~1"), await shell("rev-parse", "main"));
  }));

Deno.test("work at a file that another task wrote in between is committed where it stood, and not taken for a change of the person", () =>
  withPlace(async (place) => {
    await Deno.writeTextFile(`${place.project}/a.txt`, "a\n");
    const { shell, head } = await makeRepository(place.project);
    const run = new AttemptRun(place, RUN, ["T1", "T2"]);
    run.append({ type: "branch_wanted", branch: "own", base: head, kept: true });
    const works = [["T1", "one\n"], ["T2", "two\n"], ["T1", "three\n"], ["T1", "four\n"]] as const;
    for (const [task, content] of works) await run.attempt({ task, files: { "a.txt": { content } } });
    for (const id of ["T1", "T2"]) {
      run.append(
        { type: "task_changed", id, status: "in_progress", reason: "" },
        { type: "task_changed", id, status: "done", reason: "" },
      );
    }
    run.close("accepted");
    const context = { environment: (name: string) => name === "AUTONOMY_STATE_HOME" ? place.state : undefined };
    const read = readRun(findRun(context as never, RUN), false);
    const { commits } = await withRun(read, () => commitRun(read));
    assert.deepEqual([commits.made.map(({ task }) => task), commits.why], [["T1", "T2", "T1"], null]);
    assert.equal(await shell("log", "--reverse", "--format=%s", `${head}..own`), "Do T1\nDo T2\nDo T1");
    assert.equal(await shell("show", "own:a.txt"), "four");
  }));

Deno.test("a test that came before its work stands in the commit of that, and in none where the work came to nothing", () =>
  withPlace(async (place) => {
    await Deno.writeTextFile(`${place.project}/a.txt`, "a\n");
    const git = await makeRepository(place.project);
    const run = new AttemptRun(place, RUN, []);
    const of = { description: "", target: null, checks: [], after: [], status: "ready" as const, reason: "" };
    run.append({ type: "branch_wanted", branch: "own", base: git.head, kept: true }, {
      type: "tasks_planned",
      tasks: [
        { ...of, id: "T1", kind: "test", criterion: 1 },
        { ...of, id: "T2", kind: "test", criterion: 2 },
        { ...of, id: "T3", kind: "work", description: "Do it.", criterion: 1, test: "a_test.txt" },
        { ...of, id: "T4", kind: "work", description: "Do more.", criterion: 2, test: "b_test.txt" },
      ],
      refused: [],
      by: "criteria",
    });
    await run.attempt({ task: "T1", files: { "a_test.txt": { content: "t\n" } } });
    await run.attempt({ task: "T2", files: { "b_test.txt": { content: "t\n" } } });
    await run.attempt({ task: "T3", files: { "a.txt": { content: "a\nb\n" } } });
    for (const id of ["T1", "T2", "T3"]) {
      run.append(
        { type: "task_changed", id, status: "in_progress", reason: "" },
        { type: "task_changed", id, status: "done", reason: "" },
      );
    }
    run.close("partial");
    const context = { environment: (name: string) => name === "AUTONOMY_STATE_HOME" ? place.state : undefined };
    const read = readRun(findRun(context as never, RUN), false);
    const { commits } = await withRun(read, () => commitRun(read));
    assert.deepEqual([commits.made.map(({ task }) => task), commits.why], [["T3"], null]);
    assert.equal(await git.shell("diff", "--name-status", git.head, "own"), "M\ta.txt\nA\ta_test.txt");
  }));

Deno.test("the first commit of a new project holds what it was set up with, and no later one does", () =>
  withPlace(async (place) => {
    await Deno.writeTextFile(`${place.project}/README.md`, "new\n");
    const { shell, head } = await makeRepository(place.project);
    const run = new AttemptRun(place, RUN, ["T1", "T2"]);
    run.append({ type: "branch_wanted", branch: "own", base: head, kept: true });
    await run.setUp({ "go.mod": { content: "module a\n" }, ".gitignore": { content: "/a\n" } });
    await run.attempt({ task: "T1", files: { "main.go": { content: "package main\n" } } });
    await run.attempt({ task: "T2", files: { "more.go": { content: "package main\n" } } });
    for (const id of ["T1", "T2"]) {
      run.append(
        { type: "task_changed", id, status: "in_progress", reason: "" },
        { type: "task_changed", id, status: "done", reason: "" },
      );
    }
    run.close("partial");
    const context = { environment: (name: string) => name === "AUTONOMY_STATE_HOME" ? place.state : undefined };
    const read = readRun(findRun(context as never, RUN), false);
    const { commits } = await withRun(read, () => commitRun(read));
    assert.deepEqual(commits.made.map(({ task }) => task), ["T1", "T2"], commits.why ?? "");
    assert.equal(await shell("diff", "--name-only", head, "own~1"), ".gitignore\ngo.mod\nmain.go");
    assert.equal(await shell("diff", "--name-only", "own~1", "own"), "more.go");
  }));
