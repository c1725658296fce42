import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { DatabaseSync } from "node:sqlite";
import { openJournal } from "../../src/run/journal.ts";
import { JournalBusy, JournalDamaged, JournalError, journalError, JournalNewer } from "../../src/run/journal_error.ts";
import { JOURNAL_SCHEMA } from "../../src/run/journal_tables.ts";
import { inTemporaryFolder } from "./fixtures/temporary_folder.ts";

type Fact = { readonly type: "said"; readonly text: string };

function validate(fact: unknown): Fact {
  if (typeof fact === "object" && fact !== null && "text" in fact && typeof fact.text === "string") return fact as Fact;
  throw new TypeError("a fact needs a text");
}

const said = (text: string): Fact => ({ type: "said", text });

Deno.test("facts come back in order, stamped, also after the journal was closed", () =>
  inTemporaryFolder((folder) => {
    const path = `${folder}/run.db`;
    const first = openJournal({ path, validate, program: "1.2.3" });
    assert.deepEqual(first.append([said("a"), said("b")], 10), [
      { type: "said", text: "a", seq: 1, at: 10 },
      { type: "said", text: "b", seq: 2, at: 10 },
    ]);
    first.append([said("c")], 20);
    first.close();
    const again = openJournal({ path, validate });
    assert.equal(again.last(), 3);
    assert.deepEqual([...again.read()].map((fact) => `${fact.seq} ${fact.at} ${fact.text}`), [
      "1 10 a",
      "2 10 b",
      "3 20 c",
    ]);
    assert.deepEqual([...again.read(3)].map((fact) => fact.text), ["c"]);
    assert.deepEqual(again.meta, { schema: JOURNAL_SCHEMA, program: "1.2.3" });
    assert.equal(again.append([said("d")], 30)[0]?.seq, 4);
    again.close();
  }));

Deno.test("one fact that does not validate keeps its whole batch out", () =>
  inTemporaryFolder((folder) => {
    const journal = openJournal({ path: `${folder}/run.db`, validate });
    journal.append([said("a")], 1);
    const wrong: unknown = { type: "said" };
    assert.throws(() => journal.append([said("b"), wrong as Fact], 2), TypeError);
    assert.equal(journal.last(), 1);
    journal.close();
  }));

Deno.test("more facts than one step of reading come back whole", () =>
  inTemporaryFolder((folder) => {
    const journal = openJournal({ path: `${folder}/run.db`, validate });
    journal.append(Array.from({ length: 4_000 }, (_, index) => said(String(index))), 1);
    assert.equal([...journal.read()].length, 4_000);
    journal.append([said("last")], 2);
    assert.equal([...journal.read(4_001)][0]?.text, "last");
    journal.close();
  }));

Deno.test("blobs are kept once by the hash of their bytes and come back byte for byte", () =>
  inTemporaryFolder((folder) => {
    const journal = openJournal({ path: `${folder}/run.db`, validate });
    const bytes = new Uint8Array([0, 255, 13, 10, 128]);
    const hash = journal.putBlob(bytes);
    assert.equal(journal.putBlob(bytes), hash);
    assert.deepEqual(journal.getBlob(hash), bytes);
    assert.equal(journal.putBlob("é"), journal.putBlob(new TextEncoder().encode("é")));
    assert.deepEqual(journal.getBlob(journal.putBlob("")), new Uint8Array());
    assert.equal(journal.getBlob("0".repeat(64)), undefined);
    journal.close();
  }));

Deno.test("a second writer is refused with the run's name while readers may look on", () =>
  inTemporaryFolder((folder) => {
    Deno.mkdirSync(`${folder}/20261122-184605-3fa2`);
    const path = `${folder}/20261122-184605-3fa2/run.db`;
    const writer = openJournal({ path, validate });
    writer.append([said("a")], 1);
    assert.throws(
      () => openJournal({ path, validate }),
      (error: unknown) =>
        error instanceof JournalBusy &&
        error.message.includes(`run 20261122-184605-3fa2 is being written by process ${Deno.pid}`),
    );
    const reader = openJournal({ path, validate, readOnly: true });
    assert.equal([...reader.read()].length, 1);
    writer.append([said("b")], 2);
    assert.equal([...reader.read()].length, 2);
    assert.throws(() => reader.append([said("c")], 3), JournalError);
    assert.throws(() => reader.putBlob("c"), JournalError);
    reader.close();
    writer.close();
    openJournal({ path, validate }).close();
  }));

Deno.test("after SIGKILL the lock is free and no stored fact is lost", () =>
  inTemporaryFolder(async (folder) => {
    const path = `${folder}/run.db`;
    const writer = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", fileURLToPath(new URL("./fixtures/journal_writer.ts", import.meta.url)), path],
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    let text = "";
    const decoder = new TextDecoder();
    let killed = false;
    for await (const piece of writer.stdout) {
      text += decoder.decode(piece, { stream: true });
      if (text.split("\n").length > 50 && !killed) {
        assert.throws(() => openJournal({ path, validate }), JournalBusy);
        writer.kill("SIGKILL");
        killed = true;
      }
    }
    await writer.status;
    const stored = Number(text.slice(0, text.lastIndexOf("\n")).split("\n").at(-1));
    const journal = openJournal({ path, validate });
    assert.ok(journal.last() >= stored, `${stored} facts were stored, ${journal.last()} are there`);
    assert.equal([...journal.read()].length, journal.last());
    journal.close();
  }));

Deno.test("a damaged row stops the load and names its place", () =>
  inTemporaryFolder((folder) => {
    const damage = (name: string, sql: string): unknown => {
      const path = `${folder}/${name}.db`;
      const journal = openJournal({ path, validate });
      journal.append([said("a"), said("b"), said("c")], 1);
      const blob = journal.putBlob("content");
      journal.close();
      const database = new DatabaseSync(path);
      database.exec(sql);
      database.close();
      const again = openJournal({ path, validate, readOnly: true });
      try {
        const read = [...again.read()];
        again.getBlob(blob);
        return read;
      } catch (error) {
        return error;
      } finally {
        again.close();
      }
    };
    const cases: [string, string, RegExp, number | null][] = [
      ["text", 'UPDATE facts SET fact = \'{"type":"sa\' WHERE seq = 2', /text\.db, fact 2: its text is no JSON/, 2],
      ["type", "UPDATE facts SET fact = '[1]' WHERE seq = 3", /type\.db, fact 3: it has no type/, 3],
      ["gap", "DELETE FROM facts WHERE seq = 2", /gap\.db, fact 2: the row is missing; the next one is 3/, 2],
      ["blob", "UPDATE blobs SET bytes = x'00'", /the content stored as [0-9a-f]{64} has another hash/, null],
    ];
    for (const [name, sql, message, seq] of cases) {
      const error = damage(name, sql);
      assert.ok(error instanceof JournalDamaged, name);
      assert.match(error.message, message);
      assert.equal(error.seq, seq);
    }
  }));

Deno.test("a file that is no journal is said to be damaged, not overwritten", () =>
  inTemporaryFolder((folder) => {
    const path = `${folder}/run.db`;
    Deno.writeTextFileSync(path, "this is a text of more than a hundred bytes ".repeat(20));
    const before = Deno.readTextFileSync(path);
    assert.throws(() => openJournal({ path, validate }), JournalDamaged);
    assert.equal(Deno.readTextFileSync(path), before);
    const other = `${folder}/other.db`;
    const database = new DatabaseSync(other);
    database.exec("CREATE TABLE things (a)");
    database.close();
    assert.throws(() => openJournal({ path: other, validate }), /it has no table `meta`/);
  }));

/** Makes the journal of a run with one fact, and changes its file by SQL. */
function changedJournal(folder: string, sql: string): string {
  Deno.mkdirSync(`${folder}/20261122-184605-3fa2`);
  const path = `${folder}/20261122-184605-3fa2/run.db`;
  const journal = openJournal({ path, validate, program: "autonomy 1.2.3" });
  journal.append([said("a")], 1);
  journal.close();
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
  return path;
}

const schemaOf = (schema: number) => `UPDATE meta SET value = '${schema}' WHERE key = 'schema'`;

Deno.test("a journal of a newer program is opened neither for writing nor for reading, but to tell whose it is", () =>
  inTemporaryFolder((folder) => {
    const path = changedJournal(folder, schemaOf(JOURNAL_SCHEMA + 1));
    for (const readOnly of [false, true]) {
      assert.throws(
        () => openJournal({ path, validate, readOnly }),
        (error: unknown) =>
          error instanceof JournalNewer &&
          error.message ===
            "run 20261122-184605-3fa2 was written by a newer Autonomy: its journal has the schema " +
              `${
                JOURNAL_SCHEMA + 1
              } (begun by autonomy 1.2.3), and this version knows ${JOURNAL_SCHEMA}; update Autonomy to open it`,
      );
    }
    assert.throws(() => openJournal({ path, validate, anySchema: true }), JournalNewer);
    const reader = openJournal({ path, validate, readOnly: true, anySchema: true });
    assert.equal([...reader.read()][0]?.text, "a");
    reader.close();
  }));

Deno.test("a journal of an older program stays one until this program has written in it", () =>
  inTemporaryFolder((folder) => {
    const path = changedJournal(folder, schemaOf(JOURNAL_SCHEMA - 1));
    const schema = () => {
      const reader = openJournal({ path, validate, readOnly: true });
      reader.close();
      return reader.meta.schema;
    };
    const writer = openJournal({ path, validate });
    assert.equal(schema(), JOURNAL_SCHEMA - 1);
    writer.append([said("b")], 2);
    writer.close();
    assert.equal(schema(), JOURNAL_SCHEMA);
  }));

Deno.test("a stored fact that this program does not know stops the load, and what comes before it can be read", () =>
  inTemporaryFolder((folder) => {
    const path = changedJournal(folder, 'INSERT INTO facts VALUES (2, 1, \'{"type":"danced","text":"b"}\')');
    const unknownIn = ({ type }: { readonly type: string }) => type === "said" ? null : `type "${type}"`;
    const journal = openJournal({ path, validate, unknownIn });
    const read: string[] = [];
    assert.throws(
      () => {
        for (const { text } of journal.read()) read.push(text);
      },
      (error: unknown) =>
        error instanceof JournalNewer &&
        error.message === "run 20261122-184605-3fa2 was written by a newer Autonomy: its fact 2 has the " +
            'type "danced", which this version does not know; update Autonomy to open it',
    );
    assert.deepEqual(read, ["a"]);
    journal.close();
  }));

Deno.test("a journal that is missing, or whose folder is, is a sentence", () =>
  inTemporaryFolder((folder) => {
    assert.throws(
      () => openJournal({ path: `${folder}/no.db`, validate, readOnly: true }),
      /there is no journal at .*no\.db/,
    );
    assert.throws(
      () => openJournal({ path: `${folder}/no/run.db`, validate }),
      (error: unknown) => error instanceof JournalError && /could not lock the journal/.test(error.message),
    );
  }));

Deno.test("errors of the database say what to do, with and without their code", () => {
  const path = "/state/runs/x/run.db";
  const full = new Error("database or disk is full");
  assert.match(journalError(path, "write to", full).message, /could not write to .*run\.db: .*free some space/);
  const coded = Object.assign(new Error("some text"), { errcode: 13 });
  assert.match(journalError(path, "write to", coded).message, /free some space/);
  const extended = Object.assign(new Error("attempt to write"), { errcode: 1_032 });
  assert.match(journalError(path, "write to", extended).message, /read-only; make it writable/);
  assert.ok(journalError(path, "read", new Error("database disk image is malformed")) instanceof JournalDamaged);
  assert.equal(journalError(path, "write to", full).cause, full);
});

Deno.test("the files of a journal are readable by their owner only", () =>
  inTemporaryFolder((folder) => {
    const journal = openJournal({ path: `${folder}/run.db`, validate });
    journal.append([said("a")], 1);
    for (const entry of Deno.readDirSync(folder)) {
      assert.equal((Deno.statSync(`${folder}/${entry.name}`).mode ?? 0) & 0o777, 0o600, entry.name);
    }
    journal.close();
  }));
