import assert from "node:assert/strict";
import type { Stamped } from "../../src/features/fact.ts";
import { withCrew } from "./fixtures/crew_run.ts";

/** What was open at some fact: keys of effects, or names of attempts. */
function openAt(facts: readonly Stamped[], at: number): { asks: Map<string, string>; attempts: Set<string> } {
  const asks = new Map<string, string>();
  const attempts = new Set<string>();
  for (const fact of facts) {
    if (fact.seq > at) break;
    if (fact.type === "ask_placed") asks.set(fact.key, fact.host);
    if (fact.type === "attempt_opened") attempts.add(`${fact.task}.${fact.number}`);
    if (fact.type === "attempt_closed") attempts.delete(`${fact.task}.${fact.number}`);
    if ("key" in fact && /^effect_(finished|failed|cancelled|refused|unknown)$/.test(fact.type)) asks.delete(fact.key);
  }
  return { asks, attempts };
}

Deno.test("two hosts work on two tasks at once, each attempt in a copy of its own, and the whole is accepted", () =>
  withCrew(async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    const all = crew.facts();
    const moments = all.map(({ seq }) => openAt(all, seq));
    assert.equal(Math.max(...moments.map(({ attempts }) => attempts.size)), 2);
    assert.ok(moments.some(({ asks }) => new Set(asks.values()).size === 2), "two hosts are asked at the same time");
    const seats = all.flatMap((fact) => fact.type === "attempt_opened" ? [fact.role] : []);
    assert.ok(seats.includes("coding") && seats.includes("coding·2"), seats.join(", "));
    const beside = all.flatMap((fact) => fact.type === "decision_made" && fact.beside !== undefined ? [fact.by] : []);
    assert.ok(beside.length > 0 && beside.every((by) => by === "rules"));
  }, { apart: "none", models: { coding: ["qwen2.5-coder:32b", "qwen2.5:14b"] } }));
