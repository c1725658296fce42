import { decisionAtWork } from "../../src/features/decisions/slice.ts";
import { EMPTY } from "../../src/features/features.ts";
import assert from "node:assert/strict";
import { due } from "../../src/kernel/due.ts";
import { wish } from "../../src/features/wish.ts";
import { type State } from "../../src/features/state.ts";
import { crew } from "../laws/crew.ts";
import { after, prepared, refusedWish, replied, result, settled, started, wished } from "../given/given.ts";

const registry = crew();
const FAILING = [result("t: a", false, ["src/a.ts"])];

/** A consult of the analysis specialist that was decided; its message m1 is sent, its turn not yet opened. */
function consulted(hold: boolean): State {
  const begun = started({}, FAILING);
  const state = hold ? wished(begun, { kind: "hold", scope: "all", of: "" }) : begun;
  return settled(replied(state, [{ name: "consult_analysis_specialist", arguments: { query: "Why does it fail?" } }]));
}

Deno.test("wishes that make no sense are refused with the reason, and change nothing", () => {
  const state = consulted(true);
  assert.equal(refusedWish(EMPTY, { kind: "pause" }), "There is no run yet.");
  assert.equal(refusedWish(state, { kind: "say", to: "arbiter", text: "  " }), "There is nothing to say.");
  assert.equal(refusedWish(state, { kind: "say", to: "sales", text: "Hi" }), "There is no thread sales.");
  assert.equal(refusedWish(state, { kind: "unpause" }), "The run is not paused.");
  assert.equal(refusedWish(state, { kind: "hold", scope: "all", of: "" }), "That is held already.");
  assert.equal(refusedWish(state, { kind: "hold", scope: "message", of: "m9" }), "There is no message m9.");
  assert.equal(refusedWish(state, { kind: "lift", hold: "h0" }), "That hold is lifted already.");
  assert.equal(refusedWish(state, { kind: "edit", message: "m1", text: " " }), "A message needs a text; x drops it.");
  assert.equal(refusedWish(state, { kind: "redirect", message: "m1", to: "sales" }), "There is no thread sales.");
  assert.equal(
    refusedWish(state, { kind: "redirect", message: "m1", to: "arbiter" }),
    "The arbiter takes words and answers only.",
  );
  assert.equal(
    refusedWish(state, { kind: "answer", question: "q1", approved: true, text: "" }),
    "That question is answered already.",
  );
  assert.equal(refusedWish(state, { kind: "interrupt", role: "coding" }), "coding has no turn to interrupt.");
  assert.equal(refusedWish(state, { kind: "park", task: "T1" }), "There is no task T1.");
  const ended = wished(state, { kind: "cancel", cause: "cancelled" });
  assert.equal(refusedWish(ended, { kind: "pause" }), "The run has ended.");
});

Deno.test("a message that stands in a prompt cannot be held, changed or dropped any more", () => {
  const state = consulted(false);
  assert.equal(state.messages.list[0]?.status, "in_prompt");
  for (
    const change of [{ kind: "edit", text: "x" }, { kind: "drop" }, { kind: "release" }, {
      kind: "redirect",
      to: "coding",
    }] as const
  ) {
    assert.equal(
      refusedWish(state, { ...change, message: "m1" }),
      "Message m1 is in prompt: it cannot be changed any more.",
    );
  }
  assert.equal(
    refusedWish(state, { kind: "hold", scope: "message", of: "m1" }),
    "Message m1 is in prompt: too late to hold it.",
  );
});

Deno.test("a held message waits, is edited and redirected, and goes on to its new receiver once it is released", () => {
  const held = consulted(true);
  assert.equal(held.messages.list[0]?.status, "held");
  assert.deepEqual(due(held, registry, held.at).effects, []);
  const changed = wished(wished(held, { kind: "edit", message: "m1", text: "Why really?" }), {
    kind: "redirect",
    message: "m1",
    to: "reasoning",
  });
  assert.deepEqual(due(changed, registry, changed.at).facts, []);
  const on = settled(wished(changed, { kind: "release", message: "m1" }));
  const turn = Object.values(on.turns.open)[0];
  assert.equal(turn?.role, "reasoning");
  assert.deepEqual([on.messages.list[0]?.text, on.messages.list[0]?.original, on.messages.list[0]?.originalTo], [
    "Why really?",
    "Why does it fail?",
    "analysis",
  ]);
});

Deno.test("a hold lifted lets its messages go on; a message dropped closes the decision that sent it", () => {
  const held = consulted(true);
  const lifted = settled(wished(held, { kind: "lift", hold: held.messages.holds[0]!.id }));
  assert.equal(lifted.messages.list[0]?.status, "in_prompt");
  const dropped = settled(wished(held, { kind: "drop", message: "m1" }));
  assert.equal(decisionAtWork(dropped), null);
  assert.match(dropped.decisions.past.at(-1)?.outcome ?? "", /dropped by person/);
});

Deno.test("a message redirected to a role whose messages are held is held there", () => {
  const begun = wished(consulted(true), { kind: "hold", scope: "to", of: "reasoning" });
  const released = wished(begun, { kind: "release", message: "m1" });
  assert.equal(released.messages.list[0]?.status, "reviewed");
  assert.equal(wished(released, { kind: "redirect", message: "m1", to: "reasoning" }).messages.list[0]?.status, "held");
  assert.equal(
    wished(released, { kind: "redirect", message: "m1", to: "coding" }).messages.list[0]?.status,
    "reviewed",
  );
});

Deno.test("an answer redirected away from the arbiter closes the consult and is not sent again", () => {
  const turned = prepared(consulted(false), []);
  const called = settled(replied(turned, [{ name: "answer", arguments: { text: "Because." } }]));
  const tool = due(called, registry, called.at).effects[0];
  assert.ok(tool?.kind === "tool");
  const held = wished(called, { kind: "hold", scope: "from", of: "analysis" });
  const answered = settled(after(held, { type: "effect_opened", effect: JSON.parse(JSON.stringify(tool)) }, {
    type: "effect_finished",
    key: tool.key,
    result: {
      kind: "tool",
      text: { text: "Answered.", chars: 9 },
      outcome: { kind: "answered", text: "Because." },
      ms: 1,
    },
  }));
  const message = answered.messages.list.find((one) => one.kind === "answer");
  assert.equal(message?.status, "held");
  const redirected = settled(wished(answered, { kind: "redirect", message: message!.id, to: "coding" }));
  assert.equal(decisionAtWork(redirected), null);
  assert.match(redirected.decisions.past.at(-1)?.outcome ?? "", /redirected to coding/);
  assert.equal(redirected.messages.list.filter((one) => one.kind === "answer").length, 1);
});

Deno.test("a word to the arbiter that is held or edited reaches it only as it is let through", () => {
  const held = wished(wished(started({}, FAILING), { kind: "hold", scope: "to", of: "arbiter" }), {
    kind: "say",
    to: "arbiter",
    text: "Delete it all",
  });
  const waiting = settled(held);
  assert.deepEqual([waiting.arbiter.words, waiting.people.said], [[], []]);
  const edited = wished(waiting, { kind: "edit", message: "m1", text: "Repair it all" });
  const heard = settled(wished(edited, { kind: "release", message: "m1" }));
  assert.deepEqual(heard.arbiter.words, ["Repair it all"]);
});

Deno.test("pausing stops what is due, and interrupting ends a turn", () => {
  const turned = consulted(false);
  assert.equal(due(turned, registry, turned.at).effects.length, 1);
  assert.equal(due(wished(turned, { kind: "pause" }), registry, turned.at).effects.length, 0);
  const interrupted = wish(turned, { kind: "interrupt", role: "analysis" });
  assert.ok("facts" in interrupted);
  assert.deepEqual(interrupted.facts.map((fact) => fact.type === "turn_closed" ? fact.ending : fact.type), [
    "cancelled",
  ]);
});

Deno.test("a run that goes on without a person waits for none: no pause, no hold, a call is denied, a question blocks", () => {
  const resumed = (state: State) => after(state, { type: "run_resumed", headless: true });
  const held = wished(started(), { kind: "pause" });
  assert.equal(held.run.paused, true);
  assert.equal(resumed(held).run.paused, false);
  const asked = (kind: "trust" | "input" | "call") =>
    resumed(
      after(started({ trusted: kind !== "trust" }), {
        type: "question_asked",
        id: "q1",
        kind,
        text: "May it?",
        context: "",
        turn: null,
      }),
    );
  const owed = (kind: "trust" | "input" | "call") => {
    const state = asked(kind);
    return due(state, crew(), state.at).facts[0];
  };
  assert.deepEqual(owed("call"), { type: "question_answered", id: "q1", approved: false, text: "" });
  for (const kind of ["trust", "input"] as const) {
    const fact = owed(kind);
    assert.ok(fact?.type === "run_ended" && fact.kind === "blocked", kind);
  }
});
