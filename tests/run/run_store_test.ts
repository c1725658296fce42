import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { openJournal } from "../../src/run/journal.ts";
import { JournalNewer } from "../../src/run/journal_error.ts";
import { newRunId, openRunStore } from "../../src/run/run_store.ts";
import { hideIn, stateFolder } from "../../src/run/state_folder.ts";
import { inTemporaryFolder } from "./fixtures/temporary_folder.ts";

const environment = (values: Record<string, string>) => (name: string) => values[name];

Deno.test("the state folder follows the environment in its order", () => {
  assert.equal(stateFolder(environment({ AUTONOMY_STATE_HOME: "/a", XDG_STATE_HOME: "/x", HOME: "/h" })), "/a");
  assert.equal(stateFolder(environment({ XDG_STATE_HOME: "/x", HOME: "/h" })), "/x/autonomy");
  assert.equal(stateFolder(environment({ XDG_STATE_HOME: "x", HOME: "/h" })), "/h/.local/state/autonomy");
  assert.throws(
    () => stateFolder(environment({ AUTONOMY_STATE_HOME: "a" })),
    /AUTONOMY_STATE_HOME must be an absolute path/,
  );
  assert.throws(() => stateFolder(environment({})), /set AUTONOMY_STATE_HOME/);
});

Deno.test("the state folder is hidden from a project that it lies in; where it is the project, nothing of the person's is hidden", () =>
  inTemporaryFolder((folder) => {
    const root = Deno.realPathSync(folder);
    const names = (at: string) => [...Deno.readDirSync(at)].map(({ name }) => name).sort();
    hideIn(`${root}/state`, root);
    assert.deepEqual([names(root), names(`${root}/state`)], [["state"], [".gitignore"]]);
    hideIn(root, root);
    assert.deepEqual([names(root), names(`${root}/runs`)], [["runs", "state"], [".gitignore"]]);
  }));

Deno.test("run ids sort by their time", () => {
  const at = Date.UTC(2026, 10, 22, 18, 46, 5);
  assert.equal(newRunId(at, 0.25), "20261122-184605-4000");
  assert.ok(newRunId(at, 0.999999) < newRunId(at + 1_000, 0));
});

Deno.test("runs are listed newest first, found by the beginning of their id, and by their first fact", () =>
  inTemporaryFolder((folder) => {
    const store = openRunStore(folder);
    assert.deepEqual(store.list(), []);
    const ids = ["20261122-184605-0001", "20261123-000000-0002", "20261123-000000-0003"];
    for (const [index, id] of ids.entries()) {
      const journal = openJournal<{ type: string; project: string }>({
        path: store.create(id),
        validate: (fact) => fact as { type: string; project: string },
      });
      journal.append(
        [{ type: "run_started", project: index === 2 ? "b" : "a" }, { type: "ended", project: "" }],
        index,
      );
      journal.close();
    }
    assert.deepEqual(store.list().map((run) => run.id), ids.toReversed());
    assert.equal(store.find("20261122").first()?.type, "run_started");
    assert.equal(store.find("20261122").ends()?.last.type, "ended");
    assert.throws(() => store.find("20261123"), /fits 2 runs/);
    assert.throws(() => store.find("2025"), /there is no run 2025/);
    assert.equal(store.newest((first) => "project" in first && first.project === "a")?.id, ids[1]);
    assert.equal(store.newest(() => false), null);
    Deno.writeTextFileSync(`${store.folder}/${ids[2]}/run.db`, "damaged ".repeat(100));
    // What is damaged may be what was meant: no older one is taken in its place.
    assert.throws(
      () => store.newest(() => true),
      /run 20261123-000000-0003 may be .*run\.db.*--remove 20261123-000000-0003/,
    );
    assert.equal((Deno.statSync(`${store.folder}/${ids[0]}`).mode ?? 0) & 0o777, 0o700);
    assert.throws(() => store.create("../x"), /is no run id/);
  }));

Deno.test("the newest run of a project is refused where a newer program wrote it, and no older one is taken in its place", () =>
  inTemporaryFolder((folder) => {
    const unknownIn = ({ type }: { readonly type: string }) => type === "run_started" ? null : `type "${type}"`;
    const store = openRunStore(folder, { unknownIn });
    const add = (id: string, fact: Readonly<Record<string, string>>, sql = "SELECT 1") => {
      const path = store.create(id);
      const journal = openJournal<{ type: string }>({ path, validate: (given) => given as { type: string } });
      journal.append([{ type: "run_started", ...fact }], 1);
      journal.close();
      const database = new DatabaseSync(path);
      database.exec(sql);
      database.close();
    };
    const newest = () => store.newest((first) => "project" in first && first.project === "a")?.id;
    const newer = "UPDATE meta SET value = '99' WHERE key = 'schema'";
    add("20261122-000000-0001", { project: "a" });
    add("20261122-000000-0002", { project: "b" }, newer);
    assert.equal(newest(), "20261122-000000-0001");
    add("20261122-000000-0003", { project: "a" }, newer);
    assert.throws(newest, (error: unknown) => error instanceof JournalNewer && /-0003 was written/.test(error.message));
    add("20261122-000000-0004", { project: "a" });
    assert.equal(newest(), "20261122-000000-0004");
    // Whose these are cannot be told.
    for (
      const [id, fact, sql] of [
        ["20261122-000000-0005", { type: "begun" }, "SELECT 1"],
        ["20261122-000000-0006", {}, `${newer}; ALTER TABLE facts RENAME TO events`],
      ] as const
    ) {
      add(id, { project: "b", ...fact }, sql);
      assert.throws(newest, JournalNewer);
    }
  }));
