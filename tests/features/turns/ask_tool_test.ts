import assert from "node:assert/strict";
import type { Fact } from "../../../src/features/fact.ts";
import type { Registry } from "../../../src/features/registry.ts";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { after, opening, prepared, replied } from "../../given/given.ts";
import { atWork, FILES, planned, registry } from "../../given/given_attempt.ts";

/** The crew with a tool that asks a model in place of reading. */
const asking: Registry = {
  ...registry,
  tools: {
    ...registry.tools,
    read_file: {
      ...registry.tools.read_file!,
      asks: { model: "wise:70b", role: null, prompt: "What of {{path}}?", answers: null },
    },
  },
};

const called = (): State =>
  replied(prepared(atWork(planned([])), FILES), [{ name: "read_file", arguments: { path: "src/a.ts" } }]);

const askDue = (state: State, crew = asking) => due(state, crew, state.at).effects.find((one) => one.kind === "ask");

function failed(state: State, failure: "interrupted" | "unreachable"): State {
  const ask = askDue(state)!;
  const fact: Fact = { type: "effect_failed", key: ask.key, failure, text: "It is gone.", ms: 1 };
  return after(state, opening(ask), fact);
}

Deno.test("a call of a model's tool is asked again after the program was killed; whatever else goes wrong is its result", () => {
  const state = called();
  const ask = askDue(state);
  assert.deepEqual([ask?.purpose, ask?.tool, ask?.role, ask?.legal], ["tool_text", "read_file", "read_file", []]);
  const again = askDue(failed(state, "interrupted"));
  assert.deepEqual([again?.tool, again?.key === ask?.key], ["read_file", false]);
  const [turn] = Object.values(failed(state, "unreachable").turns.open);
  assert.deepEqual(turn?.exchange.at(-1), {
    from: "tool",
    name: "read_file",
    ok: false,
    text: { text: "It is gone.", chars: 11 },
  });
  assert.deepEqual([turn?.calls, turn?.failures], [[], 0], "a host that fails it fails no ask of the specialist");
});

Deno.test("a call of a model's tool that the budget does not allow is refused, and the run goes on", () => {
  const state = after(called(), { type: "limits_raised", limits: { tokens: 50, turns: null, wallMs: null } });
  const { effects, facts } = due(state, asking, state.at);
  assert.deepEqual(effects, []);
  const [refused] = facts;
  assert.ok(refused?.type === "call_refused" && refused.name === "read_file", JSON.stringify(facts));
  assert.match(refused.reason, /budget is spent/);
});

Deno.test("a rule is asked before a model's tool asks its model, and a person may have to allow it", () => {
  const careful: Registry = { ...asking, rules: [() => ({ verdict: "confirm", question: "May it be asked?" })] };
  let state = called();
  const look = due(state, careful, state.at).effects[0];
  assert.equal(look?.kind, "preview");
  const shows = { text: "It asks wise:70b.", chars: 17 };
  state = after(state, opening(look), {
    type: "effect_finished",
    key: look!.key,
    result: { kind: "preview", shows },
  });
  const question = due(state, careful, state.at).facts[0];
  assert.ok(question?.type === "question_asked");
  state = after(state, question, { type: "question_answered", id: question.id, approved: true, text: "" });
  assert.equal(askDue(state, careful)?.tool, "read_file");
});
