import assert from "node:assert/strict";
import { decisionAtWork } from "../../../src/features/decisions/slice.ts";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { after, answer, consulting, opening, prepared, result, settled, started, wished } from "../../given/given.ts";
import { crew } from "../../laws/crew.ts";

const registry = crew();

const FAILING = [result("t: a", false, ["src/a.ts"])];

/** The consult of analysis is answered. */
function answered(some: Parameters<typeof started>[0], text = "Some file."): State {
  const begun = settled(after(started(some, FAILING), consulting("analysis", "Which files?")));
  return answering(begun, text);
}

function answering(state: State, text: string): State {
  const ready = prepared(state, []);
  const [turn] = Object.values(ready.turns.open);
  const key = `${turn!.id}.call${ready.seq}`;
  const call = { name: "answer", arguments: { text } };
  return settled(after(
    ready,
    {
      type: "effect_opened",
      effect: { kind: "tool", key, turn: turn!.id, role: turn!.role, access: "concludes", call },
    },
    {
      type: "effect_finished",
      key,
      result: { kind: "tool", text: { text: "ok", chars: 2 }, outcome: { kind: "answered", text }, ms: 1 },
    },
  ));
}

const reviewOf = (state: State) =>
  due(state, registry, state.at).effects.find((effect) => effect.kind === "ask" && effect.purpose === "review");

function reviewed(state: State, name: string, args: Readonly<Record<string, unknown>>): State {
  const ask = reviewOf(state);
  assert.ok(ask?.kind === "ask");
  assert.deepEqual(ask.legal, ["approve_message", "clarify_message"]);
  return settled(after(state, opening(ask), answer(ask.key, [{ name, arguments: args }])));
}

const outcomeOf = (state: State) => state.decisions.past.at(-1)?.outcome;

Deno.test("with talk on the arbiter reviews the answer to its question, and may let it go", () => {
  const state = answered({ talk: "on" });
  assert.ok(decisionAtWork(state) !== null);
  const over = reviewed(state, "approve_message", { note: "clear" });
  assert.equal(outcomeOf(over), "analysis: Some file.");
});

Deno.test("an answer that is sent back brings one question more, whose answer is the outcome and is not reviewed again", () => {
  const back = reviewed(answered({ talk: "on" }), "clarify_message", { question: "Which one exactly?" });
  const asked = back.messages.list.at(-1)!;
  assert.deepEqual([asked.kind, asked.from, asked.to, asked.status], ["consult", "arbiter", "analysis", "in_prompt"]);
  assert.equal(asked.text, "Which one exactly?\nYou were asked before: Which files?\nYou answered: Some file.");
  const over = answering(back, "src/a.ts.");
  assert.equal(reviewOf(over), undefined);
  assert.equal(outcomeOf(over), "analysis: src/a.ts.");
  const pair = over.statistics.pairs["analysis arbiter"]!;
  assert.deepEqual([pair.sent, pair.clarified, pair.dropped, pair.answered], [2, 1, 0, 1]);
});

Deno.test("where the person drops the question that goes back, the first answer is the outcome", () => {
  const held = wished(answered({ talk: "on" }), { kind: "hold", scope: "to", of: "analysis" });
  const back = reviewed(held, "clarify_message", { question: "Which one exactly?" });
  const asked = back.messages.list.at(-1)!;
  assert.equal(asked.status, "held");
  assert.equal(outcomeOf(settled(wished(back, { kind: "drop", message: asked.id }))), "analysis: Some file.");
});

Deno.test("a verdict that an answer cannot have lets it go on", () => {
  const over = reviewed(answered({ talk: "on" }), "redirect_message", { to: "coding" });
  assert.equal(outcomeOf(over), "analysis: Some file.");
});

Deno.test("answers are not reviewed unless that was asked for or known to help, nor where the arbiter does not decide", () => {
  for (const some of [{}, { talk: "off" as const }, { talk: "on" as const, mode: "off" as const }]) {
    assert.equal(outcomeOf(answered(some)), "analysis: Some file.", JSON.stringify(some));
  }
});

Deno.test("with talk off no turn is given a tool that talks to others; a run that goes on keeps that, or takes another", () => {
  const toolsOf = (state: State) => Object.values(state.turns.open)[0]?.tools ?? [];
  const begun = (talk?: "on" | "off") =>
    settled(after(started(talk === undefined ? {} : { talk }, FAILING), consulting("reasoning")));
  assert.ok(toolsOf(begun()).includes("ask_specialist"));
  assert.deepEqual(toolsOf(begun("off")).filter((name) => /ask_specialist|send_message/.test(name)), []);
  const off = after(started({ talk: "off" }), { type: "run_resumed", headless: false });
  assert.equal(off.run.info?.talk, "off");
  assert.equal(after(off, { type: "run_resumed", headless: false, talk: "on" }).run.info?.talk, "on");
});
