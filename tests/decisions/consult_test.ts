import assert from "node:assert/strict";
import { refusal } from "../../src/features/decisions/kinds.ts";
import type { State } from "../../src/features/state.ts";
import { after, replied, result, settled, started, task, wished } from "../given/given.ts";
import { crew } from "../laws/crew.ts";

const FAILING = [result("t: a", false, ["src/a.ts"])];

const registry = crew();

Deno.test("consults are few while there is work, each failed attempt allows more, and one that works on a task is no advice", () => {
  const consulted = (state: State, id: string) =>
    after(
      replied(state, [{ name: "consult_analysis_specialist", arguments: { query: "?" } }]),
      { type: "phase_changed", phase: id === "d1" ? "coding" : "debugging", reason: "", by: "rules" },
      {
        type: "decision_made",
        id,
        name: "consult_analysis_specialist",
        arguments: {},
        reason: "",
        by: "arbiter",
        fingerprint: id,
      },
      { type: "decision_closed", id, outcome: "advice", ok: true },
    );
  const begun = after(started({}, FAILING), { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" });
  const once = consulted(begun, "d1");
  assert.match(
    refusal(once, registry, { name: "consult_reasoning_specialist", arguments: {} }) ?? "",
    /1 consult was made, and there is work/,
  );
  const coding = after(once, { type: "phase_changed", phase: "coding", reason: "", by: "rules" });
  assert.equal(refusal(coding, registry, { name: "consult_coding_specialist", arguments: {} }), null);
  const tried = (verdict: "kept" | "failed") =>
    after(
      coding,
      { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
      {
        type: "attempt_opened",
        task: "T1",
        number: 1,
        role: "coding",
        temperature: 0,
        seed: 1,
      },
      { type: "attempt_closed", task: "T1", number: 1, verdict, passed: [], broke: [], summary: "" },
      {
        type: "task_changed",
        id: "T1",
        status: "ready",
        reason: "",
      },
    );
  const consult = { name: "consult_reasoning_specialist", arguments: {} };
  assert.equal(refusal(tried("failed"), registry, consult), null);
  assert.match(refusal(tried("kept"), registry, consult) ?? "", /1 consult was made/, "success needs no advice");
});

Deno.test("a tiny arbiter consults nobody before there is trouble", () => {
  const tiny = {
    ...registry,
    roles: { ...registry.roles, arbiter: { ...registry.roles.arbiter!, models: ["q:1.5b"] } },
  };
  const begun = after(started({}, FAILING, tiny), { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" });
  const consult = { name: "consult_reasoning_specialist", arguments: {} };
  assert.match(refusal(begun, tiny, consult) ?? "", /No consult was made, and there is work/);
  assert.equal(refusal(begun, registry, consult), null);
  const asked = settled(wished(begun, { kind: "say", to: "arbiter", text: "Ask somebody" }), tiny);
  assert.equal(refusal(asked, tiny, consult), null, "a word of the person allows it");
});
