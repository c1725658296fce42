import assert from "node:assert/strict";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openJournal } from "../../../src/run/journal.ts";
import { call, type Place, withPlace } from "../../cli/fixtures/command_line.ts";
import { callHere } from "../../cli/fixtures/call_here.ts";

/** The same run twice: as one of the project, and, older, as a rehearsal. */
const [RUN, PLAYED] = ["20261122-000000-0002", "20261122-000000-0001"];

const NO_HOST = ["--host", "none=http://127.0.0.1:1"];

/** All that reads a stored run, with what it ends with where the run can be read: no host answers. */
const READING: readonly (readonly [words: readonly string[], whole: number])[] = [
  [["show", RUN], 0],
  [["show", "last"], 0],
  [["show", RUN, "t1"], 0],
  [["undo", RUN, "--dry-run"], 0],
  [["undo", "last", "--dry-run"], 0],
  [["run", "--continue", ...NO_HOST], 6],
  [["run", "--resume", RUN, ...NO_HOST], 6],
  [["run", "--resume", "last", ...NO_HOST], 6],
];

/** What tries to go on with the rehearsal; where that can be read, it would go on. */
const PLAYING = [
  ["rehearse", "--continue", "--pace", "0"],
  ["rehearse", "--resume", PLAYED, "--pace", "0"],
  ["rehearse", "--resume", "last", "--pace", "0"],
];

/** A way to damage a journal; gets its path. */
type Damage = (path: string) => void;

const cutTo = (bytes: (size: number) => number): Damage => (path) =>
  Deno.truncateSync(path, Math.max(0, Math.floor(bytes(Deno.statSync(path).size))));

const overwrite =
  (from: (size: number) => number, length: number, byte: (index: number) => number): Damage => (path) => {
    const bytes = Deno.readFileSync(path);
    const start = Math.floor(from(bytes.length));
    for (let index = start; index < Math.min(bytes.length, start + length); index += 1) bytes[index] = byte(index);
    Deno.writeFileSync(path, bytes);
  };

const sql = (statements: string): Damage => (path) => {
  const database = new DatabaseSync(path);
  database.exec(statements);
  database.close();
};

const fact = (seq: number, text: string) => sql(`UPDATE facts SET fact = '${text}' WHERE seq = ${seq}`);

const instead = (make: Damage): Damage => (path) => {
  Deno.removeSync(path);
  make(path);
};

const noise = (index: number) => (index * 2654435761 >>> 13) & 0xff;
const whole = Number.MAX_SAFE_INTEGER;

/** Damage after which nothing of the run may be taken for read. */
const UNREADABLE: Readonly<Record<string, Damage>> = {
  "cut to nothing": cutTo(() => 0),
  "cut to one byte": cutTo(() => 1),
  "cut inside the first words": cutTo(() => 16),
  "cut inside the header": cutTo(() => 60),
  "cut at the end of the header": cutTo(() => 100),
  "cut inside the first page": cutTo(() => 2000),
  "cut after the first page": cutTo(() => 4096),
  "cut inside the second page": cutTo(() => 4097),
  "cut to a quarter": cutTo((size) => size / 4),
  "cut to a half": cutTo((size) => size / 2),
  "cut to nine tenths": cutTo((size) => size * 0.9),
  "without its last page": cutTo((size) => size - 4096),
  "zero bytes all over": overwrite(() => 0, whole, () => 0),
  "a zeroed header": overwrite(() => 0, 100, () => 0),
  "a zeroed first page": overwrite(() => 0, 4096, () => 0),
  "zeroed second to fourth pages": overwrite(() => 4096, 3 * 4096, () => 0),
  "zeroed second half": overwrite((size) => size / 2, whole, () => 0),
  "noise all over": overwrite(() => 0, whole, noise),
  "noise behind the first page": overwrite(() => 4096, whole, noise),
  "a text": instead((path) => Deno.writeTextFileSync(path, "no database\n".repeat(500))),
  "JSON lines": instead((path) => Deno.writeTextFileSync(path, '{"type":"run_started"}\n'.repeat(200))),
  "a folder": instead((path) => Deno.mkdirSync(path)),
  "a pipe": instead((path) => {
    const { success } = new Deno.Command("mkfifo", { args: [path] }).outputSync();
    assert.ok(success);
  }),
  "a link that leads nowhere": instead((path) => Deno.symlinkSync("/nowhere/run.db", path)),
  "nothing in its place": instead(() => {}),
  "an empty folder of the run": (path) => {
    Deno.removeSync(dirname(path), { recursive: true });
    Deno.mkdirSync(dirname(path));
  },
  "a file in place of the run's folder": (path) => {
    Deno.removeSync(dirname(path), { recursive: true });
    Deno.writeTextFileSync(dirname(path), "x");
  },
  "another database": instead((path) => sql("CREATE TABLE songs (title TEXT)")(path)),
  "an empty database": instead((path) => sql("PRAGMA user_version = 1")(path)),
  "no table of facts": sql("DROP TABLE facts"),
  "no table meta": sql("DROP TABLE meta"),
  "no table of contents": sql("DROP TABLE blobs"),
  "another column": sql("ALTER TABLE facts RENAME COLUMN fact TO words"),
  "no schema version": sql("DELETE FROM meta WHERE key = 'schema'"),
  "a schema version that is no number": sql("UPDATE meta SET value = 'two' WHERE key = 'schema'"),
  "no facts": sql("DELETE FROM facts"),
  "no first fact": sql("DELETE FROM facts WHERE seq = 1"),
  "a gap in the facts": sql("DELETE FROM facts WHERE seq = 20"),
  "a first fact that is no JSON": fact(1, '{"type":"run_st'),
  "a fact that is no JSON": fact(20, "{]"),
  "a last fact that is no JSON": sql("UPDATE facts SET fact = 'x' WHERE seq = (SELECT max(seq) FROM facts)"),
  "a fact without a type": fact(20, '{"kind":"x"}'),
  "a fact that is a number": fact(20, "7"),
  "a fact of a kind that nobody knows": fact(20, '{"type":"danced"}'),
  "a first fact without its project": fact(1, '{"type":"run_started","run":"r"}'),
  "a first fact that begins nothing": fact(1, '{"type":"run_paused"}'),
  "a fact without what it gave": fact(20, '{"type":"effect_finished","key":"k"}'),
  "a fact without its members": fact(20, '{"type":"message_sent"}'),
  "a fact whose members are of other types": fact(20, '{"type":"tasks_planned","tasks":7,"by":[]}'),
};

/** Damage that the run can be read in spite of. */
const READABLE: Readonly<Record<string, Damage>> = {
  "no damage": () => {},
  "no lock file": (path) => Deno.removeSync(`${path}.lock`),
  "a stale lock file of a process that is gone": (path) => Deno.writeTextFileSync(`${path}.lock`, "999999999\n"),
  "contents that are gone": sql("DELETE FROM blobs"),
  "a log of writes that is noise": (path) =>
    Deno.writeFileSync(`${path}-wal`, new Uint8Array(9000).map((_, index) => noise(index))),
  "an empty log of writes": (path) => Deno.writeFileSync(`${path}-wal`, new Uint8Array()),
};

/** Gives a test a place with a real journal twice: as a run of the project and as a rehearsal, which it was. */
async function withRuns(
  test: (place: Place, paths: readonly string[], fresh: () => void) => Promise<void>,
): Promise<void> {
  await withPlace(async (place) => {
    await Deno.remove(place.project);
    const { code, err } = await call({ ...place, project: place.folder }, [
      "rehearse",
      "--pace",
      "0",
      "--headless",
      "--keep",
      place.project,
    ]);
    assert.equal(code, 0, err);
    const runs = `${place.state}/runs`;
    const [made] = [...Deno.readDirSync(runs)].map(({ name }) => name);
    const kept = `${place.folder}/kept.db`;
    Deno.renameSync(`${runs}/${made}/run.db`, kept);
    Deno.removeSync(runs, { recursive: true });
    const paths = [RUN, PLAYED].map((id) => `${runs}/${id}/run.db`);
    const fresh = () => {
      for (const path of paths) {
        if (Deno.lstatSync(place.state).isDirectory) {
          try {
            Deno.removeSync(dirname(path), { recursive: true });
          } catch (error) {
            if (!(error instanceof Deno.errors.NotFound)) throw error;
          }
        }
        Deno.mkdirSync(dirname(path), { recursive: true });
        Deno.copyFileSync(kept, path);
        Deno.writeTextFileSync(`${path}.lock`, "1\n");
      }
      sql(`UPDATE facts SET fact = json_set(fact, '$.label', '', '$.run', '${RUN}') WHERE seq = 1`)(paths[0]!);
    };
    fresh();
    await test(place, paths, fresh);
  });
}

/** What no answer may be: a stack, an error of the language, or that there is nothing. */
const WRONG = /^\s+at |Uncaught|undefined|\[object|is not a function|There is no (?:run|rehearsal)/m;

Deno.test("a damaged run ends every command that reads it with 8, the place and what to do, and is listed", () =>
  withRuns(async (place, paths, fresh) => {
    for (const [what, damage] of Object.entries(UNREADABLE)) {
      for (const path of paths) damage(path);
      for (const words of [...READING.map(([words]) => words), ...PLAYING]) {
        const { code, out, err } = await callHere(place, words);
        const said = `${what}: ${words.join(" ")}: ${code} ${out}${err}`;
        assert.equal(code, 8, said);
        assert.match(err, /20261122-000000-000[12]/, said);
        assert.doesNotMatch(err, WRONG, said);
        assert.ok(err.length < 900, said);
        assert.equal(out, "", said);
      }
      const { code, out } = await callHere(place, ["runs", "-a"]);
      assert.equal(code, 0, what);
      for (const id of [RUN, PLAYED]) assert.match(out, new RegExp(`^${id}  `, "m"), `${what}: ${out}`);
      fresh();
    }
    assert.ok(Object.keys(UNREADABLE).length >= 40);
  }));

Deno.test("what can be read of a run is read", () =>
  withRuns(async (place, paths, fresh) => {
    for (const [what, damage] of Object.entries(READABLE)) {
      for (const path of paths) damage(path);
      for (const [words, ending] of READING) {
        const { code, out, err } = await callHere(place, words);
        const said = `${what}: ${words.join(" ")}: ${code} ${out.slice(0, 500)}${err}`;
        assert.equal(code, ending, said);
        assert.doesNotMatch(err, WRONG, said);
      }
      fresh();
    }
  }));

Deno.test("a run that another journal holds can be looked at and not gone on with", () =>
  withRuns(async (place, [path]) => {
    const holder = openJournal({ path: path!, validate: (given) => given as { type: string } });
    try {
      for (const [words] of READING) {
        const { code, err } = await callHere(place, words);
        if (words[0] === "run") assert.equal(code, 6);
        else assert.equal(code, 0, err);
      }
      const { code, err } = await callHere(place, ["undo", RUN]);
      assert.equal(code, 8);
      assert.match(err, new RegExp(`run ${RUN} is being written by process ${Deno.pid}`));
    } finally {
      holder.close();
    }
  }));
