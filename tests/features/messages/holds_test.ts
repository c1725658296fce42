import assert from "node:assert/strict";
import { decisionAtWork } from "../../../src/features/decisions/slice.ts";
import type { Fact } from "../../../src/features/fact.ts";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { after, opening, prepared, replied, result, settled, started, wished } from "../../given/given.ts";
import { crew } from "../../laws/crew.ts";

const registry = crew();

const FAILING = [result("t: a", false, ["src/a.ts"])];

/** A consult of the analysis specialist that was decided; its message m1 is sent, its turn not yet opened. */
function consulted(hold: boolean): State {
  const begun = started({}, FAILING);
  const state = hold ? wished(begun, { kind: "hold", scope: "all", of: "" }) : begun;
  return settled(replied(state, [{ name: "consult_analysis_specialist", arguments: { query: "Why does it fail?" } }]));
}

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
  const answered = settled(after(held, opening(tool), {
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

Deno.test("a run that goes on without a screen lets all go that waited for the keyboard; with one it waits as before", () => {
  const held = consulted(true);
  const seen = after(held, { type: "run_resumed", headless: false });
  assert.deepEqual([seen.messages.list[0]?.status, seen.messages.holds.length], ["held", 1]);
  const unseen = after(held, { type: "run_resumed", headless: true });
  assert.deepEqual(unseen.messages.holds, []);
  assert.deepEqual(Object.values(settled(unseen).turns.open).map(({ role }) => role), ["analysis"]);
});

Deno.test("a message that waits stays, however many come and go meanwhile", () => {
  const sent = (id: string): readonly Fact[] => [
    {
      type: "message_sent",
      message: {
        id,
        from: "coding",
        to: "reasoning",
        kind: "note",
        text: id,
        cause: "t",
        answers: null,
        review: false,
      },
    },
    { type: "message_dropped", id, by: "person", reason: "" },
  ];
  const later = Array.from({ length: 60 }, (_, index) => sent(`m${index + 2}`)).flat();
  const state = after(consulted(true), ...later);
  assert.ok(state.messages.list.length < 60);
  assert.equal(state.messages.list.find(({ id }) => id === "m1")?.status, "held");
});
