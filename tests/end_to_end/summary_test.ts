import assert from "node:assert/strict";
import { describeTurn } from "../../src/cli/describe_turn.ts";
import { History } from "../../src/cli/history.ts";
import { JsonEvents } from "../../src/cli/json_events.ts";
import { Replies } from "../../src/cli/replies.ts";
import type { Fact } from "../../src/core/fact.ts";
import { started, withCrew } from "./fixtures/crew_run.ts";

const WINDOWS = { coding: 2_200, reasoning: 2_200 };

Deno.test("a summary stands in the thread of who wrote it, in its raw view, in `show` and in the lines of JSON", () =>
  withCrew(async (crew) => {
    const opened = await crew.fact(
      "effect_opened",
      ({ effect }) => effect.kind === "ask" && effect.purpose === "summarise",
    );
    assert.ok(opened.effect.kind === "ask");
    const { key, turn, summarises } = opened.effect;
    const closed = await crew.fact("effect_finished", (fact) => fact.key === key);
    assert.ok(closed.result.kind === "ask" && closed.result.summary !== undefined);
    const text = closed.result.summary.text;
    const placed = await crew.fact(
      "ask_placed",
      (fact) => fact.seq > closed.seq && fact.key.startsWith(`${turn}.`) && fact.leftOut !== undefined,
    );
    assert.equal(placed.leftOut?.[0], `${summarises} messages of the turn, summarised by analysis`);

    const request = JSON.parse(crew.prompt(key));
    assert.match(request.messages[0].content, /^You are the analysis specialist of a crew\. .*to go on without it\.\n/);
    assert.deepEqual([request.tools, request.schema, request.temperature], [undefined, undefined, 0]);

    const thread = new History(crew.journal).read("analysis", Number.MAX_SAFE_INTEGER, 500);
    const at = thread.findIndex((entry) =>
      entry.text === `(to be summarised) the first ${summarises} messages of its turn`
    );
    assert.deepEqual(thread.slice(at, at + 2).map(({ kind, of }) => [kind, of]), [["message", null], ["model", null]]);
    assert.equal(thread[at + 1]?.text, text);

    const state = crew.run.state();
    const replies = new Replies(crew.journal);
    const all = Array.from({ length: replies.count("analysis") }, (_, index) => replies.read("analysis", index, state));
    const evidence = all.find((one) => one?.key === key);
    assert.deepEqual(evidence?.parts.slice(0, 2).map(({ title }) => title), ["raw reply", "read by summary"]);
    assert.equal(evidence?.parts[1]?.text, "the text that was asked for");

    const shown = describeTurn({ id: "r", facts: crew.facts(), state, journal: crew.journal }, turn ?? "");
    assert.ok(shown.includes(text.split("\n")[0]!));
    assert.deepEqual(
      (({ type, role, purpose }) => [type, role, purpose])(JSON.parse(new JsonEvents().line(opened))),
      ["ask.started", "analysis", "summarise"],
    );
  }, { windows: WINDOWS }));

Deno.test("a specialist for summaries whose model no host has ends neither the run nor the turn", () =>
  withCrew(async (crew) => {
    const failed = await crew.fact("effect_failed", ({ key }) => key.includes(".summary"));
    assert.match(failed.text, /nowhere:1b/);
    const turn = failed.key.split(".")[0];
    const next = await crew.fact("ask_placed", ({ seq, key }) => seq > failed.seq && key.startsWith(`${turn}.`));
    const between = crew.facts().filter(({ seq }) => seq > failed.seq && seq < next.seq).map(({ type }) => type);
    assert.ok(!between.includes("run_ended") && !between.includes("turn_closed"), between.join(", "));
  }, {
    windows: WINDOWS,
    named: { analysis: "nowhere:1b" },
    // Without an arbiter nobody consults the specialist before it is to summarise.
    past: (project) => [{ ...started(project), mode: "off" } as Fact],
  }));
