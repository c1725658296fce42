import assert from "node:assert/strict";
import type { State } from "../../src/features/state.ts";
import type { Law } from "./law.ts";

/** A reply is interpreted at most once, only where there is an interpreter, and by no model that wrote it; then it waits no more. */
export const repliesAreInterpretedOnce = (): Law => {
  const asked = new Set<string>();
  const written = new Map<string, string>();
  const waiting = (state: State, ask: string) =>
    state.arbiter.unread?.ask === ask || Object.values(state.turns.open).some((turn) => turn.unread?.ask === ask);
  return (before, fact, after) => {
    if (fact.type === "effect_finished" && fact.result.kind === "ask") {
      const open = before.effects.open[fact.key]?.effect;
      if (open?.kind === "ask" && open.purpose !== "interpret") written.set(fact.key, fact.result.model);
    }
    if (fact.type === "effect_opened" && fact.effect.kind === "ask" && fact.effect.purpose === "interpret") {
      const of = fact.effect.interprets ?? "";
      assert.ok(before.interpreter !== null, `${fact.effect.key} opens without an interpreter`);
      assert.ok(waiting(before, of), `${fact.effect.key} interprets ${of}, which waits for nobody`);
      assert.ok(!asked.has(of), `${of} is interpreted twice`);
      assert.notEqual(written.get(of), before.interpreter.model, `${of} is interpreted by who wrote it`);
      asked.add(of);
    }
    const closed = "key" in fact && /^effect_(?!opened)/.test(fact.type)
      ? before.effects.open[fact.key]?.effect
      : undefined;
    if (closed?.kind === "ask" && closed.purpose === "interpret") {
      assert.ok(!waiting(after, closed.interprets ?? ""), `${closed.interprets} waits on after ${closed.key}`);
    }
  };
};
