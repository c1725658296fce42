import assert from "node:assert/strict";
import { due } from "../../../src/kernel/due.ts";
import type { Fact } from "../../../src/features/fact.ts";
import type { State } from "../../../src/features/state.ts";
import { crew } from "../../laws/crew.ts";
import {
  after,
  opening,
  prepared,
  refusedWish,
  replied,
  result,
  settled,
  started,
  wished,
  withRoleLimits,
} from "../../given/given.ts";

const registry = crew();

/** A consult of reasoning at work, which has asked coding a question; reviewed where the mode is driver. */
function asking(mode: "driver" | "off"): State {
  const begun = settled(after(started({ mode }, [result("t", true)]), {
    type: "decision_made",
    id: "d1",
    name: "consult_reasoning_specialist",
    arguments: { query: "Why?" },
    reason: "",
    by: "arbiter",
    fingerprint: "f",
  }));
  const turned = prepared(begun, []);
  return settled(concluded(turned, "t1", { kind: "specialist_asked", role: "coding", question: "Is it so?" }));
}

/** The state after a concluding call of a turn. */
function concluded(
  state: State,
  turn: string,
  outcome: Extract<Extract<Fact, { type: "effect_finished" }>["result"], { kind: "tool" }>["outcome"],
): State {
  const key = `${turn}.call${state.seq}`;
  return after(
    state,
    {
      type: "effect_opened",
      effect: {
        kind: "tool",
        key,
        turn,
        role: state.turns.open[turn]!.role,
        access: "concludes",
        call: { name: "x", arguments: {} },
      },
    },
    { type: "effect_finished", key, result: { kind: "tool", text: { text: "ok", chars: 2 }, outcome, ms: 1 } },
  );
}

const told = (state: State, turn: string) =>
  state.turns.open[turn]?.exchange.flatMap((entry) => entry.from === "application" ? [entry.text.text] : []).at(-1);

/** The verdict of the arbiter on a message. */
function reviewed(state: State, name: string, args: Record<string, unknown>): State {
  const ask = due(state, registry, state.at).effects.find((effect) =>
    effect.kind === "ask" && effect.purpose === "review"
  );
  assert.ok(ask?.kind === "ask");
  return settled(after(state, opening(ask), {
    type: "effect_finished",
    key: ask.key,
    result: {
      kind: "ask",
      text: { text: "", chars: 0 },
      calls: [{ name, arguments: args }],
      fault: null,
      step: "constrained",
      content: null,
      way: "constrained",
      host: "h",
      model: "m",
      prompt: "b",
      estimated: 1,
      promptTokens: 1,
      answerTokens: 1,
      proof: "proven",
      endedBy: "stop",
      ms: 1,
      loadMs: null,
    },
  }));
}

Deno.test("a question between specialists suspends the asker until the answer stands in its exchange", () => {
  const asked = asking("off");
  assert.equal(asked.turns.open.t1?.waitsFor, "m2");
  assert.equal(asked.turns.open.t2?.role, "coding");
  const answered = settled(concluded(prepared(asked, []), "t2", { kind: "answered", text: "It is." }));
  assert.equal(answered.turns.open.t1?.waitsFor, null);
  assert.equal(told(answered, "t1"), "coding answers: It is.");
  assert.deepEqual(answered.messages.list.map((message) => message.status), ["in_prompt", "answered", "answered"]);
});

Deno.test("the arbiter reviews what specialists write to each other, and may change, redirect or send back", () => {
  const asked = asking("driver");
  assert.equal(asked.turns.open.t2, undefined);
  assert.equal(reviewed(asked, "approve_message", { note: "fine" }).turns.open.t2?.role, "coding");
  const modified = reviewed(asked, "modify_message", { text: "Is it really so?" });
  assert.deepEqual([
    modified.messages.list[1]?.text,
    modified.messages.list[1]?.original,
    modified.messages.list[1]?.changedBy,
  ], [
    "Is it really so?",
    "Is it so?",
    "arbiter",
  ]);
  assert.equal(reviewed(asked, "redirect_message", { to: "analysis" }).turns.open.t2?.role, "analysis");
  assert.equal(
    reviewed(asked, "redirect_message", { to: "arbiter" }).turns.open.t2?.role,
    "coding",
    "a question cannot go to the arbiter",
  );
  const back = reviewed(asked, "clarify_message", { question: "Which one?" });
  assert.equal(back.messages.list[1]?.status, "dropped");
  assert.equal(told(back, "t1"), "Your message to coding was sent back with a question: Which one?");
  assert.equal(back.turns.open.t1?.waitsFor, null);
});

Deno.test("an asker whose question or answer is dropped is told so and goes on", () => {
  const held = wished(asking("driver"), { kind: "hold", scope: "message", of: "m2" });
  const dropped = settled(wished(held, { kind: "drop", message: "m2" }));
  assert.equal(told(dropped, "t1"), "Your question to coding was dropped. Go on without an answer.");
  assert.equal(dropped.turns.open.t1?.waitsFor, null);
  const holding = wished(asking("off"), { kind: "hold", scope: "to", of: "reasoning" });
  const waiting = settled(concluded(prepared(holding, []), "t2", { kind: "answered", text: "It is." }));
  assert.equal(waiting.turns.open.t1?.waitsFor, "m2");
  const without = settled(wished(waiting, { kind: "drop", message: "m3" }));
  assert.equal(told(without, "t1"), "The answer to your question was dropped. Go on without an answer.");
});

Deno.test("an answer redirected to somebody else does not reach the asker, who goes on without it", () => {
  const holding = wished(asking("off"), { kind: "hold", scope: "to", of: "reasoning" });
  const waiting = settled(concluded(prepared(holding, []), "t2", { kind: "answered", text: "It is." }));
  const redirected = settled(
    wished(wished(waiting, { kind: "redirect", message: "m3", to: "analysis" }), { kind: "release", message: "m3" }),
  );
  assert.equal(told(redirected, "t1"), "The answer to your question was dropped. Go on without an answer.");
  assert.equal(
    redirected.messages.list.find((message) => message.id === "m3")?.status,
    "reviewed",
    "it waits for a turn of analysis",
  );
});

Deno.test("an asker whose helper runs out of budget gets an answer that says so", () => {
  const asked = prepared(asking("off"), []);
  const broke = withRoleLimits(asked, { coding: { tokens: 1, turns: null, wallMs: null } });
  const on = settled(broke);
  assert.match(told(on, "t1") ?? "", /^coding answers: No answer: The budget of coding is spent/);
});

Deno.test("words that no model replied to are not answered and count no tokens: they expire with what kept them; those that one read are", () => {
  const text = "Mind the gap. ".repeat(20);
  const asked = settled(wished(started({ mode: "off" }), { kind: "say", to: "analysis", text }));
  const begun = settled(prepared(asked, []));
  assert.equal(begun.messages.list[0]?.status, "in_prompt");
  assert.ok(begun.statistics.pairs["person analysis"]!.tokens > 0);

  let failing = begun;
  const cause = "its prompt does not fit the window of any model";
  for (let tries = 0; failing.turns.open.t1 !== undefined && tries < 10; tries++) {
    const owed = due(failing, registry, failing.at).effects.find(({ kind }) => kind === "ask");
    assert.ok(owed !== undefined);
    failing = settled(
      after(failing, opening(owed), {
        type: "effect_failed",
        key: owed.key,
        failure: "window_exceeded",
        text: cause,
        ms: 1,
      }),
    );
  }
  assert.equal(failing.messages.list[0]?.status, "expired");
  const { tokens, answered } = failing.statistics.pairs["person analysis"]!;
  assert.deepEqual([tokens, answered], [0, 0]);

  const interrupted = (state: State) =>
    settled(wished(state, { kind: "interrupt", role: "analysis" })).messages.list[0]?.status;
  assert.equal(interrupted(begun), "expired");
  assert.equal(interrupted(settled(replied(begun, []))), "answered");
});

Deno.test("a question to nobody, to the arbiter, to a role that may not be asked or to one at work is dropped with the reason", () => {
  const base = prepared(
    settled(after(started({ mode: "off" }), {
      type: "decision_made",
      id: "d1",
      name: "consult_analysis_specialist",
      arguments: { query: "Why?" },
      reason: "",
      by: "arbiter",
      fingerprint: "f",
    })),
    [],
  );
  for (const role of ["nobody", "arbiter", "interpreter", "analysis"]) {
    const state = settled(concluded(base, "t1", { kind: "specialist_asked", role, question: "?" }));
    assert.equal(told(state, "t1"), `Your question to ${role} was dropped. Go on without an answer.`);
  }
});

Deno.test("a note stands in the receiver's running turn and starts none; a word to an idle specialist starts a reply to the person", () => {
  const asked = asking("off");
  const noted = settled(
    concluded(prepared(asked, []), "t2", { kind: "message_sent", to: "analysis", text: "Mind the gap" }),
  );
  assert.equal(Object.keys(noted.turns.open).length, 2);
  assert.equal(noted.messages.list.at(-1)?.status, "queued");
  const said = settled(wished(noted, { kind: "say", to: "analysis", text: "What do you do?" }));
  assert.equal(said.turns.open.t3?.purpose, "reply");
  const ready = settled(prepared(said, []));
  assert.equal(told(ready, "t3"), "Message from coding: Mind the gap");
  const answered = concluded(ready, "t3", { kind: "answered", text: "I wait." });
  assert.deepEqual(due(answered, registry, answered.at).facts.map((fact) => fact.type), [
    "turn_closed",
    "message_answered",
    "person_told",
  ]);
});

Deno.test("words that are queued wait until their role is at nothing, those to the arbiter until no decision is at work, and can be dropped meanwhile", () => {
  const asked = prepared(asking("off"), []);
  const own = (state: State, text: string) => state.messages.list.find((message) => message.text === text);
  const [now, later] = [false, true].map((later) =>
    settled(
      concluded(wished(asked, { kind: "say", to: "coding", text: "Mind this.", later }), "t2", {
        ...{ kind: "message_sent", to: "analysis", text: "Note." },
      }),
    )
  ) as [State, State];
  assert.equal(own(now, "Mind this.")?.status, "in_prompt", "said now, it goes into the turn that is at work");
  assert.equal(own(later, "Mind this.")?.status, "queued");
  const { id } = own(later, "Mind this.")!;
  assert.equal(own(settled(wished(later, { kind: "drop", message: id })), "Mind this.")?.status, "dropped");
  const over = settled(wished(later, { kind: "interrupt", role: "coding" }));
  const heard = own(over, "Mind this.");
  assert.equal(heard?.status, "in_prompt");
  assert.equal(over.turns.open[heard?.turn ?? ""]?.purpose, "reply");
  const told = settled(wished(asked, { kind: "say", to: "arbiter", text: "And then?", later: true }));
  assert.equal(own(told, "And then?")?.status, "queued");
});

Deno.test("a message that was reviewed once is not reviewed again after a hold is lifted", () => {
  const note = {
    id: "m1",
    from: "coding",
    to: "reasoning",
    kind: "note" as const,
    text: "a",
    cause: "x",
    answers: null,
    review: true,
  };
  const state = after(started(), { type: "message_sent", message: note }, {
    type: "message_reviewed",
    id: "m1",
    verdict: "approved",
    by: "arbiter",
  });
  const held = wished(state, { kind: "hold", scope: "all", of: "" });
  assert.equal(held.messages.list[0]?.status, "held");
  const lifted = wished(held, { kind: "lift", hold: held.messages.holds[0]!.id });
  assert.deepEqual(
    due(lifted, registry, lifted.at).effects.filter((effect) => effect.kind === "ask" && effect.purpose === "review"),
    [],
  );
});

Deno.test("a question of a turn to the person goes away with the turn", () => {
  const state = asking("off");
  const asked = after(state, {
    type: "question_asked",
    id: "q1",
    kind: "call",
    text: "May I?",
    context: "",
    turn: "t2",
  });
  assert.equal(asked.people.questions.length, 1);
  const over = wished(asked, { kind: "interrupt", role: "coding" });
  assert.equal(over.people.questions.length, 0);
  assert.equal(
    refusedWish(over, { kind: "answer", question: "q1", approved: true, text: "" }),
    "That question is answered already.",
  );
});

Deno.test("messages that are over are let go, and what is pending or at work stays", () => {
  let state = asking("off");
  for (let index = 0; index < 60; index++) {
    const id = `n${index}`;
    state = after(
      state,
      {
        type: "message_sent",
        message: { id, from: "a", to: "gone", kind: "note", text: "x", cause: "x", answers: null, review: false },
      },
      { type: "message_in_prompt", id, turn: "over" },
    );
  }
  assert.equal(state.messages.list.length, 40);
  assert.deepEqual(state.messages.list.slice(0, 2).map((message) => message.id), ["m1", "m2"]);
});
