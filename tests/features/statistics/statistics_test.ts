import assert from "node:assert/strict";
import { after, answer, CONTINUED, started } from "../../given/given.ts";

const ask = (key: string, purpose: "decide" | "work" | "text" = "decide") => ({
  type: "effect_opened" as const,
  effect: {
    kind: "ask" as const,
    key,
    role: "arbiter",
    turn: null,
    purpose,
    legal: ["finish"],
    temperature: 0,
    seed: 1,
    answerLimit: 100,
    reserved: 500,
  },
});

Deno.test("asks are counted by role and model: right, repaired, failed, tokens and time", () => {
  const state = after(
    started(),
    ask("a"),
    answer("a", [{ name: "finish", arguments: {} }]),
    ask("b"),
    answer("b", [{ name: "finish", arguments: {} }], { step: "repair", promptTokens: null }),
    ask("c"),
    answer("c", [], { fault: "prose" }),
    ask("d"),
    {
      type: "ask_placed",
      key: "d",
      host: "fast",
      model: "m",
      way: "constrained",
      window: 8192,
      estimated: 80,
      reason: "",
    },
    { type: "effect_failed", key: "d", failure: "total_timeout", text: "slow", ms: 7 },
    ask("e"),
    { type: "effect_failed", key: "e", failure: "unreachable", text: "down", ms: 1 },
    // Nobody learned anything of the model from an ask that was interrupted, or whose host was away.
    ask("f"),
    { type: "effect_failed", key: "f", failure: "interrupted", text: "the program ended", ms: 1, model: "m" },
    ask("g"),
    { type: "effect_failed", key: "g", failure: "cut_off", text: "reset", ms: 1, model: "m", away: true },
  );
  assert.deepEqual(state.statistics.asks["arbiter m"], {
    asks: 4,
    right: 1,
    repaired: 1,
    failed: 2,
    failedInARow: 2,
    promptTokens: 280,
    answerTokens: 30,
    ms: 22,
  });
  assert.equal(state.statistics.asks["arbiter unplaced"]?.failed, 1);
});

Deno.test("messages, decisions and tools are counted by what became of them", () => {
  const message = {
    id: "m1",
    from: "coding",
    to: "reasoning",
    kind: "note" as const,
    text: "a",
    cause: "x",
    answers: null,
    review: true,
  };
  const state = after(
    started(),
    { type: "message_sent", message },
    { type: "message_edited", id: "m1", text: "b", by: "arbiter" },
    { type: "message_redirected", id: "m1", to: "analysis", by: "arbiter" },
    { type: "message_reviewed", id: "m1", verdict: "modified", by: "arbiter" },
    { type: "message_dropped", id: "m1", by: "person", reason: "" },
    CONTINUED,
    {
      type: "decision_made",
      id: "d2",
      name: "answer_user",
      arguments: {},
      reason: "",
      by: "arbiter",
      fingerprint: "f",
    },
    { type: "decision_closed", id: "d2", outcome: "", ok: true },
    { type: "decision_closed", id: "d1", outcome: "", ok: false },
  );
  assert.deepEqual(state.statistics.messages, {
    sent: 1,
    reviewed: 1,
    modified: 1,
    redirected: 1,
    clarified: 0,
    dropped: 1,
    answered: 0,
  });
  assert.deepEqual(state.statistics.decisions, {
    continue_current_phase: { made: 1, succeeded: 0, failed: 1 },
    answer_user: { made: 1, succeeded: 1, failed: 0 },
  });
});

Deno.test("messages are counted by the pair between whom they were sent, wherever they went; what is taken back does not count", () => {
  const send = (id: string, from: string, to: string, text = "Where is it?") => ({
    type: "message_sent" as const,
    message: { id, from, to, kind: "question" as const, text, cause: "x", answers: null, review: false },
  });
  const by = "person";
  const state = after(
    started(),
    send("m1", "coding", "analysis"),
    send("m2", "coding", "analysis", "x".repeat(320)),
    send("m3", "coding", "reasoning"),
    { type: "message_edited", id: "m1", text: "Where?", by },
    { type: "message_redirected", id: "m1", to: "reasoning", by },
    { type: "message_edited", id: "m2", text: "y", by },
    { type: "message_taken_back", id: "m2", by },
    { type: "message_in_prompt", id: "m2", turn: "t1" },
    { type: "message_answered", id: "m2" },
    { type: "message_sent_back", id: "m3", question: "Which?", by: "arbiter" },
    { type: "message_dropped", id: "m1", by, reason: "" },
    { type: "message_redirected", id: "gone", to: "coding", by },
  );
  const nothing = { sent: 0, modified: 0, redirected: 0, clarified: 0, dropped: 0, answered: 0, tokens: 0 };
  assert.deepEqual(state.statistics.pairs, {
    "coding analysis": { ...nothing, sent: 2, modified: 1, redirected: 1, dropped: 1, answered: 1, tokens: 100 },
    "coding reasoning": { ...nothing, sent: 1, clarified: 1 },
  });
  const back = after(state, { type: "message_taken_back", id: "m1", by }, { type: "message_taken_back", id: "m1", by });
  const { dropped, redirected, modified } = back.statistics.pairs["coding analysis"]!;
  assert.deepEqual([dropped, redirected, modified], [0, 0, 1]);
});
