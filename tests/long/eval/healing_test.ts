import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { inline } from "../../../src/kernel/text.ts";
import type { Fact, Stamped } from "../../../src/features/fact.ts";
import { FAULT_RATES } from "../../eval/fault_rates.ts";
import type { Said } from "../../eval/faulty_players.ts";
import { BOUNDS, holdsBounds, measureHealing } from "../../eval/healing.ts";
import { askingsOf, scoreHealing } from "../../eval/score_healing.ts";
import { readStrictJson } from "../../eval/strict_json.ts";

const hasNode = spawnSync("node", ["--version"]).status === 0;

Deno.test({
  name: "a crew whose calls go wrong as the corpus counts heals by itself, within the bounds, and ends accepted",
  ignore: !hasNode,
  fn: async () => {
    const { accepted, runs, score } = await measureHealing([1, 2], true);
    assert.equal(accepted, runs);
    assert.ok(score.faults > 5, `${score.faults} faults`);
    assert.ok(holdsBounds(score), JSON.stringify(score));
  },
});

Deno.test("about a fifth of the replies goes wrong, each way as often as it was counted", () => {
  const sum = FAULT_RATES.reduce((all, [, rate]) => all + rate, 0);
  assert.ok(Math.abs(sum - 144 / 684) < 1e-9, String(sum));
});

function ask(key: string, turn: string | null, interprets?: string): Fact {
  return {
    type: "effect_opened",
    effect: {
      kind: "ask",
      key,
      role: "coding",
      turn,
      purpose: interprets === undefined ? "work" : "interpret",
      interprets,
      legal: [],
      temperature: 0,
      seed: 1,
      answerLimit: 1,
      reserved: 1,
    },
  };
}

function reply(key: string, text: string, call: string | null, step = "repair"): Fact {
  return {
    type: "effect_finished",
    key,
    result: {
      kind: "ask",
      text: inline(text),
      calls: call === null ? [] : [{ name: call, arguments: {} }],
      fault: null,
      step,
      content: null,
      way: "prompted",
      host: "h",
      model: "m",
      prompt: "",
      estimated: 1,
      promptTokens: null,
      answerTokens: null,
      proof: "estimated",
      endedBy: "stop",
      ms: 1,
      loadMs: null,
    },
  };
}

function score(...facts: readonly Fact[]) {
  const meant = { name: "read_file", arguments: {} };
  const said: Said = new Map([["right", { meant, fault: null }], ["wrong", { meant, fault: "prose" }]]);
  const stamped = facts.map((fact, index): Stamped => ({ ...fact, seq: index + 1, at: index }));
  return scoreHealing(askingsOf(stamped, said, (text) => text.text));
}

Deno.test("replies are counted until the call that was meant is read, by the reader, the interpreter or after another ask", () => {
  const first = score(ask("a", "t1"), reply("a", "wrong", "read_file"));
  assert.deepEqual([first.meanIterations, first.healed, first.succeeded], [1, 1, 1]);
  const second = score(ask("a", "t1"), reply("a", "wrong", null), ask("b", "t1"), reply("b", "right", "read_file"));
  assert.deepEqual([second.meanIterations, second.healed, second.faults], [2, 1, 1]);
  const interpreted = score(
    ask("a", "t1"),
    reply("a", "wrong", null),
    ask("b", "t1", "a"),
    reply("b", "gemma", "read_file", "interpreter"),
  );
  assert.deepEqual([interpreted.meanIterations, interpreted.bySteps], [1, { interpreter: 1 }]);
});

Deno.test("another call than was meant is no success, and neither is a turn that was given up", () => {
  const other = score(ask("a", "t1"), reply("a", "wrong", "answer"));
  assert.deepEqual([other.healed, other.succeeded], [0, 0]);
  const over: Fact = { type: "turn_closed", id: "t1", ending: "no_call", text: "" };
  const given = score(ask("a", "t1"), reply("a", "wrong", null), over);
  assert.deepEqual([given.healed, given.succeeded, given.bySteps], [0, 0, { "given up": 1 }]);
  assert.ok(!holdsBounds({ ...given, meanIterations: BOUNDS.meanIterations }));
});

Deno.test("the reader without mediation takes only what parses as it is, with exact names and types", () => {
  const tools = [{
    name: "read_file",
    describes: "",
    parameters: { type: "object", properties: { path: { type: "string" } }, required: ["path"] },
  }];
  const read = (text: string) =>
    readStrictJson({ text, delivered: [], thinking: "", tools, way: "prompted", forced: false }).calls.length;
  assert.equal(read('<tool_call>\n{"name":"read_file","arguments":{"path":"a"}}\n</tool_call>'), 1);
  assert.equal(read('[{"name":"read_file","arguments":{"path":"a"}}]'), 1);
  for (
    const wrong of [
      "",
      '{"name":"read_file","arguments":{"path":"a"}}\n</tool_call>',
      '```json\n{"name":"read_file","arguments":{"path":"a"}}\n```',
      '{"name":"readFile","arguments":{"path":"a"}}',
      '{"name":"read_file","arguments":{"path":1}}',
      '{"name":"read_file","arguments":{"file":"a"}}',
      '{"name":"read_file","arguments":"{\\"path\\":\\"a\\"}"}',
    ]
  ) assert.equal(read(wrong), 0, wrong);
});
