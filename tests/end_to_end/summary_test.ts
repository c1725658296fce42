import assert from "node:assert/strict";
import type { Fact } from "../../src/features/fact.ts";
import { inline } from "../../src/kernel/text.ts";
import { historyOf, repliesOf, shownOf, TELLING, told } from "../tell/fixtures/told.ts";
import { started, withCrew } from "./fixtures/crew_run.ts";

/** A window that does not hold what the turn has read. */
const WINDOWS = { reasoning: 3_000 };

/** A run without an arbiter, left in a turn that answers a question and has read six files. */
function reading(project: string): Fact[] {
  const key = (name: string) => `t1.${name}`;
  const opened = (effect: Extract<Fact, { type: "effect_opened" }>["effect"]): Fact => ({
    type: "effect_opened",
    effect,
  });
  const finished = (key: string, result: Extract<Fact, { type: "effect_finished" }>["result"]): Fact => ({
    type: "effect_finished",
    key,
    result,
  });
  const reads = Array.from({ length: 6 }, (_, index): Fact[] => {
    const call = { name: "read_file", arguments: { path: `src/part${index}.js` } };
    const ask = { role: "reasoning", turn: "t1", legal: ["read_file", "answer"], temperature: 0, seed: 1 };
    return [
      opened({ kind: "ask", key: key(`ask${index}`), purpose: "work", answerLimit: 500, reserved: 900, ...ask }),
      finished(key(`ask${index}`), {
        kind: "ask",
        text: inline(JSON.stringify(call)),
        calls: [call],
        fault: null,
        step: "constrained",
        content: null,
        way: "constrained",
        host: "strong",
        model: "qwen2.5:32b",
        prompt: "",
        estimated: 400,
        promptTokens: null,
        answerTokens: null,
        proof: "estimated",
        endedBy: "stop",
        ms: 1,
        loadMs: null,
      }),
      opened({ kind: "tool", key: key(`call${index}`), turn: "t1", role: "reasoning", access: "reads", call }),
      finished(key(`call${index}`), {
        kind: "tool",
        text: inline(`src/part${index}.js (50 lines):\n${`const value = ${index};\n`.repeat(50)}`),
        outcome: null,
        ms: 1,
      }),
    ];
  });
  return [
    { ...started(project), mode: "off" } as Fact,
    opened({ kind: "check", key: "check", cause: "first" }),
    finished("check", { kind: "check", results: [], commands: [], output: inline(""), ms: 1 }),
    {
      type: "decision_made",
      id: "d1",
      name: "consult_reasoning_specialist",
      arguments: { query: "Which part is wrong?" },
      reason: "",
      by: "rules",
      fingerprint: "f",
    },
    {
      type: "message_sent",
      message: {
        id: "m1",
        from: "arbiter",
        to: "reasoning",
        kind: "consult",
        text: "Which part is wrong?",
        cause: "d1",
        answers: null,
        review: false,
      },
    },
    {
      type: "turn_opened",
      id: "t1",
      role: "reasoning",
      message: "m1",
      purpose: "consult",
      tools: ["read_file", "answer"],
      temperature: 0,
      seed: 1,
    },
    { type: "message_in_prompt", id: "m1", turn: "t1" },
    opened({
      kind: "prepare",
      key: key("prepare"),
      turn: "t1",
      paths: [],
      mentions: "",
      changes: false,
      tried: [],
      room: 100,
    }),
    finished(key("prepare"), { kind: "prepare", files: [], texts: [], changes: null }),
    ...reads.flat(),
  ];
}

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
    assert.match(text, /^- read_file \{"path":"src\/part0\.js"\}: gave src\/part0\.js \(50 lines\):\n/);
    assert.match(text, /\n- Still open: Which part is wrong\?$/);
    const placed = await crew.fact(
      "ask_placed",
      (fact) => fact.seq > closed.seq && fact.key.startsWith(`${turn}.`) && fact.leftOut !== undefined,
    );
    assert.deepEqual(placed.leftOut, [`${summarises} messages of the turn, summarised by analysis`]);

    const request = JSON.parse(crew.prompt(key));
    assert.match(request.messages[0].content, /^You are the analysis specialist of a crew\. .*to go on without it\.\n/);
    assert.deepEqual([request.tools, request.schema, request.temperature], [undefined, undefined, 0]);

    const thread = historyOf(crew.journal).read("analysis", Number.MAX_SAFE_INTEGER, 500);
    const at = thread.findIndex((entry) =>
      entry.text === `(to be summarised) the first ${summarises} messages of its turn`
    );
    assert.deepEqual(thread.slice(at, at + 2).map(({ kind, of }) => [kind, of]), [["message", null], ["model", null]]);
    assert.equal(thread[at + 1]?.text, text);

    const state = crew.run.state();
    const replies = repliesOf(crew.journal);
    const all = Array.from({ length: replies.count("analysis") }, (_, index) => replies.read("analysis", index, state));
    const evidence = all.find((one) => one?.key === key);
    assert.deepEqual(evidence?.parts.slice(0, 2).map(({ title }) => title), ["raw reply", "read by summary"]);
    assert.equal(evidence?.parts[1]?.text, "the text that was asked for");

    const shown = shownOf(crew.journal, turn ?? "");
    assert.ok(shown.includes(text.split("\n")[0]!));
    assert.deepEqual(
      (({ type, role, purpose }) => [type, role, purpose])(JSON.parse(told([opened], TELLING.json)[0] ?? "")),
      ["ask.started", "analysis", "summarise"],
    );
  }, { windows: WINDOWS, past: reading }));

Deno.test("a specialist for summaries whose model no host has ends neither the run nor the turn", () =>
  withCrew(async (crew) => {
    const failed = await crew.fact("effect_failed", ({ key }) => key.includes(".summary"));
    assert.match(failed.text, /nowhere:1b/);
    const next = await crew.fact("ask_placed", ({ seq, key }) => seq > failed.seq && key.startsWith("t1."));
    assert.match(next.leftOut?.[0] ?? "", /^\d+ messages of the turn, summarised by rules$/);
    const between = crew.facts().filter(({ seq }) => seq > failed.seq && seq < next.seq).map(({ type }) => type);
    assert.ok(!between.includes("run_ended") && !between.includes("turn_closed"), between.join(", "));
  }, { windows: WINDOWS, past: reading, named: { analysis: "nowhere:1b" } }));
