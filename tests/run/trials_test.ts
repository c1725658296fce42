import { ASKS } from "../../src/asks/asks.ts";
import assert from "node:assert/strict";
import type { Fact } from "../../src/features/fact.ts";
import { inline } from "../../src/kernel/text.ts";
import type { Trial } from "../../src/fleet/model_record.ts";
import { trialKey } from "../../src/fleet/model_record.ts";
import { Trials } from "../../src/run/trials.ts";

type Ask = Extract<Extract<Fact, { type: "effect_opened" }>["effect"], { kind: "ask" }>;

function opened(key: string, purpose: Ask["purpose"], turn: string | null = "t1"): Fact {
  const effect = { kind: "ask" as const, key, role: "coding", turn, purpose, legal: [], temperature: 0, seed: 1 };
  return { type: "effect_opened", effect: { ...effect, answerLimit: 1, reserved: 1 } };
}

function placed(key: string, way: "constrained" | "native" = "constrained", digest: string | undefined = "d1"): Fact {
  return { type: "ask_placed", key, host: "h", model: "m", way, window: 1, estimated: 1, reason: "", digest };
}

function finished(key: string, step: string, calls: number): Fact {
  return {
    type: "effect_finished",
    key,
    result: {
      kind: "ask",
      text: inline(""),
      calls: Array.from({ length: calls }, () => ({ name: "edit_file", arguments: {} })),
      fault: null,
      step,
      content: null,
      way: "constrained",
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

function learned(...facts: readonly Fact[]): string[] {
  const trials = new Trials(ASKS);
  const all: Trial[] = [];
  facts.forEach((fact, index) => all.push(...trials.of({ ...fact, seq: index + 1, at: index })));
  return all.map(({ digest, what, outcome }) => `${digest} ${trialKey(what)} ${outcome}`);
}

Deno.test("each ask counts for its purpose and way: right, repaired or failed", () => {
  assert.deepEqual(
    learned(
      opened("a", "work"),
      placed("a"),
      finished("a", "constrained", 1),
      opened("b", "decide", null),
      placed("b"),
      finished("b", "repair", 1),
      opened("c", "interpret"),
      placed("c", "native"),
      finished("c", "interpreter", 0),
      opened("d", "text"),
      placed("d"),
      finished("d", "text", 0),
      opened("e", "summarise"),
      placed("e"),
      finished("e", "summary", 0),
    ),
    ["d1 work constrained right", "d1 decision constrained repaired", "d1 interpretation native failed"],
  );
});

Deno.test("a way that its server refused failed, although the ask went on in another one", () => {
  assert.deepEqual(
    learned(opened("a", "work"), placed("a", "native"), placed("a", "constrained"), finished("a", "constrained", 1)),
    ["d1 work native failed", "d1 work constrained right"],
  );
});

Deno.test("a prompt that was made smaller and asked again in the same way says nothing about the way", () => {
  assert.deepEqual(learned(opened("a", "work"), placed("a"), placed("a"), finished("a", "constrained", 1)), [
    "d1 work constrained right",
  ]);
});

Deno.test("a host that is away says nothing about a way; a model that has no digest goes by its name", () => {
  const failed = (failure: "unreachable" | "silent"): Fact => ({
    type: "effect_failed",
    key: "a",
    failure,
    text: "",
    ms: 1,
  });
  assert.deepEqual(learned(opened("a", "work"), placed("a"), failed("unreachable")), []);
  assert.deepEqual(learned(opened("a", "work"), placed("a", "native", ""), failed("silent")), [
    "name:m work native failed",
  ]);
});

Deno.test("an edit counts when its attempt is judged, and at once when the tool refuses it", () => {
  const edit = (key: string, turn: string, name: string, text?: string): Fact => ({
    type: "effect_opened",
    effect: { kind: "tool", key, turn, role: "coding", access: "writes", call: { name, arguments: {} }, text },
  });
  const done = (key: string): Fact => ({
    type: "effect_finished",
    key,
    result: { kind: "tool", text: inline(""), outcome: null, ms: 1 },
  });
  const attempt = (number: number, verdict: "kept" | "refuted" | "cancelled"): Fact => ({
    type: "attempt_closed",
    task: "T1",
    number,
    verdict,
    passed: [],
    broke: [],
    summary: "",
  });
  const begun = (number: number): Fact[] => [
    { type: "attempt_opened", task: "T1", number, role: "coding", temperature: 0, seed: 1 },
    {
      type: "turn_opened",
      id: `t${number}`,
      role: "coding",
      message: "m1",
      purpose: "work",
      tools: [],
      temperature: 0,
      seed: 1,
      attempt: `T1.${number}`,
    },
  ];
  const ask = (key: string) => [opened(key, "work"), placed(key), finished(key, "constrained", 1)];
  const second = ask("b").map((fact) =>
    fact.type === "effect_opened" && fact.effect.kind === "ask"
      ? { ...fact, effect: { ...fact.effect, turn: "t2" } }
      : fact
  );
  assert.deepEqual(
    learned(
      ...begun(1),
      ...begun(2),
      ...ask("a"),
      ...second,
      edit("w1", "t1", "edit_file", "blob"),
      { type: "effect_failed", key: "w1", failure: "tool_error", text: "", ms: 1 },
      edit("w2", "t1", "rewrite_file", "blob"),
      // Two attempts are open at once: each has its own edits.
      edit("w3", "t2", "rewrite_file"),
      done("w2"),
      done("w3"),
      attempt(1, "kept"),
      edit("w4", "t2", "create_file", "blob"),
      done("w4"),
      attempt(2, "refuted"),
      ...begun(3),
      edit("w5", "t3", "rewrite_file"),
      done("w5"),
      attempt(3, "cancelled"),
    ).slice(2),
    ["d1 replace text failed", "d1 whole text right", "d1 whole json failed"],
  );
});
