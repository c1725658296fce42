import assert from "node:assert/strict";
import { decisionAtWork } from "../../../src/features/decisions/slice.ts";
import type { AskEffect } from "../../../src/effects/ask/ask_effect.ts";
import type { Fact } from "../../../src/features/fact.ts";
import { elapsed } from "../../../src/features/run/elapsed.ts";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { arbiterBrief } from "../../../src/prompt/arbiter_brief.ts";
import {
  after,
  consulting,
  CONTINUED,
  prepared,
  refusedWish,
  replied,
  result,
  settled,
  started,
  wished,
} from "../../given/given.ts";
import { planned } from "../../given/given_attempt.ts";
import { crew } from "../../laws/crew.ts";

const registry = crew();

const FAILING = [result("t: a", false, ["src/a.ts"])];
const ALL = { kind: "hold", scope: "all", of: "" } as const;

/** The gate is shut, and a consult of analysis waits at it as m1. */
function waiting(): State {
  const begun = wished(started({}, FAILING), ALL);
  return settled(replied(begun, [{ name: "consult_analysis_specialist", arguments: { query: "Why does it fail?" } }]));
}

type Outcome = Extract<Extract<Fact, { type: "effect_finished" }>["result"], { kind: "tool" }>["outcome"];

/** The state after a concluding call of the turn of a role. */
function concluded(state: State, role: string, outcome: Outcome): State {
  const turn = Object.values(state.turns.open).find((one) => one.role === role);
  assert.ok(turn !== undefined, `${role} has no turn`);
  const key = `${turn.id}.call${state.seq}`;
  return settled(after(
    state,
    {
      type: "effect_opened",
      effect: { kind: "tool", key, turn: turn.id, role, access: "concludes", call: { name: "x", arguments: {} } },
    },
    { type: "effect_finished", key, result: { kind: "tool", text: { text: "ok", chars: 2 }, outcome, ms: 1 } },
  ));
}

/** The state once each turn has its files. */
function ready(state: State): State {
  return due(state, registry, state.at).effects.some(({ kind }) => kind === "prepare")
    ? ready(prepared(state, []))
    : state;
}

const answers = (state: State, role: string, text: string) => concluded(ready(state), role, { kind: "answered", text });

const messageOf = (state: State, id: string) => state.messages.list.find((message) => message.id === id);

const told = (state: State, turn: string) =>
  state.turns.open[turn]?.exchange.flatMap((entry) => entry.from === "application" ? [entry.text.text] : []).at(-1);

/** The first message went to two roles, and both read it; what comes later is held. */
function atTwo(): State {
  const two = wished(waiting(), { kind: "duplicate", message: "m1", to: "reasoning" });
  return settled(wished(two, { kind: "release_all" }));
}

Deno.test("what was done to a message in hand is taken back step by step, the last first", () => {
  let state = waiting();
  assert.equal(refusedWish(state, { kind: "take_back", message: "m1" }), "Nothing was done to message m1.");
  for (const text of ["Why now?", "Why really?"]) state = wished(state, { kind: "edit", message: "m1", text });
  state = wished(state, { kind: "redirect", message: "m1", to: "reasoning" });
  const seen = () => {
    const { text, to, original, originalTo, changedBy, status } = messageOf(state, "m1")!;
    return [text, to, original, originalTo, changedBy, status];
  };
  const first = "Why does it fail?";
  assert.deepEqual(seen(), ["Why really?", "reasoning", first, "analysis", "person", "held"]);
  const back = () => state = wished(state, { kind: "take_back", message: "m1" });
  back();
  assert.deepEqual(seen(), ["Why really?", "analysis", first, null, "person", "held"]);
  back();
  assert.deepEqual(seen(), ["Why now?", "analysis", first, null, "person", "held"]);
  back();
  assert.deepEqual(seen(), [first, "analysis", null, null, null, "held"]);
});

Deno.test("a message is not redirected to whom it goes already", () => {
  const redirect = { kind: "redirect", message: "m1", to: "analysis" } as const;
  assert.equal(refusedWish(waiting(), redirect), "Message m1 goes to analysis already: nothing is changed.");
  const there = wished(waiting(), { ...redirect, to: "reasoning" });
  assert.equal(
    refusedWish(there, { ...redirect, to: "reasoning" }),
    "Message m1 goes to reasoning already: nothing is changed.",
  );
  assert.equal(messageOf(wished(there, redirect), "m1")?.to, "analysis", "back it goes");
});

Deno.test("what the arbiter did to a message can be taken back, too, while it is held", () => {
  const edited = after(waiting(), { type: "message_edited", id: "m1", text: "Never mind", by: "arbiter" });
  assert.equal(messageOf(wished(edited, { kind: "take_back", message: "m1" }), "m1")?.text, "Why does it fail?");
});

Deno.test("a consult that goes to two roles comes back with both answers, in one outcome", () => {
  const state = atTwo();
  assert.deepEqual(Object.values(state.turns.open).map(({ role, purpose }) => [role, purpose]).toSorted(), [
    ["analysis", "consult"],
    ["reasoning", "reply"],
  ]);
  const first = answers(state, "analysis", "A missing case.");
  assert.ok(decisionAtWork(first) !== null, "the second is waited for");
  const passed = settled(wished(first, { kind: "release_all" }));
  assert.ok(decisionAtWork(passed) !== null, "the second is waited for also once the first may be read");
  const second = answers(passed, "reasoning", "A wrong loop.");
  assert.ok(decisionAtWork(second) !== null, "its answer is held as all are");
  const over = settled(wished(second, { kind: "release_all" }));
  assert.equal(decisionAtWork(over), null);
  assert.equal(over.decisions.past.at(-1)?.outcome, "analysis: A missing case.\nreasoning: A wrong loop.");
  assert.ok(over.decisions.past.at(-1)?.ok);
  assert.deepEqual([...new Set(over.messages.list.map(({ status }) => status))], ["answered"]);
});

Deno.test("of a consult that goes to two roles one can be dropped: the other is answered in its place", () => {
  const two = wished(waiting(), { kind: "duplicate", message: "m1", to: "reasoning" });
  const dropped = settled(wished(two, { kind: "drop", message: "m1" }));
  assert.equal(decisionAtWork(dropped)?.message, "m2");
  const passed = settled(wished(dropped, { kind: "release", message: "m2" }));
  const over = settled(wished(answers(passed, "reasoning", "A wrong loop."), { kind: "release_all" }));
  assert.equal(over.decisions.past.at(-1)?.outcome, "reasoning: A wrong loop.");
  const other = settled(wished(two, { kind: "drop", message: "m2" }));
  assert.equal(decisionAtWork(other)?.message, "m1");
  const both = settled(wished(other, { kind: "drop", message: "m1" }));
  assert.match(both.decisions.past.at(-1)?.outcome ?? "", /dropped by person/);
});

Deno.test("of two roles that read a consult the first may be told to stop: the answer of the other is the outcome", () => {
  const two = wished(waiting(), { kind: "duplicate", message: "m1", to: "reasoning" });
  const beside = settled(wished(two, { kind: "release", message: "m2" }));
  const dropped = settled(wished(beside, { kind: "drop", message: "m1" }));
  assert.ok(decisionAtWork(dropped) !== null);
  const over = settled(wished(answers(dropped, "reasoning", "A wrong loop."), { kind: "release_all" }));
  assert.equal(over.decisions.past.at(-1)?.outcome, "reasoning: A wrong loop.");
});

Deno.test("a drop is taken back as long as nobody who waits was told of it", () => {
  const two = wished(waiting(), { kind: "duplicate", message: "m1", to: "reasoning" });
  const dropped = settled(wished(two, { kind: "drop", message: "m2" }));
  assert.equal(messageOf(dropped, "m2")?.status, "dropped");
  const back = wished(dropped, { kind: "take_back", message: "m2" });
  assert.equal(messageOf(back, "m2")?.status, "held");
  const alone = settled(wished(waiting(), { kind: "drop", message: "m1" }));
  assert.equal(
    refusedWish(alone, { kind: "take_back", message: "m1" }),
    "Message m1 is dropped, and who waited for it was told: that cannot be taken back any more.",
  );
  const word = wished(wished(waiting(), { kind: "say", to: "coding", text: "Mind it" }), {
    kind: "drop",
    message: "m2",
  });
  assert.equal(messageOf(wished(settled(word), { kind: "take_back", message: "m2" }), "m2")?.status, "held");
});

Deno.test("taking back a duplicate drops it, unless somebody reads it already", () => {
  const two = wished(waiting(), { kind: "duplicate", message: "m1", to: "reasoning" });
  const back = wished(two, { kind: "take_back", message: "m1" });
  assert.deepEqual([messageOf(back, "m1")?.status, messageOf(back, "m2")?.status], ["held", "dropped"]);
  const read = settled(wished(two, { kind: "release", message: "m2" }));
  assert.equal(
    refusedWish(read, { kind: "take_back", message: "m1" }),
    "Its duplicate m2 is in prompt: that cannot be taken back any more.",
  );
});

Deno.test("a duplicate goes where it may go, once, and waits where the first one waits", () => {
  const state = waiting();
  const to = (role: string) => ({ kind: "duplicate", message: "m1", to: role }) as const;
  assert.equal(refusedWish(state, to("sales")), "There is no thread sales.");
  assert.equal(refusedWish(state, to("arbiter")), "The arbiter takes words and answers only.");
  assert.equal(refusedWish(state, to("analysis")), "Message m1 goes to analysis already.");
  const two = wished(state, to("reasoning"));
  assert.equal(refusedWish(two, { ...to("reasoning"), message: "m2" }), "Message m2 goes to reasoning already.");
  const lifted = wished(state, { kind: "lift", hold: state.messages.holds[0]!.id });
  const single = wished(lifted, { kind: "hold", scope: "message", of: "m1" });
  assert.equal(messageOf(wished(single, to("coding")), "m2")?.status, "held", "also where only the first is held");
});

Deno.test("the arbiter is told where a duplicate went, and not its words: they may be those of an answer that is held", () => {
  const heldAnswer = settled(
    wished(answers(settled(wished(waiting(), { kind: "release", message: "m1" })), "analysis", "A missing case."), {
      kind: "duplicate",
      message: "m2",
      to: "coding",
    }),
  );
  assert.equal(messageOf(heldAnswer, "m2")?.status, "held");
  const ask: AskEffect = {
    kind: "ask",
    key: "d",
    role: "arbiter",
    turn: null,
    purpose: "decide",
    legal: [],
    temperature: 0,
    seed: 1,
    answerLimit: 400,
    reserved: 1,
  };
  const brief = arbiterBrief(heldAnswer, registry, ask, [], "constrained").flatMap(({ pieces }) => pieces).join("\n");
  assert.match(brief, /The person sent what message m2 says to coding, too\./);
  assert.ok(!brief.includes("A missing case."), brief);
});

Deno.test("a question that goes to two roles is answered by the first of them; what the other says is told as well", () => {
  const begun = prepared(settled(after(started({ mode: "off" }), consulting("reasoning"))), []);
  const held = wished(begun, ALL);
  const asked = concluded(held, "reasoning", { kind: "specialist_asked", role: "coding", question: "Is it so?" });
  const two = wished(asked, { kind: "duplicate", message: "m2", to: "analysis" });
  const dropped = settled(wished(two, { kind: "drop", message: "m2" }));
  assert.equal(dropped.turns.open.t1?.waitsFor, "m2", "the other can still be answered");
  const both = settled(wished(two, { kind: "release_all" }));
  const passing = (state: State) => settled(wished(state, { kind: "release_all" }));
  const first = passing(answers(both, "analysis", "It is."));
  assert.equal(told(first, "t1"), "analysis answers: It is.");
  assert.equal(first.turns.open.t1?.waitsFor, null);
  const second = passing(answers(first, "coding", "It is not."));
  assert.equal(told(second, "t1"), "Message from coding: It is not.");
});

Deno.test("what a second role makes of an assignment is told to who works on it", () => {
  const gated = wished(planned(), ALL);
  const state = settled(after(gated, CONTINUED));
  const assigned = state.messages.list.find(({ kind }) => kind === "assignment");
  assert.equal(assigned?.status, "held");
  const two = wished(state, { kind: "duplicate", message: assigned!.id, to: "reasoning" });
  const both = settled(wished(two, { kind: "release_all" }));
  assert.deepEqual(Object.values(both.turns.open).map(({ role, purpose }) => [role, purpose]).toSorted(), [
    ["coding", "work"],
    ["reasoning", "reply"],
  ]);
  const answered = settled(wished(answers(both, "reasoning", "Mind the gap."), { kind: "release_all" }));
  const work = Object.values(answered.turns.open).find(({ role }) => role === "coding")!;
  assert.equal(told(answered, work.id), "Message from reasoning: Mind the gap.");
  // Where the first is dropped, the second role has the work.
  const dropped = settled(wished(wished(two, { kind: "drop", message: assigned!.id }), { kind: "release_all" }));
  assert.deepEqual(Object.values(dropped.turns.open).map(({ role, purpose }) => [role, purpose]), [[
    "reasoning",
    "work",
  ]]);
});

Deno.test("what a second role says once the work is over expires at once, and the fact says why", () => {
  const assigned = settled(after(wished(planned(), ALL), CONTINUED));
  const two = wished(assigned, { kind: "duplicate", message: "m1", to: "reasoning" });
  const both = settled(wished(two, { kind: "release_all" }));
  const work = Object.values(both.turns.open).find(({ role }) => role === "coding")!;
  const ended = { task: "T1", number: 1, passed: [], broke: [] };
  const [decision] = Object.keys(both.decisions.open);
  const over = after(
    both,
    { type: "turn_closed", id: work.id, ending: "finished", text: "" },
    { type: "attempt_closed", ...ended, verdict: "failed", summary: "" },
    { type: "task_changed", id: "T1", status: "parked", reason: "" },
    { type: "decision_closed", id: decision!, ok: false, outcome: "" },
  );
  const late = ready(over);
  const turn = Object.values(late.turns.open).find(({ role }) => role === "reasoning")!;
  const answer = { id: "m9", from: "reasoning", to: "arbiter", kind: "answer", text: "Mind it." } as const;
  const sent = after(late, {
    type: "message_sent",
    message: { ...answer, cause: turn.id, answers: "m2", review: true },
  });
  const owed = due(wished(sent, { kind: "release_all" }), registry, sent.at).facts;
  assert.deepEqual(owed, [{ type: "message_expired", id: "m9", reason: "late" }]);
  assert.equal(messageOf(after(sent, ...owed), "m9")?.status, "expired");
});

Deno.test("while only held messages are waited for, the time of the run stands still; while others work it goes on", () => {
  const held = waiting();
  assert.equal(Object.keys(held.effects.open).length, 0);
  assert.equal(elapsed(held, held.at + 60_000), elapsed(held, held.at));
  const limited = wished(held, { kind: "raise", tokens: null, turns: null, wallMs: elapsed(held, held.at) + 1_000 });
  assert.deepEqual(due(limited, registry, limited.at + 3_600_000).facts, []);
  assert.equal(due(limited, registry, limited.at).wakeAt, null);
  const said = settled(
    wished(wished(held, { kind: "say", to: "coding", text: "Look" }), { kind: "release", message: "m2" }),
  );
  const works = after(said, { type: "effect_opened", effect: { kind: "check", key: "c", cause: "x" } });
  assert.equal(elapsed(works, works.at + 60_000), elapsed(works, works.at) + 60_000);
});

Deno.test("while one message is held the rest of the crew goes on", () => {
  const said = wished(waiting(), { kind: "say", to: "coding", text: "What do you see?" });
  const passed = settled(wished(said, { kind: "release", message: "m2" }));
  assert.deepEqual(Object.values(passed.turns.open).map(({ role }) => role), ["coding"]);
  assert.equal(due(passed, registry, passed.at).effects[0]?.kind, "prepare");
  assert.equal(messageOf(passed, "m1")?.status, "held");
});
