import assert from "node:assert/strict";
import type { Fact } from "../../../src/features/fact.ts";
import type { State } from "../../../src/features/state.ts";
import { after, answer, opening, started } from "../../given/given.ts";

const CUT: Extract<Fact, { type: "prompt_doubted" }> = {
  type: "prompt_doubted",
  key: "x",
  host: "fast",
  model: "m",
  window: 400,
  estimated: 300,
  counted: 100,
  finding: "cut",
  holds: 95,
  ratio: null,
  tokens: 0,
  text: "",
};

Deno.test("one count moves the calibration of a model by a part of the way, and proves what its host holds", () => {
  const ask = { kind: "ask" as const, role: "coding", turn: null, purpose: "decide" as const, legal: [] };
  const rest = { temperature: 0, seed: 1, answerLimit: 1, reserved: 1 };
  const counts = (state: State, key: string, promptTokens: number) =>
    after(state, { type: "effect_opened", effect: { ...ask, ...rest, key } }, answer(key, [], { promptTokens }));
  const first = counts(started(), "a", 100);
  assert.equal(first.models.m?.ratios.tokens, 1);
  const second = counts(first, "b", 190);
  assert.ok(
    second.models.m!.ratios.tokens! > 1.1 && second.models.m!.ratios.tokens! < 1.5,
    String(second.models.m!.ratios.tokens),
  );
  const doubted = after(second, CUT);
  assert.equal(counts(doubted, "c", 90).models.m?.hosts.fast?.doubt?.holds, 95);
  assert.equal(counts(doubted, "c", 180).models.m?.hosts.fast?.doubt?.holds, 180);
});

Deno.test("what a model was found to hold is known still when another doubt comes that says nothing of it", () => {
  const cut = after(started(), CUT);
  const miscounted = after(cut, { ...CUT, finding: "miscounted", holds: null });
  assert.deepEqual(miscounted.models.m?.hosts.fast?.doubt, { finding: "miscounted", holds: 95 });
  const refused = after(cut, { ...CUT, finding: "refused", holds: null, ratio: 1.2 });
  assert.deepEqual(refused.models.m?.hosts.fast?.doubt, { finding: "cut", holds: 95 });
  assert.deepEqual(after(cut, { ...CUT, finding: "refused", holds: 80 }).models.m?.hosts.fast?.doubt, {
    finding: "refused",
    holds: 80,
  });
});

Deno.test("a refusal calibrates what its prompt was estimated by, and nothing else", () => {
  const refused = after(started(), { ...CUT, finding: "refused", holds: null, ratio: 1.5, measure: "characters" });
  assert.deepEqual(refused.models.m?.ratios, { characters: 1.5 });
  const both = after(refused, { ...CUT, finding: "refused", holds: null, ratio: 1.1, measure: "tokens" });
  assert.deepEqual(both.models.m?.ratios, { characters: 1.5, tokens: 1.1 });
});

Deno.test("a model of which a reply came with thinking is known to think, on that host", () => {
  const closed = answer("a", [], { promptTokens: null });
  assert.ok(closed.type === "effect_finished" && closed.result.kind === "ask");
  const { result } = closed;
  const thinks = (more: Partial<typeof result>) =>
    after(started(), { ...closed, result: { ...result, ...more } }).models.m?.hosts.fast?.thinks;
  const text = { text: "Well.", chars: 5 };
  assert.equal(thinks({}), undefined);
  assert.equal(thinks({ thinking: text }), true);
  assert.equal(thinks({ text: { text: "\n<think>Well.", chars: 13 } }), true);
});

Deno.test("a model that thinks where no next call of a turn is wanted takes a no for nothing", () => {
  const closed = answer("a", [], { promptTokens: null });
  assert.ok(closed.type === "effect_finished" && closed.result.kind === "ask");
  const thought: Fact = { ...closed, result: { ...closed.result, thinking: { text: "Well.", chars: 5 } } };
  const ask = {
    kind: "ask",
    key: "a",
    role: "coding",
    turn: null,
    legal: [],
    temperature: 0,
    seed: 1,
    answerLimit: 100,
    reserved: 500,
  };
  const of = (purpose: "work" | "text") => after(started(), opening({ ...ask, purpose }), thought).models.m?.hosts.fast;
  assert.deepEqual(of("work"), { thinks: true });
  assert.deepEqual(of("text"), { thinks: true, thinksUnasked: true });
});
