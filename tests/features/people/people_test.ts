import assert from "node:assert/strict";
import type { State } from "../../../src/features/state.ts";
import { due } from "../../../src/kernel/due.ts";
import { after, started, wished } from "../../given/given.ts";
import { crew } from "../../laws/crew.ts";

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
  const vague = after(started({ goal: "Empty lines are skipped." }), {
    type: "question_asked",
    id: "criteria",
    kind: "input",
    text: "What shall be true in the end?",
    context: "",
    turn: null,
  });
  const alone = resumed(vague);
  assert.deepEqual(due(alone, crew(), alone.at).facts[0], {
    type: "question_answered",
    id: "criteria",
    approved: false,
    text: "",
  });
  for (const kind of ["trust", "input"] as const) {
    const fact = owed(kind);
    assert.ok(fact?.type === "run_ended" && fact.kind === "blocked", kind);
  }
});

Deno.test("who denied the trust is asked again when the run goes on with somebody there, and only then", () => {
  const denied = after(
    started({ trusted: false }),
    { type: "question_asked", id: "trust", kind: "trust", text: "Trust it?", context: "", turn: null },
    { type: "question_answered", id: "trust", approved: false, text: "" },
  );
  const owed = (state: State) => due(state, crew(), state.at).facts[0];
  assert.equal(owed(denied)?.type, "run_ended");
  const ended = after(denied, { type: "run_ended", kind: "blocked", cause: "It is not trusted." });
  const again = owed(after(ended, { type: "run_resumed", headless: false }));
  assert.ok(again?.type === "question_asked" && again.kind === "trust");
  const alone = owed(after(ended, { type: "run_resumed", headless: true }));
  assert.ok(alone?.type === "run_ended" && /is not trusted, so its checks/.test(alone.cause));
});
