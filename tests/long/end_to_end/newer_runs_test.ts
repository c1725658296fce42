import assert from "node:assert/strict";
import { callHere as call } from "../../cli/fixtures/call_here.ts";
import { type Ended, jsonLines } from "../../cli/fixtures/command_line.ts";
import { withServers } from "../../end_to_end/fixtures/separate_servers.ts";
import {
  addStoredRun,
  changeJournal,
  rowsOf,
  type StoredRun,
  withStoredRun,
} from "../../end_to_end/fixtures/stored_run.ts";
import { treeOf } from "../../end_to_end/fixtures/tree.ts";

/** A journal that a program of a later day may have written, and what the refusal of it must say. */
interface Newer {
  readonly what: string;
  /** Statements that make it out of a journal of today. */
  readonly sql: string;
  readonly says: readonly RegExp[];
}

const NEWER: readonly Newer[] = [
  {
    what: "of a newer schema",
    sql:
      "UPDATE meta SET value = '99' WHERE key = 'schema'; UPDATE meta SET value = 'autonomy 9.9.9' WHERE key = 'program'",
    says: [/\bnewer\b/, /autonomy 9\.9\.9/, /update Autonomy/i],
  },
  {
    what: "with a fact of an unknown type among the others",
    sql: `UPDATE facts SET fact = json_set(fact, '$.type', 'weather_changed')
          WHERE seq = (SELECT min(seq) FROM facts WHERE fact LIKE '{"type":"phase_changed"%')`,
    says: [/\bweather_changed\b/, /update Autonomy/i],
  },
  {
    what: "whose last fact is of an unknown type",
    sql: `INSERT INTO facts SELECT max(seq) + 1, max(at), '{"type":"weather_changed","to":"rain"}' FROM facts`,
    says: [/\bweather_changed\b/, /update Autonomy/i],
  },
];

/** A command that opens the journal of a run; `hosts` are flags that name servers which answer. */
interface Opening {
  readonly name: string;
  readonly run: string;
  readonly words: (id: string) => readonly string[];
  readonly asksHosts?: boolean;
}

const [KILLED, ACCEPTED] = ["0.1.0/killed", "0.1.0/accepted"];

const OPENINGS: readonly Opening[] = [
  { name: "show", run: KILLED, words: (id) => ["show", id] },
  { name: "show of a turn", run: ACCEPTED, words: (id) => ["show", id, "t1"] },
  { name: "undo", run: ACCEPTED, words: (id) => ["undo", id] },
  { name: "undo --dry-run", run: ACCEPTED, words: (id) => ["undo", "--dry-run", id] },
  { name: "run --resume", run: KILLED, words: (id) => ["run", "--resume", id, "--headless"], asksHosts: true },
  { name: "run --continue", run: KILLED, words: () => ["run", "--continue", "--headless"], asksHosts: true },
  {
    name: "rehearse --resume",
    run: ACCEPTED,
    words: (id) => ["rehearse", "--resume", id, "--headless", "--pace", "0"],
  },
];

/** Holds that a command was refused with one sentence for people, and that nothing was changed. */
function assertRefused({ code, out, err }: Ended, { says }: Newer): void {
  // Notes on the hosts, each with its time, may come before.
  const sentences = err.trimEnd().split("\n").filter((line) => !/^\d\d:\d\d:\d\d {2}/.test(line));
  const all = `exit code ${code}\n${out.slice(0, 400)}${err}`;
  assert.equal(code, 8, all);
  assert.equal(out, "", all);
  assert.equal(sentences.length, 1, all);
  const [sentence = ""] = sentences;
  for (const word of says) assert.match(sentence, word);
  assert.doesNotMatch(sentence, /undefined|\bnull\b|cannot read properties|\w*Error\b|\.ts\b|[{}[\]]/i);
}

async function refuses(newer: Newer, opening: Opening, run: StoredRun, hosts: readonly string[]): Promise<void> {
  changeJournal(run.journal, newer.sql);
  const [rows, tree] = [rowsOf(run.journal), treeOf(run.place.project)];
  const ended = await call(run.place, [...opening.words(run.id), ...hosts]);
  assert.deepEqual(treeOf(run.place.project), tree);
  assert.deepEqual(rowsOf(run.journal), rows);
  assertRefused(ended, newer);
}

for (const newer of NEWER) {
  for (const opening of OPENINGS) {
    Deno.test(`${opening.name} refuses a journal ${newer.what} with one sentence, and changes nothing`, () =>
      withStoredRun(
        opening.run,
        (run) =>
          opening.asksHosts === true
            ? withServers((hosts) => refuses(newer, opening, run, hosts))
            : refuses(newer, opening, run, []),
      ));
  }

  Deno.test(`runs lists the other runs beside a journal ${newer.what}`, () =>
    withStoredRun(KILLED, async ({ place, id, journal }) => {
      changeJournal(journal, newer.sql);
      const other = await addStoredRun(ACCEPTED, place);
      const { code, out, err } = await call(place, ["runs", "-a", "--json"]);
      assert.equal(code, 0, err);
      assert.deepEqual(jsonLines(out).map((line) => line.id), [other, id]);
      assert.equal(jsonLines(out)[0]?.ending, "accepted");
    }));
}
