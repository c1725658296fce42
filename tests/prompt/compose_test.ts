import assert from "node:assert/strict";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import type { State } from "../../src/features/state.ts";
import { due } from "../../src/kernel/due.ts";
import { compose } from "../../src/prompt/compose.ts";
import { fitExchange } from "../../src/prompt/exchange.ts";
import { meterOf } from "../../src/prompt/meter.ts";
import type { Prompt, PromptFrame } from "../../src/prompt/prompt.ts";
import {
  after,
  answer,
  CONTINUED,
  opening,
  prepared,
  result,
  settled,
  started,
  task,
  withoutAnalysis,
} from "../given/given.ts";
import { words } from "../given/given_prompt.ts";
import { largeCrew } from "../laws/crew.ts";

/** Nobody summarises: what has to go is shortened by rules. */
const registry = withoutAnalysis(largeCrew());

const FAILING = [result("t: a", false, ["tests/a_test.ts", "src/a.ts"], "Expected 1, got 2")];

const FILES = [{ path: "src/a.ts", text: "export const a = 2;\n" }, {
  path: "src/b.ts",
  text: "export const b = 1;\n",
}];

function frame(way: PromptFrame["way"], window = 16_384): PromptFrame {
  return { way, window, ratio: 1, declare: (tools) => `Tools: ${tools.map((tool) => tool.name).join(", ")}` };
}

/** An attempt at a task in its first ask. */
function working(state: State = planned()): State {
  return prepared(
    settled(
      after(state, CONTINUED),
    ),
    FILES,
  );
}

function planned(description = "Repair a"): State {
  return after(
    started({}, FAILING),
    { type: "tasks_planned", tasks: [task({ checks: ["t: a"], description })], refused: [], by: "rules" },
    { type: "phase_changed", phase: "coding", reason: "", by: "rules" },
  );
}

function askOf(state: State): AskEffect {
  const ask = due(state, registry, state.at).effects.find((effect) => effect.kind === "ask" && effect.turn !== null);
  assert.ok(ask?.kind === "ask");
  return ask;
}

/** The state after the specialist read something, and what it read is long. */
function read(state: State, chars: number, name = "read_file"): State {
  const ask = askOf(state);
  const asked = after(
    state,
    opening(ask),
    answer(ask.key, [{ name, arguments: { path: `f${state.seq}` } }]),
  );
  const tool = due(asked, registry, asked.at).effects.find((effect) => effect.kind === "tool")!;
  return after(asked, opening(tool), {
    type: "effect_finished",
    key: tool.key,
    result: { kind: "tool", text: { text: "y".repeat(50), chars, blob: "b" }, outcome: null, ms: 1 },
  });
}

Deno.test("a prompt begins with the role's own words and its declarations, then what the turn is about", () => {
  const state = working();
  const prompt = compose(state, registry, askOf(state), frame("constrained"));
  assert.deepEqual(prompt.messages.map((message) => message.role), ["system", "user"]);
  assert.match(
    words(prompt),
    /^You are the coding specialist\. The goal is Make the tests pass\.\n\nTools: read_file, rewrite_file, edit_file, finish_task\n/,
  );
  assert.match(words(prompt), /# Task from arbiter\nT1: Repair a/);
  assert.equal(prompt.overflow, false);
  assert.deepEqual(prompt.leftOut, []);
});

Deno.test("the head of a turn stays the same to the byte from ask to ask, and the exchange only grows", () => {
  const first = working();
  const second = read(first, 400);
  const third = read(second, 400, "search_code");
  const prompts = [first, second, third].map((state) => compose(state, registry, askOf(state), frame("constrained")));
  for (const prompt of prompts) assert.deepEqual(prompt.messages.slice(0, 2), prompts[0]!.messages);
  assert.deepEqual(prompts[2]!.messages.slice(0, prompts[1]!.messages.length), prompts[1]!.messages);
  assert.equal(prompts[2]!.messages.length, 6);
});

Deno.test("an exchange that outgrows the window becomes a summary up to a reply of the model, and what came last stays whole", () => {
  const states = [working()];
  for (let reads = 0; reads < 5; reads++) states.push(read(states.at(-1)!, 12_000));
  const prompts = states.map((state) => compose(state, registry, askOf(state), frame("constrained", 11_000)));
  for (const [index, prompt] of prompts.entries()) {
    assert.equal(prompt.overflow, false);
    assert.ok(prompt.estimate + askOf(states[index]!).answerLimit <= 11_000);
    const last = prompt.messages.at(-1)!;
    if (index > 0) {
      assert.equal(last.pieces[1], states[index]!.turns.open[askOf(states[index]!).turn!]!.exchange.at(-1)!.text);
      assert.equal(prompt.messages.at(-2)?.role, "assistant", "a call and its result are never parted");
    }
  }
  assert.deepEqual(prompts[2]!.leftOut, []);
  assert.deepEqual(prompts[3]!.leftOut, ["4 messages of the turn, summarised by rules"]);
  assert.match(
    words(prompts[3]!),
    /# So far in this turn \(shortened by rules to make room\)\n- you called read_file \{"path":"f\d+"\}\n {2}it gave 12000 characters/,
  );
  assert.deepEqual(
    prompts[0]!.messages[1]!.pieces,
    prompts[3]!.messages[1]!.pieces.slice(0, prompts[0]!.messages[1]!.pieces.length),
  );
});

Deno.test("after a compaction the prompt only grows again until the next one is needed", () => {
  let state = working();
  let compactions = 0;
  let before: Prompt | null = null;
  for (let reads = 0; reads < 14; reads++) {
    state = read(state, 3_000, reads % 2 === 0 ? "read_file" : "search_code");
    const prompt = compose(state, registry, askOf(state), frame("constrained", 9_000));
    const grew = before !== null &&
      JSON.stringify(prompt.messages.slice(0, before.messages.length)) === JSON.stringify(before.messages);
    if (before !== null && !grew) compactions++;
    before = prompt;
  }
  assert.ok(compactions >= 1 && compactions <= 4, `${compactions} compactions in 14 asks`);
});

Deno.test("a compaction that would not shrink is not made: the longest old results give way instead", () => {
  const told = { from: "application" as const, text: { text: "z".repeat(300), chars: 300 } };
  const big = {
    from: "tool" as const,
    name: "read_file",
    ok: true,
    text: { text: "y".repeat(50), chars: 30_000, blob: "b" },
  };
  const reply = { from: "model" as const, text: { text: "{}", chars: 2 }, calls: [], way: "constrained" as const };
  const { messages, leftOut } = fitExchange([told, big, told], "constrained", 2_000, meterOf({ ratio: 1 }), {});
  assert.equal(messages.length, 3);
  assert.deepEqual(leftOut, ["the result of read_file (30000 characters)"]);
  assert.match(String(messages[1]!.pieces[0]), /was left out here to make room: 30000 characters/);
  const short = { from: "application" as const, text: { text: "Go on.", chars: 6 } };
  assert.deepEqual(fitExchange([reply, short, reply], "constrained", 12, meterOf({ ratio: 1 }), {}).leftOut, []);
});

Deno.test("pinned parts that do not fit by themselves are an overflow that is said", () => {
  const state = working();
  assert.equal(compose(state, registry, askOf(state), frame("constrained", 1_300)).overflow, true);
});

Deno.test("native prompts carry calls and results as such, and the declarations beside the messages", () => {
  const state = read(working(), 300);
  const prompt = compose(state, registry, askOf(state), frame("native"));
  assert.deepEqual(prompt.messages.map((message) => message.role), ["system", "user", "assistant", "tool"]);
  assert.equal(prompt.messages[2]?.calls?.[0]?.name, "read_file");
  assert.equal(prompt.messages[3]?.toolName, "read_file");
  assert.ok(!words(prompt).includes("Tools: "));
  assert.deepEqual(prompt.declared.map((tool) => tool.name), ["read_file", "rewrite_file", "edit_file", "finish_task"]);
  const constrained = compose(state, registry, askOf(state), frame("constrained"));
  assert.deepEqual(constrained.messages.map((message) => message.role), ["system", "user", "assistant", "user"]);
  assert.match(words(constrained), /Result of read_file:/);
});

Deno.test("the estimate follows the calibration of the model", () => {
  const state = working();
  const plain = compose(state, registry, askOf(state), frame("constrained")).estimate;
  const dense = compose(state, registry, askOf(state), { ...frame("constrained"), ratio: 2 }).estimate;
  assert.ok(dense > plain * 1.8 && dense < plain * 2.1);
});

Deno.test("a path to write is a choice among the files of the project, a path to make is free", () => {
  const state = working(planned("Create a helper and repair a"));
  const ask = { ...askOf(state), legal: ["rewrite_file", "edit_file", "create_file"] };
  const legal = compose(state, registry, ask, frame("constrained")).legal;
  const path = (name: string) =>
    (legal.find((tool) => tool.name === name)?.parameters.properties as Record<string, { enum?: string[] }>).path;
  assert.deepEqual(path("rewrite_file")?.enum, ["src/a.ts", "src/b.ts"]);
  assert.deepEqual(path("edit_file")?.enum, ["src/a.ts", "src/b.ts"]);
  assert.equal(path("create_file")?.enum, undefined);
});

Deno.test("the text of a call is asked for by name and path, with no tool to call", () => {
  const state = working();
  const ask = askOf(state);
  const called = after(
    state,
    opening(ask),
    answer(ask.key, [{ name: "rewrite_file", arguments: { path: "src/a.ts" } }]),
  );
  const text = askOf(called);
  assert.equal(text.purpose, "text");
  const prompt = compose(called, registry, text, frame("constrained"));
  assert.deepEqual(prompt.legal, []);
  assert.match(words(prompt), /Now write the complete content of src\/a\.ts, from its first line to its last/);
});

Deno.test("what a turn starts with holds the failing checks with their evidence, the files, and nothing that passes", () => {
  const state = working(after(planned(), { type: "phase_changed", phase: "coding", reason: "", by: "rules" }));
  const text = words(compose(state, registry, askOf(state), frame("constrained")));
  assert.match(text, /# Checks that must pass\n- t: a\n {2}Expected 1, got 2/);
  assert.match(text, /# File src\/a\.ts \(1 lines\)\n```\nexport const a = 2;/);
  assert.doesNotMatch(text, /What was tried before/);
});

Deno.test("a later attempt is told what was tried, what the checks said, and to do it differently", () => {
  const first = working();
  const turn = Object.values(first.turns.open)[0]!;
  const refuted = after(
    first,
    { type: "turn_closed", id: turn.id, ending: "capped", text: "No closing tool was called." },
    {
      type: "attempt_closed",
      task: "T1",
      number: 1,
      verdict: "refuted",
      passed: [],
      broke: ["t: b"],
      summary: "changed src/a.ts. broke: t: b",
    },
  );
  const second = prepared(settled(refuted), FILES);
  const ask = askOf(second);
  const text = words(compose(second, registry, ask, frame("constrained")));
  assert.match(
    text,
    /# What was tried before and did not work\n- Attempt 1 by coding: changed src\/a\.ts\. broke: t: b/,
  );
  assert.match(text, /Do it differently this time\./);
  assert.ok(ask.temperature > 0 && ask.seed !== askOf(first).seed, "it is sampled differently");
  assert.deepEqual(ask.legal, ["rewrite_file", "edit_file"], "with the whole file before its eyes it writes first");
});
