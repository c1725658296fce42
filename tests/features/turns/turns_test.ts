import assert from "node:assert/strict";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import type { FailureClass } from "../../../src/kernel/failure.ts";
import { after, answer, opening, prepared, replied, settled, withTurn } from "../../given/given.ts";
import { askOf, atWork, FILES, planned, registry, textFor } from "../../given/given_attempt.ts";
import { crew } from "../../laws/crew.ts";

Deno.test("a task that no failing check is known of is shown the files of all that fail", () => {
  const effect = due(atWork(planned([], null)), registry, 9).effects.find((one) => one.kind === "prepare");
  assert.deepEqual(effect?.kind === "prepare" && effect.paths, ["tests/a_test.ts", "src/a.ts"]);
});

Deno.test("a call that the rules refuse is refused before its text is asked for", () => {
  const state = replied(prepared(atWork(planned([])), FILES), [{
    name: "rewrite_file",
    arguments: { path: "src/a.ts" },
  }]);
  const guarded = { ...registry, rules: [() => ({ verdict: "refuse" as const, reason: "not this one" })] };
  const owed = due(state, guarded, state.at);
  assert.deepEqual(owed.effects, []);
  assert.ok(owed.facts[0]?.type === "call_refused" && owed.facts[0].reason === "not this one");
  assert.equal(askOf(state).purpose, "text");
});

/** The state after a turn was prepared with parts of its file. */
function shownInParts(state: State): State {
  const effect = due(state, registry, state.at).effects.find((one) => one.kind === "prepare");
  const part = (from: number, to: number, chars: number) => ({
    path: "src/a.ts",
    text: { text: "x", chars },
    lines: 500,
    from,
    to,
  });
  return after(state, opening(effect), {
    type: "effect_finished",
    key: effect!.key,
    result: { kind: "prepare", files: ["src/a.ts"], texts: [part(1, 3, 90), part(400, 460, 9_000)], changes: null },
  });
}

Deno.test("the text of a call has room for all that was shown of its file, and for more where only parts were", () => {
  const parts = replied(shownInParts(atWork(planned())), [{ name: "rewrite_file", arguments: { path: "src/a.ts" } }]);
  assert.equal(askOf(parts).purpose, "text");
  assert.equal(askOf(parts).answerLimit, 9_090 / 3 * 1.5 + 300);
  const whole = settled(prepared(atWork(planned()), FILES));
  assert.ok(askOf(whole).answerLimit < 400, "a stuck model must not fill more than a short file needs");
});

Deno.test("the text of the last call that the steps allow may come, and a reply full of calls gets no further", () => {
  const short = crew({ steps: 1 });
  const call = { name: "rewrite_file", arguments: { path: "src/a.ts" } };
  let state = replied(prepared(atWork(planned([]), short), FILES, short), [call, call], short);
  const text = due(state, short, state.at).effects[0];
  assert.ok(text?.kind === "ask" && text.purpose === "text");
  state = after(state, opening(text), textFor(text.key));
  const tool = due(state, short, state.at).effects[0];
  assert.equal(tool?.kind, "tool");
  state = after(state, opening(tool), {
    type: "effect_finished",
    key: tool!.key,
    result: { kind: "tool", text: { text: "Wrote it", chars: 8 }, outcome: null, ms: 1 },
  });
  const closed = due(state, short, state.at).facts[0];
  assert.ok(closed?.type === "turn_closed" && closed.ending === "capped");
  assert.match(closed.text, /No closing tool was called in 2 replies/);
});

Deno.test("a turn whose calls fail eight times in a row is over", () => {
  let state = prepared(atWork(planned([])), FILES);
  for (let times = 0; times < 8; times++) {
    state = replied(state, [{ name: "read_file", arguments: { path: `missing${times}.ts` } }]);
    const tool = due(state, registry, state.at).effects[0];
    state = after(
      state,
      opening(tool),
      { type: "effect_failed", key: tool!.key, failure: "tool_error", text: "There is no such file.", ms: 1 },
    );
  }
  const closed = due(state, registry, state.at).facts[0];
  assert.ok(closed?.type === "turn_closed" && closed.ending === "capped");
  assert.match(closed.text, /8 calls in a row failed; the last: .*no such file/);
});

Deno.test("a turn asks two questions of others and no third, by the schema and by refusal", () => {
  let state = prepared(atWork(planned([])), FILES);
  const [first] = Object.values(state.turns.open);
  const asked = { from: "tool" as const, name: "ask_specialist", ok: true, text: { text: "Asked", chars: 5 } };
  assert.ok(askOf(state).legal.includes("ask_specialist"));
  state = withTurn(state, { ...first!, exchange: [asked, asked] });
  assert.ok(!askOf(state).legal.includes("ask_specialist"));
  const third = replied(state, [{ name: "ask_specialist", arguments: { role: "analysis", question: "And?" } }]);
  const refused = due(third, registry, third.at).facts[0];
  assert.ok(refused?.type === "call_refused");
  assert.match(refused.reason, /called 2 times in this turn/);
});

Deno.test("a turn whose asks fail ends with what happened: nobody there, a prompt that does not fit, or no answer of use", () => {
  const said = (failure: FailureClass) => {
    const hasty = crew({ tries: 1 });
    const state = prepared(atWork(planned([]), hasty), FILES, hasty);
    const ask = due(state, hasty, state.at).effects[0];
    const failed = after(state, opening(ask), {
      type: "effect_failed",
      key: ask!.key,
      failure,
      text: "What the server says, which no model reads.",
      ms: 1,
    });
    const closed = due(failed, hasty, failed.at + 1e6).facts.find((fact) => fact.type === "turn_closed");
    return closed?.type === "turn_closed" ? closed.text : null;
  };
  assert.equal(said("load_failed"), "The model's server gave no answer that could be used.");
  assert.equal(said("out_of_memory"), said("load_failed"));
  assert.equal(said("truncated"), "What the model was to read does not fit into its window.");
});

Deno.test("of a reply that was cut before any call the prompts that follow show the beginning, of any other all", () => {
  const state = prepared(atWork(planned([])), FILES);
  const ask = askOf(state);
  const closed = answer(ask.key, [], { fault: "No call." });
  assert.ok(closed.type === "effect_finished" && closed.result.kind === "ask");
  const { result } = closed;
  const long = { text: "Let me read the file. ".repeat(18), chars: 9_000, blob: "b".repeat(64) };
  const shown = (more: Partial<typeof result>) => {
    const heard = after(state, opening(ask), { ...closed, result: { ...result, text: long, ...more } });
    return Object.values(heard.turns.open)[0]?.exchange.find(({ from }) => from === "model")?.text;
  };
  assert.deepEqual(shown({ endedBy: "stop" }), long);
  const cut = shown({ endedBy: "length" });
  assert.deepEqual(cut, { text: `${long.text}…`, chars: long.text.length + 1 });
  assert.deepEqual(shown({ endedBy: "length", calls: [{ name: "read_file", arguments: { path: "src/a.ts" } }] }), long);
});
