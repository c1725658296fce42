import assert from "node:assert/strict";
import type { Fact } from "../../src/features/fact.ts";
import { parseFact } from "../../src/plugin/built_in.ts";
import { openJournal } from "../../src/run/journal.ts";
import { openRunStore } from "../../src/run/run_store.ts";
import { callHere as call } from "./fixtures/call_here.ts";
import { jsonLines, type Place, withPlace } from "./fixtures/command_line.ts";

const ID = "20261122-000000-0001";

/** Stores a run of the place's project with facts behind its first. */
function store(place: Place, facts: readonly Fact[]): void {
  const journal = openJournal<Fact>({ path: openRunStore(place.state).create(ID), validate: parseFact });
  const limits = { tokens: null, turns: null, wallMs: null };
  journal.append([
    {
      type: "run_started",
      run: ID,
      project: place.project,
      goal: "Do it.",
      mode: "driver",
      headless: false,
      label: "",
      trusted: false,
      limits,
      roleLimits: {},
      version: "autonomy 0",
      dirty: [],
    },
    ...facts,
  ], 1);
  journal.close();
}

function sent(id: string, to: string, review = false): Fact {
  const kind = "note" as const;
  const message = { id, from: "analysis", to, kind, text: `Text of ${id}.`, cause: "t1", answers: null, review };
  return { type: "message_sent", message };
}

/** What `show` prints of the messages, a row each, with one space where columns are set apart. */
async function messagesOf(place: Place): Promise<readonly string[]> {
  const { code, out, err } = await call(place, ["show", ID]);
  assert.equal(code, 0, err);
  const [, rows = ""] = /^Messages\n((?: .*\n)*)/m.exec(out) ?? [];
  return rows.trimEnd().split("\n").map((row) => row.trim().replaceAll(/ {2,}/g, " "));
}

Deno.test("show says the true state of messages: held ones are held, those that were let go are not", () =>
  withPlace(async (place) => {
    store(place, [
      { type: "hold_placed", hold: { id: "h1", scope: "to", of: "coding" } },
      { type: "hold_placed", hold: { id: "h2", scope: "from", of: "nobody" } },
      sent("m1", "coding"),
      sent("m2", "reasoning"),
      sent("m3", "reasoning"),
      { type: "message_redirected", id: "m3", to: "coding", by: "person" },
      sent("m4", "coding", true),
      { type: "message_reviewed", id: "m4", verdict: "approved", by: "arbiter" },
      sent("m5", "coding"),
      { type: "message_edited", id: "m5", text: "Another text.", by: "person" },
      { type: "message_dropped", id: "m5", by: "person", reason: "dropped at the keyboard" },
      // Nothing changes any more what was dropped.
      { type: "message_edited", id: "m5", text: "A third text.", by: "arbiter" },
      sent("m6", "coding"),
      { type: "message_released", id: "m6" },
    ]);
    assert.deepEqual(await messagesOf(place), [
      "m1 analysis → coding note held Text of m1.",
      "m2 analysis → reasoning note queued Text of m2.",
      "m3 analysis → coding note held Text of m3. [redirected from reasoning by person]",
      "m4 analysis → coding note held Text of m4.",
      "m5 analysis → coding note dropped Another text. [edited, dropped, last by person]",
      "m6 analysis → coding note reviewed Text of m6.",
    ]);
  }));

Deno.test("show names every message of a long run, also those that are over and forgotten", () =>
  withPlace(async (place) => {
    const ids = Array.from({ length: 60 }, (_, index) => `m${index + 1}`);
    store(place, ids.flatMap((id): Fact[] => [sent(id, "coding"), { type: "message_answered", id }]));
    const rows = await messagesOf(place);
    assert.deepEqual(rows, ids.map((id) => `${id} analysis → coding note answered Text of ${id}.`));
  }));

Deno.test("stats says what a run counted, by pair of roles, in tables and for programs", () =>
  withPlace(async (place) => {
    store(place, [
      sent("m1", "coding"),
      sent("m2", "coding"),
      { type: "message_edited", id: "m1", text: "Another text.", by: "person" },
      { type: "message_in_prompt", id: "m1", turn: "t1" },
      { type: "message_answered", id: "m1" },
    ]);
    const { code, out, err } = await call(place, ["stats", ID]);
    assert.equal(code, 0, err);
    const rows = out.split("\n").map((row) => row.trim().replaceAll(/ {2,}/g, " "));
    assert.ok(rows.includes("FROM TO SENT MODIFIED REDIRECTED CLARIFIED DROPPED ANSWERED TOKENS"), out);
    assert.ok(rows.includes("analysis coding 2 1 0 0 0 1 5"), out);
    const [line] = jsonLines((await call(place, ["stats", ID, "--json"])).out);
    assert.deepEqual([line?.type, line?.run], ["statistics", ID]);
    const counts = { sent: 2, modified: 1, redirected: 0, clarified: 0, dropped: 0, answered: 1 };
    assert.deepEqual(line?.pairs, [{ from: "analysis", to: "coding", ...counts, tokens: 5 }]);
    assert.deepEqual(line?.messages, { ...counts, reviewed: 0 });
    assert.equal((await call(place, ["stats", "nothing"])).code, 2);
  }));
