import assert from "node:assert/strict";
import { EMPTY } from "../../src/features/features.ts";
import type { State } from "../../src/features/state.ts";
import { wish } from "../../src/features/wish.ts";
import { due } from "../../src/kernel/due.ts";
import { refusedWish, replied, result, settled, started, wished } from "../given/given.ts";
import { crew } from "../laws/crew.ts";

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
