import assert from "node:assert/strict";
import type { CheckFact } from "../../../src/effects/check/check_effect.ts";
import { isAskedInVain } from "../../../src/features/arbiter/is_asked_in_vain.ts";
import { legalDecisions } from "../../../src/features/decisions/kinds.ts";
import { decisionAtWork } from "../../../src/features/decisions/slice.ts";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { after, answer, checked, opening, replied, result, settled, started, task, wished } from "../../given/given.ts";
import { crew } from "../../laws/crew.ts";

const FAILING = [result("t: a", false, ["src/a.ts"])];

const registry = crew();

const names = (state: Parameters<typeof legalDecisions>[0]) => legalDecisions(state, registry).map((tool) => tool.name);

Deno.test("the arbiter is asked for exactly the decisions that are legal", () => {
  const state = started({}, FAILING);
  const ask = due(state, registry, state.at).effects[0];
  assert.ok(ask?.kind === "ask" && ask.purpose === "decide");
  assert.deepEqual(ask.legal, names(state));
  assert.ok(ask.reserved > ask.answerLimit);
});

Deno.test("an ask of the arbiter that was interrupted, or whose host was away, costs no try and passes over no model", () => {
  const begun = started({}, FAILING);
  const ask = due(begun, registry, begun.at).effects[0];
  assert.ok(ask?.kind === "ask");
  const placed = { host: "fast", model: "m", way: "constrained" as const, window: 8192, estimated: 80, reason: "" };
  const open = after(begun, opening(ask), { type: "ask_placed", key: ask.key, ...placed });
  const failed = { type: "effect_failed" as const, key: ask.key, text: "gone", ms: 1, model: "m" };
  for (
    const [fact, tries, not] of [
      [{ ...failed, failure: "interrupted" as const }, 0, null],
      [{ ...failed, failure: "busy" as const, away: true as const }, 0, null],
      [{ ...failed, failure: "crashed" as const }, 1, "m"],
    ] as const
  ) {
    const { arbiter } = after(open, fact);
    assert.deepEqual([arbiter.tries, arbiter.not], [tries, not], fact.failure);
  }
});

Deno.test("all calls of a reply are honoured in order, each when the one before has its outcome", () => {
  const two = [{ name: "change_phase", arguments: { phase: "coding", reason: "work" } }, {
    name: "continue_current_phase",
    arguments: { reason: "go" },
  }];
  const planned = after(started({}, FAILING), { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" });
  const state = settled(replied(planned, two));
  assert.equal(state.run.phase, "coding");
  assert.equal(decisionAtWork(state)?.name, "continue_current_phase");
  assert.equal(decisionAtWork(state)?.by, "arbiter");
  assert.equal(state.failures.length, 0);
});

Deno.test("a word of the person while a decision is at work is answered beside it, and the person is told", () => {
  const at = settled(replied(started({}, FAILING), [{ name: "continue_current_phase", arguments: { reason: "go" } }]));
  const said = settled(wished(at, { kind: "say", to: "arbiter", text: "How far are you?" }));
  const ask = due(said, registry, said.at).effects.find((effect) =>
    effect.kind === "ask" && effect.purpose === "decide"
  );
  assert.ok(ask?.kind === "ask");
  assert.deepEqual(ask.legal, ["answer_user"]);
  const open = after(
    said,
    opening(ask),
    answer(ask.key, [{ name: "answer_user", arguments: { text: "Half way" } }]),
  );
  const owed = due(open, registry, open.at).facts;
  assert.deepEqual(owed.map((fact) => fact.type), ["decision_made", "person_told", "decision_closed"]);
  const done = after(open, ...owed);
  assert.equal(decisionAtWork(done)?.name, "continue_current_phase");
  assert.deepEqual(done.decisions.past.map((one) => [one.name, one.ok]), [["answer_user", true]]);
});

Deno.test("what the arbiter heard is answered also where work on a further task begins while it thinks", () => {
  const at = settled(replied(started({}, FAILING), [{ name: "continue_current_phase", arguments: { reason: "go" } }]));
  const said = settled(wished(at, { kind: "say", to: "arbiter", text: "How far are you?" }));
  const ask = due(said, registry, said.at).effects.find((effect) =>
    effect.kind === "ask" && effect.purpose === "decide"
  );
  assert.ok(ask?.kind === "ask");
  const made = { id: "d9", name: "continue_current_phase", arguments: {}, reason: "", by: "rules", fingerprint: "" };
  const beside = after(said, opening(ask), { type: "decision_made", ...made, beside: decisionAtWork(said)!.id });
  const done = settled(after(beside, answer(ask.key, [{ name: "answer_user", arguments: { text: "Half way" } }])));
  assert.deepEqual(done.decisions.past.filter(({ name }) => name === "answer_user").map(({ ok }) => ok), [true]);
});

/** The state after so many replies of the arbiter that hold no call. */
function talked(state: State, replies: number): State {
  return Array.from({ length: replies }).reduce((now: State) => settled(replied(now, [])), state);
}

Deno.test("an arbiter that gave no legal decision twice in a row is passed over, until the person writes to it", () => {
  const planned = after(started({}, FAILING), { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" });
  const once = talked(planned, 3);
  assert.deepEqual([once.run.phase, isAskedInVain(once)], ["coding", false]);
  const twice = talked(once, 3);
  assert.deepEqual([decisionAtWork(twice)?.by, isAskedInVain(twice)], ["rules", true]);
  const message = { from: "coding", to: "analysis", kind: "note", text: "See", cause: "t1", answers: null } as const;
  const sent = settled(after(twice, { type: "message_sent", message: { ...message, id: "m9", review: true } }));
  assert.equal(sent.messages.list.at(-1)?.status, "reviewed", "nor is it shown messages");
  const said = settled(wished(twice, { kind: "say", to: "arbiter", text: "How far are you?" }));
  assert.equal(isAskedInVain(said), false);
  assert.ok(due(said, registry, said.at).effects.some((ask) => ask.kind === "ask" && ask.purpose === "decide"));
  assert.equal(isAskedInVain(after(twice, { type: "run_resumed", headless: true })), false);
  const obeying = settled(replied(once, [{ name: "continue_current_phase", arguments: { reason: "go" } }]));
  assert.equal(obeying.arbiter.vain, 0);
});

/** A run with two tasks done, whose checks gave these results first, and pass now. */
function allDone(first: readonly CheckFact[]) {
  return after(
    checked(started({}, first), FAILING.map((one) => ({ ...one, passed: true }))),
    { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" },
    { type: "tasks_planned", tasks: [task({ id: "T2", target: "src/b.ts" })], refused: [], by: "rules" },
    ...["T1", "T2"].flatMap((id) => [
      { type: "task_changed" as const, id, status: "in_progress" as const, reason: "" },
      { type: "task_changed" as const, id, status: "in_review" as const, reason: "" },
      { type: "task_changed" as const, id, status: "done" as const, reason: "" },
    ]),
  );
}

Deno.test("an arbiter that has no choice is not asked: work that checks show, with nothing left to do, ends the run", () => {
  const ended = settled(allDone(FAILING));
  assert.deepEqual([ended.run.ending?.kind, ended.spending.run.turns], ["accepted", 0]);
  assert.match(ended.decisions.past.at(-1)?.reason ?? "", /It is the only decision that is legal\./);
  const said = settled(wished(allDone(FAILING), { kind: "say", to: "arbiter", text: "Why?" }));
  assert.equal(said.run.ending, null, "words of the person are heard first");
});

Deno.test("words that come while the arbiter thinks are heard before a run finishes, and may lead to another plan", () => {
  // Checks that passed from the start show nothing, so there is something to weigh.
  const done = allDone(FAILING.map((one) => ({ ...one, passed: true })));
  const ask = due(done, registry, done.at).effects[0];
  assert.ok(ask?.kind === "ask" && ask.legal.includes("finish"));
  const thinking = after(done, opening(ask));
  const said = settled(wished(thinking, { kind: "say", to: "arbiter", text: "Also add a --json flag" }));
  const answered = settled(after(said, answer(ask.key, [{ name: "finish", arguments: { summary: "done" } }])));
  assert.equal(answered.run.ending, null);
  const next = due(answered, registry, answered.at).effects.find((effect) => effect.kind === "ask");
  assert.ok(next?.kind === "ask" && next.purpose === "decide" && next.legal.includes("continue_current_phase"));
});
