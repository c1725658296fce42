import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Fact } from "../../src/features/fact.ts";
import { RunChanges } from "../../src/cli/run_changes.ts";
import { ScreenUndo } from "../../src/cli/screen_undo.ts";
import { resultOf, sayResult } from "../../src/cli/run_result.ts";
import { situationOf } from "../../src/cli/situation.ts";
import { journalOf, runIn } from "../../src/cli/stored_run.ts";
import { openRunStore } from "../../src/run/run_store.ts";
import { summaryLines } from "../../src/tui/overlays/summary.ts";
import { AttemptRun, lines } from "./fixtures/attempt_run.ts";
import { callHere, contextHere } from "./fixtures/call_here.ts";
import { type Place, withPlace } from "./fixtures/command_line.ts";

const ID = "20261128-000000-0001";
const BOTH = lines(30, { 3: "three", 25: "more" });

const read = ({ project }: Place, path: string) => readFileSync(`${project}/${path}`, "utf8");

/** The screen of a run that is over, in which two tasks changed one file and another role wrote a new one. */
async function onScreen(
  place: Place,
  act: (undo: ScreenUndo, changes: RunChanges, told: () => number) => Promise<void>,
  { ended = true, facts = [], stays = false }: {
    readonly ended?: boolean;
    /** What else the run noted. */
    readonly facts?: readonly Fact[];
    /** Whether it was over before the screen was there, which commits nothing then. */
    readonly stays?: boolean;
  } = {},
): Promise<void> {
  writeFileSync(`${place.project}/a.txt`, lines(30));
  const run = new AttemptRun(place, ID, ["T1", "T2", "T3"]);
  await run.attempt({ task: "T1", files: { "a.txt": { content: lines(30, { 3: "three" }) } } });
  await run.attempt({ task: "T2", files: { "a.txt": { content: BOTH } } });
  await run.attempt({ task: "T3", role: "analysis", files: { "b.md": { content: "It is so.\n" } } });
  run.append(...facts);
  run.close(ended ? "accepted" : null);
  const journal = journalOf(openRunStore(place.state).find(ID), false);
  let told = 0;
  try {
    const undo = new ScreenUndo(contextHere(place).context, ID, journal, () => told += 1, () => !ended, !stays);
    await act(undo, new RunChanges(ID, journal, journal), () => told);
  } finally {
    journal.close();
  }
}

const partOf = (changes: RunChanges, id: string) => changes.parts().find((part) => part.id === id)!;

Deno.test("a part that is undone on the screen is gone from the project and from its changes, and R brings it back", () =>
  withPlace((place) =>
    onScreen(place, async (undo, changes, told) => {
      const said = await undo.undo(partOf(changes, "T1"));
      assert.equal(said, "1 file put back as without task T1. R takes that back.");
      assert.equal(read(place, "a.txt"), lines(30, { 25: "more" }));
      assert.deepEqual(changes.of("T1"), []);
      assert.equal(told(), 1, "the screen hears of it");
      assert.equal(await undo.redo(), "1 file as with task T1 again.");
      assert.equal(read(place, "a.txt"), BOTH);
      assert.deepEqual(changes.of("T1").map(({ added, removed }) => [added, removed]), [[1, 1]]);
      await assert.rejects(undo.redo(), /Nothing was undone here/);
    })
  ));

Deno.test("all of a run comes back as the work of each task, so that one task can be undone afterwards", () =>
  withPlace(async (place) => {
    await onScreen(place, async (undo, changes) => {
      assert.equal(
        await undo.undo(partOf(changes, "run")),
        "2 files are as they were before the run. R takes that back.",
      );
      assert.equal(read(place, "a.txt"), lines(30));
      assert.equal(existsSync(`${place.project}/b.md`), false);
      assert.match(await undo.redo(), /^2 files as with all of the run again/);
      assert.equal(read(place, "a.txt"), BOTH);
      assert.equal(read(place, "b.md"), "It is so.\n");
    });
    const shown = await callHere(place, ["show", ID]);
    assert.match(shown.out, /By hand\n {2}undo all of it +2 files changed\n {2}apply T1\.1 +1 file changed\n/);
    // The command of another day, over what the screen left in the journal.
    assert.equal((await callHere(place, ["undo", ID, "--task", "T1", "--yes"])).code, 0);
    assert.equal(read(place, "a.txt"), lines(30, { 25: "more" }));
    assert.equal((await callHere(place, ["undo", ID, "--yes"])).code, 0);
    assert.equal(read(place, "a.txt"), lines(30));
    assert.equal(existsSync(`${place.project}/b.md`), false);
  }));

Deno.test("undos are taken back one after the other, the last first, and what a person wrote meanwhile stays", () =>
  withPlace((place) =>
    onScreen(place, async (undo, changes) => {
      await undo.undo(partOf(changes, "T2"));
      await undo.undo(partOf(changes, "analysis"));
      writeFileSync(`${place.project}/a.txt`, lines(30, { 3: "three", 12: "mine" }));
      assert.match(await undo.redo(), /analysis again/);
      assert.equal(read(place, "b.md"), "It is so.\n");
      assert.match(await undo.redo(), /^1 file as with task T2 again\.$/);
      assert.equal(read(place, "a.txt"), lines(30, { 3: "three", 12: "mine", 25: "more" }));
    })
  ));

Deno.test("an undo that has to leave files names each of them, and says why", () =>
  withPlace((place) =>
    onScreen(place, async (undo, changes) => {
      writeFileSync(`${place.project}/b.md`, "Mine.\n");
      assert.match(
        await undo.undo(partOf(changes, "run")),
        /^1 file is as it was before the run\. 1 left: b\.md: .*R takes that back\.$/,
      );
      assert.match(await undo.redo(), /^1 file as with all of the run again/);
      writeFileSync(`${place.project}/a.txt`, lines(30, { 3: "mine", 25: "mine" }));
      assert.match(
        await undo.undo(partOf(changes, "run")),
        /^No file is moved\. 2 left: b\.md, a\.txt: someone changed it since\./,
      );
      assert.equal(read(place, "b.md"), "Mine.\n");
    })
  ));

Deno.test("an attempt is no part to be undone, and nothing is while a run is at work", () =>
  withPlace((place) =>
    onScreen(place, async (undo, changes) => {
      await assert.rejects(undo.undo(partOf(changes, "T1.1")), /An attempt is no part by itself/);
      await assert.rejects(undo.undo(partOf(changes, "T1")), /The run is at work: U undoes once it is over/);
      assert.equal(read(place, "a.txt"), BOTH);
    }, { ended: false })
  ));

const WANTED: Fact = { type: "branch_wanted", branch: "own", base: "0".repeat(40), kept: true };
const DONE = ["T1", "T2", "T3"].flatMap((id): Fact[] => [
  { type: "task_changed", id, status: "in_progress", reason: "" },
  { type: "task_changed", id, status: "done", reason: "" },
]);
const COMMITTED: Fact = {
  type: "work_committed",
  branch: "own",
  tip: "1".repeat(40),
  commits: ["T1", "T2", "T3"].map((task) => ({ task, commit: "1".repeat(40) })),
};

for (
  const [name, facts, stays, isRefused] of [
    ["waits for its branch is refused on the screen that makes it", [WANTED, ...DONE], false, true],
    ["waits for its branch where nothing makes it is put back", [WANTED, ...DONE], true, false],
    ["is on its branch is put back", [WANTED, ...DONE, COMMITTED], false, false],
    ["is on its branch is put back in a run of another day", [WANTED, ...DONE, COMMITTED], true, false],
  ] as const
) {
  Deno.test(`work that ${name}`, () =>
    withPlace((place) =>
      onScreen(place, async (undo, changes) => {
        const undone = undo.undo(partOf(changes, "T1"));
        if (isRefused) await assert.rejects(undone, /Its work goes to a branch when you quit/);
        else assert.match(await undone, /^1 file put back as without task T1\./);
      }, { facts, stays })
    ));
}

Deno.test("once all of the work is undone the summary says so with the key that brings it back, and so does the end in the shell", () =>
  withPlace((place) =>
    onScreen(place, async (undo, changes) => {
      const seen = () => {
        const { state } = runIn(undo.journal, { id: ID, path: undo.journal.path });
        const known = { canBringBack: undo.last !== null };
        const summary = summaryLines(state, 90, known).map((line) => line.map(({ text }) => text).join("")).join("\n");
        const { config } = situationOf(contextHere(place).context, { trust: false }, {});
        return { summary, shell: sayResult(resultOf({ state, journal: undo.journal }, null, config), "autonomy") };
      };
      const stands = seen();
      assert.doesNotMatch(stands.summary + stands.shell, /undone/i);
      await undo.undo(partOf(changes, "T1"));
      assert.doesNotMatch(seen().summary, /undone/, "the rest of it stands");
      await undo.undo(partOf(changes, "run"));
      const { summary, shell } = seen();
      assert.match(
        summary,
        /Files, none changed: the work was undone\n2 files are as they were before the run\.\nR brings it back\./,
      );
      assert.match(shell, /^Undone: 2 files are as they were before the run\.$/m);
      assert.doesNotMatch(shell, /Take back/);
      await undo.redo();
      assert.doesNotMatch(seen().summary + seen().shell, /undone/i);
    })
  ));
