import assert from "node:assert/strict";
import { call, jsonLines, type Place } from "../../cli/fixtures/command_line.ts";
import { withServers } from "../../end_to_end/fixtures/separate_servers.ts";
import { addStoredRun, rowsOf, withStoredRun } from "../../end_to_end/fixtures/stored_run.ts";
import { treeOf } from "../../end_to_end/fixtures/tree.ts";

// Runs that version 0.1.0 made; tests/runs/README.md tells how. What they hold must be understood for ever.
const ACCEPTED = "0.1.0/accepted";
const KILLED = "0.1.0/killed";

/** Runs a command that must succeed; gives its lines, with one space where columns are set apart. */
async function said(place: Place, ...words: readonly string[]): Promise<readonly string[]> {
  const { code, out, err } = await call(place, words);
  assert.equal(code, 0, `${words.join(" ")}: ${err}`);
  return out.split("\n").map((line) => line.trim().replaceAll(/ {2,}/g, " "));
}

/** Holds that lines are there in this order, each at least by its beginning. */
function assertSaid(lines: readonly string[], wanted: readonly string[]): void {
  let at = 0;
  for (const one of wanted) {
    const found = lines.findIndex((line, index) => index >= at && line.startsWith(one));
    assert.ok(found >= 0, `there is no line "${one}" after line ${at} of:\n${lines.join("\n")}`);
    at = found + 1;
  }
}

/** Holds that the tests of a project pass, by hand. */
async function assertTestsPass(project: string): Promise<void> {
  const { code, stdout } = await new Deno.Command("node", { args: ["--test"], cwd: project, stdin: "null" }).output();
  assert.equal(code, 0, new TextDecoder().decode(stdout));
}

/** Status of each task and each changed file, as the last line of a run's JSON tells them. */
function resultIn(lines: readonly Record<string, unknown>[]) {
  const { type, kind, run, tasks, files, asks } = lines.at(-1) as {
    readonly type: string;
    readonly kind: string;
    readonly run: string;
    readonly tasks: readonly { readonly id: string; readonly status: string }[];
    readonly files: readonly { readonly path: string; readonly change: string }[];
    readonly asks: number;
  };
  assert.equal(type, "result");
  return {
    kind,
    run,
    // A continued run may plan more than the three tasks of the old program.
    tasks: tasks.slice(0, 3).map(({ id, status }) => `${id} ${status}`),
    files: files.map(({ path, change }) => `${change} ${path}`),
    asksBefore: asks - lines.filter((line) => line.type === "ask.started").length,
  };
}

Deno.test("runs of version 0.1.0 are listed with goal, ending and project", () =>
  withStoredRun(ACCEPTED, async ({ place, id }) => {
    const killed = await addStoredRun(KILLED, place);
    const { code, out, err } = await call(place, ["runs", "-a", "--json"]);
    assert.equal(code, 0, err);
    const listed = { version: 1, type: "run" };
    // The newest first.
    // What each takes of the disk is no part of the run.
    assert.deepEqual(jsonLines(out).map(({ bytes: _bytes, ...run }) => run), [
      {
        ...listed,
        id,
        started: "2026-11-28T10:53:04.573Z",
        project: place.project,
        label: "REHEARSAL",
        goal: "Make the failing tests of this project pass.",
        ending: "accepted",
      },
      {
        ...listed,
        id: killed,
        started: "2026-11-28T10:50:15.228Z",
        project: `${place.folder}/elsewhere`,
        label: "",
        goal: "Make the failing tests pass",
        ending: "open",
      },
    ]);
    const lines = await said(place, "runs", "-a");
    assert.equal(lines.filter((line) => line.startsWith(`${id} accepted `)).length, 1);
    assert.equal(lines.filter((line) => line.startsWith(`${killed} left `)).length, 1);
  }));

Deno.test("an accepted run of version 0.1.0 is shown with all that happened in it", () =>
  withStoredRun(ACCEPTED, async ({ place, id, journal }) => {
    const stored = rowsOf(journal);
    assertSaid(await said(place, "show", id), [
      `Run ${id} (REHEARSAL)`,
      `Project ${place.project}`,
      "Goal Make the failing tests of this project pass.",
      "Began 2026-11-28T10:53:04.573Z, at work for 38 s, 330 facts",
      "Ended accepted: 3 tasks done, all 17 check results green.",
      "Spent 56537 tokens, 36 requests to models",
      "coding qwen2.5-coder:32b on strong, constrained, window 16384",
      "interpreter functiongemma:latest on fast, native, window 8192",
      "at the start 12 of 17 pass",
      "at the end 17 of 17 pass",
      "T1 done Make src/duration.js do what its failing checks expect",
      "T3 done ",
      "T4 dropped Bring the project's documents",
      "T1 try 1 taken back broke 2 results",
      "T1 try 2 kept 2 results pass now",
      "T2 try 1 failed nothing was written; cancelled: interrupted at the keyboard",
      "T4 try 1 nothing changed",
      "d3 arbiter answer the person",
      "d4 arbiter ask interpreter: What does this goal ask for?",
      "failed: The message was dropped by person.",
      "d14 arbiter finish: All tasks are over",
      "succeeded: accepted: 3 tasks done, all 17 check results green.",
      "m1 arbiter → analysis consult answered Which files of the project are the failing checks about? Name their lines",
      "m4 person → arbiter word answered Leave the names of the functions as they are.",
      "m5 arbiter → interpreter consult dropped ",
      "m11 coding → analysis question answered ",
      "m13 arbiter → analysis consult answered ",
      "Files",
      "changed src/duration.js",
      "changed src/slug.js",
      "changed src/table.js",
      "t7.text3.47: no call was read (qwen2.5-coder:32b): Your text leaves something out",
      "t6 coding work was ended by the checks The checks of T2 pass.",
      "t10 reasoning review finished approved: ",
    ]);
    assert.deepEqual(rowsOf(journal), stored);
  }));

Deno.test("turns, decisions and messages of an accepted run of version 0.1.0 are shown with their texts", () =>
  withStoredRun(ACCEPTED, async ({ place, id }) => {
    assertSaid(await said(place, "show", id, "t1"), [
      "Turn t1 of analysis: consult, for message m1",
      "── t1.ask1.4: qwen2.5:14b on fast, constrained, window 8192, about 1043 tokens",
      "[system]",
      "You are the analysis specialist of a crew.",
      "Which files of the project are the failing checks about? Name their lines too.",
      "── the turn finished",
      "5 checks fail. They are about src/duration.js, src/slug.js, src/table.js.",
    ]);
    assertSaid(await said(place, "show", id, "d1"), [
      "── d1.decide1 replied: 1324 tokens read (estimated 1647, proven), 400 written, ",
      "── read by constrained: no call",
      "── decided by arbiter: consult_analysis_specialist {",
      "── succeeded",
    ]);
    // A text that is stored beside the facts: the whole file that a model wrote.
    assertSaid(await said(place, "show", id, "t7"), [
      "── t7.text4.48 replied: ",
      "export function renderTable(",
      "── t7.call2.49: rewrite_file ",
    ]);
    const words = (lines: readonly string[]) => lines.map((line) => line.replace(/\d\d:\d\d:\d\d/, "TIME"));
    assertSaid(words(await said(place, "show", id, "m1")), [
      "Message m1: consult from arbiter to analysis, caused by d1, sent TIME",
      "Which files of the project are the failing checks about?",
      "── TIME edited by person",
      "Which files of the project are the failing checks about? Name their lines too.",
      "── TIME released",
      "── TIME stands in the prompt of turn t1",
      "── TIME answered by message m2 from analysis",
    ]);
    assertSaid(words(await said(place, "show", id, "m11")), [
      "── m11.review42 replied: ",
      "── TIME reviewed by arbiter: approved",
    ]);
    assertSaid(words(await said(place, "show", id, "m13")), ["── TIME redirected to analysis by person"]);
  }));

Deno.test("undo puts every file back that an accepted run of version 0.1.0 changed", () =>
  withStoredRun(ACCEPTED, async ({ place, id, before }) => {
    const left = treeOf(place.project);
    const restored = ["restored src/duration.js", "restored src/slug.js", "restored src/table.js"];
    assertSaid(await said(place, "undo", "--dry-run", id), restored);
    assert.deepEqual(treeOf(place.project), left);
    assertSaid(await said(place, "undo", id), restored);
    assert.deepEqual(treeOf(place.project), before);
    await said(place, "undo", id);
    assert.deepEqual(treeOf(place.project), before);
  }));

Deno.test("of an accepted run of version 0.1.0 each task is undone alone, and its refuted attempt is a patch", () =>
  withStoredRun(ACCEPTED, async ({ place, id, before }) => {
    const left = treeOf(place.project);
    const patch = await said(place, "diff", id, "T1.1");
    assertSaid(patch, ["diff --git a/src/duration.js b/src/duration.js", "--- a/src/duration.js"]);
    const files = { T1: "src/duration.js", T2: "src/slug.js", T3: "src/table.js" };
    for (const [task, path] of Object.entries(files)) {
      assertSaid(await said(place, "undo", id, "--task", task, "--role", "coding"), [`restored ${path}`]);
      left[path] = before[path]!;
      assert.deepEqual(treeOf(place.project), left);
    }
    assert.deepEqual(treeOf(place.project), before);
    await said(place, "undo", id);
    assert.deepEqual(treeOf(place.project), before);
    assertSaid(await said(place, "show", id), ["Ended accepted: 3 tasks done"]);
  }));

Deno.test("of a run of version 0.1.0 that was killed inside a write that task is undone alone, it goes on, and undo is exact", () =>
  withStoredRun(KILLED, ({ place, id, before }) =>
    withServers(async (hosts) => {
      const left = treeOf(place.project);
      assertSaid(await said(place, "undo", id, "--task", "T2"), ["restored src/slug.js"]);
      assert.deepEqual(treeOf(place.project), { ...left, "src/slug.js": before["src/slug.js"] });
      const { code, err } = await call(place, ["run", "--continue", "--headless", "--json", ...hosts]);
      assert.equal(code, 0, err);
      await assertTestsPass(place.project);
      await said(place, "undo", id);
      assert.deepEqual(treeOf(place.project), before);
    })));

Deno.test("an accepted run of version 0.1.0 that goes on knows its tasks and files, and undo is still exact", () =>
  withStoredRun(ACCEPTED, async ({ place, id, before }) => {
    const { code, out, err } = await call(place, ["rehearse", "--resume", id, "--headless", "--json", "--pace", "0"]);
    assert.equal(code, 0, err);
    assert.deepEqual(resultIn(jsonLines(out)), {
      kind: "accepted",
      run: id,
      tasks: ["T1 done", "T2 done", "T3 done"],
      files: ["changed src/duration.js", "changed src/slug.js", "changed src/table.js"],
      asksBefore: 36,
    });
    await assertTestsPass(place.project);
    await said(place, "undo", id);
    assert.deepEqual(treeOf(place.project), before);
  }));

Deno.test("a run of version 0.1.0 that was killed inside a turn is shown as it stood", () =>
  withStoredRun(KILLED, async ({ place, id, journal }) => {
    const stored = rowsOf(journal);
    assertSaid(await said(place, "show", id), [
      `Run ${id}`,
      "Goal Make the failing tests pass",
      "Began 2026-11-28T10:50:15.228Z, at work for 2.2 s, 166 facts",
      `Ended left; autonomy run --resume ${id} goes on with it`,
      "Spent 23645 tokens, 17 requests to models",
      "coding qwen2.5:14b on fast, constrained, window 16384",
      "at the start 13 of 18 pass",
      "at the end 15 of 18 pass",
      "T1 in review Make src/duration.js do what its failing checks expect",
      "T2 in progress Make src/slug.js do what its failing checks expect",
      "T3 ready Make src/table.js do what its failing check expects",
      "T1 try 2 kept 2 results pass now",
      "d6 arbiter work on the next task (There is work in coding.)",
      "open",
      "m8 arbiter → coding assignment in prompt T2: ",
      "made reports/last.txt",
      "changed src/duration.js",
      "t6 coding work open",
    ]);
    const turn = await said(place, "show", id, "t6");
    assertSaid(turn, [
      "Turn t6 of coding: work, for message m8",
      '── not asked of the model: rewrite_function {"path":"src/slug.js","function":"slugify"}',
      "── t6.text1.33 replied: 675 tokens read (estimated 676, proven), 140 written, ",
      "const slug = (plain.match(/[a-z0-9]+/g) ?? []).join(separator);",
    ]);
    assert.ok(!turn.some((line) => line.startsWith("── the turn ")));
    assertSaid(await said(place, "show", id, "d1"), ["── decided by arbiter: consult_analysis_specialist {"]);
    assertSaid(await said(place, "show", id, "m1"), ["Message m1: consult from arbiter to analysis, caused by d1"]);
    assert.deepEqual(rowsOf(journal), stored);
  }));

Deno.test("undo --dry-run names the file whose write was open when a run of version 0.1.0 was killed", () =>
  withStoredRun(KILLED, async ({ place, id, before }) => {
    const left = treeOf(place.project);
    const lines = ["removed reports/last.txt", "restored src/duration.js", "restored src/slug.js"];
    const dry = await said(place, "undo", "--dry-run", id);
    assert.deepEqual(dry.filter((line) => /^(?:removed|restored|left|as before) /.test(line)), lines);
    assert.deepEqual(treeOf(place.project), left);
    // Somebody changed it meanwhile: it is theirs.
    await Deno.writeTextFile(`${place.project}/src/slug.js`, "mine\n");
    const theirs = await said(place, "undo", "--dry-run", id);
    assertSaid(theirs, lines.slice(0, 2));
    assert.ok(!theirs.includes("restored src/slug.js"));
    await said(place, "undo", id);
    assert.deepEqual(treeOf(place.project), { ...before, "src/slug.js": treeOf(place.project)["src/slug.js"] });
  }));

Deno.test("undo puts everything back of a run of version 0.1.0 that was killed inside a write", () =>
  withStoredRun(KILLED, async ({ place, id, before }) => {
    assertSaid(await said(place, "undo", id), [
      "restored src/duration.js",
      "restored src/slug.js",
      "removed reports/last.txt",
    ]);
    assert.deepEqual(treeOf(place.project), before);
  }));

Deno.test("a run of version 0.1.0 that was killed inside a write goes on to its end, and undo is exact", () =>
  withStoredRun(KILLED, ({ place, id, journal, before }) =>
    withServers(async (hosts) => {
      const stored = rowsOf(journal);
      const { code, out, err } = await call(place, ["run", "--continue", "--headless", "--json", ...hosts]);
      assert.equal(code, 0, err);
      const lines = jsonLines(out);
      assert.deepEqual(resultIn(lines), {
        kind: "accepted",
        run: id,
        tasks: ["T1 done", "T2 done", "T3 done"],
        files: [
          "changed README.md",
          "made reports/last.txt",
          "changed src/duration.js",
          "changed src/slug.js",
          "changed src/table.js",
        ],
        asksBefore: 17,
      });
      // The write stood when the program was killed: that is noted, and it is not done again.
      const writes = lines.filter(({ type, path }) => /^write\./.test(String(type)) && path === "src/slug.js");
      assert.deepEqual(writes.map(({ type, key, done }) => ({ type, key, done })), [
        { type: "write.closed", key: "t6.call1.34", done: true },
      ]);
      // It notes that a newer program wrote in it, and changes nothing of what is there.
      const ofRun = (rows: readonly string[]) => rows.filter((row) => !row.startsWith("schema "));
      assert.deepEqual(ofRun(rowsOf(journal)).slice(0, ofRun(stored).length), ofRun(stored));
      await assertTestsPass(place.project);
      assertSaid(await said(place, "show", id), ["Ended accepted: "]);
      await said(place, "undo", id);
      assert.deepEqual(treeOf(place.project), before);
    })));
