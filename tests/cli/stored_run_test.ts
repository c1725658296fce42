import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { callHere as call } from "./fixtures/call_here.ts";
import { jsonLines, type Place, withPlace } from "./fixtures/command_line.ts";
import { storeRun } from "./fixtures/stored_runs.ts";

/** Stores a run of a project that ended, and changes its file by SQL. */
function store(place: Place, id: string, sql: string): void {
  const database = new DatabaseSync(storeRun(place, { id }));
  database.exec(sql);
  database.close();
}

const fact = (seq: number, stored: unknown) =>
  `INSERT OR REPLACE INTO facts VALUES (${seq}, 2, '${JSON.stringify(stored)}')`;

/** What a newer program may have left behind, and how it is told. */
const NEWER: Readonly<Record<string, readonly [sql: string, found: RegExp]>> = {
  "20261122-000000-0001": ["UPDATE meta SET value = '99' WHERE key = 'schema'", /its journal has the schema 99/],
  "20261122-000000-0002": [fact(3, { type: "danced" }), /its fact 3 has the type "danced"/],
  "20261122-000000-0003": [
    fact(3, { type: "effect_opened", effect: { kind: "dance", key: "k" } }),
    /its fact 3 has the effect\.kind "dance"/,
  ],
  "20261122-000000-0004": [
    fact(3, { type: "effect_opened", effect: { kind: "ask", key: "k", role: "coding", purpose: "sing" } }),
    /its fact 3 has the effect\.purpose "sing"/,
  ],
};

/** Calls that open a run; all of them for the first two, for the others one that reads and one that would write. */
function commands(id: string): readonly (readonly string[])[] {
  const some = [["show", id], ["run", "--resume", id]];
  if (id > "20261122-000000-0002") return some;
  return [
    ...some,
    ["show", "last"],
    ["show", id, "t1"],
    ["undo", id],
    ["undo", id, "--dry-run"],
    ["run", "--continue"],
    ["run", "--continue", "--json"],
  ];
}

Deno.test("a run that a newer program wrote is refused by every command with 8 and one sentence, and listed as unreadable", () =>
  withPlace(async (place) => {
    const older = "20261121-000000-0000";
    store(place, older, "SELECT 1");
    for (const [id, [sql, found]] of Object.entries(NEWER)) {
      store(place, id, sql);
      for (const args of commands(id)) {
        const { code, out, err } = await call(place, args);
        const said = `${args.join(" ")}: ${err}`;
        assert.equal(code, 8, said);
        assert.match(
          err,
          /^autonomy: run \S+ was written by a newer Autonomy: [^\n]+; update Autonomy to open it\n$/,
          said,
        );
        assert.ok(err.includes(id), said);
        assert.match(err, found, said);
        if (args.includes("--json")) assert.equal(jsonLines(out).at(-1)?.exit, 8);
        else assert.equal(out, "", said);
      }
    }
    const { code, out } = await call(place, ["runs"]);
    assert.equal(code, 0);
    for (const [id, [, found]] of Object.entries(NEWER)) {
      const line = out.split("\n").find((line) => line.startsWith(id)) ?? "";
      assert.match(line, /^\S+ +unreadable +\?.*update Autonomy/);
      assert.match(line, found);
    }
    assert.match(out, new RegExp(`^${older} +failed .*Do it\\.$`, "m"));
    assert.equal((await call(place, ["show", older])).code, 0);
  }));
