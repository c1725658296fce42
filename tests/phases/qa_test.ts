import assert from "node:assert/strict";
import type { Fact } from "../../src/features/fact.ts";
import { due } from "../../src/kernel/due.ts";
import {
  after,
  checked,
  CONTINUED,
  opening,
  prepared,
  replied,
  result,
  settled,
  started,
  task,
} from "../given/given.ts";
import { atWork, FILES, planned, registry } from "../given/given_attempt.ts";

Deno.test("the claim of a small reviewer does not stand for a check that does not pass", () => {
  const reviewed = (checks: readonly string[]) => {
    let state = after(
      checked(planned(checks), [result("t: a", true), result("t: c", true)]),
      { type: "task_changed", id: "T1", status: "in_progress", reason: "" },
      { type: "task_changed", id: "T1", status: "in_review", reason: "" },
      { type: "phase_changed", phase: "qa", reason: "", by: "rules" },
    );
    state = prepared(atWork(state), FILES);
    state = replied(state, [{ name: "report_issue", arguments: { description: "It may be slow" } }]);
    const tool = due(state, registry, state.at).effects[0];
    return settled(
      after(state, opening(tool), {
        type: "effect_finished",
        key: tool!.key,
        result: {
          kind: "tool",
          text: { text: "Reported", chars: 8 },
          outcome: { kind: "issue_reported", severity: "low", description: "It may be slow" },
          ms: 1,
        },
      }),
    );
  };
  const proven = reviewed(["t: a"]).tasks.list;
  assert.deepEqual(proven.map(({ kind, status }) => [kind, status]), [["work", "done"], ["issue", "dropped"]]);
  const missing = reviewed(["t: a", "t: b"]).tasks.list;
  assert.deepEqual(missing.map(({ kind, status }) => [kind, status]), [["work", "in_review"], ["issue", "ready"]]);
});

Deno.test("a wish that lost its test is done without a word of checks that it has not, and one that has some by these", () => {
  const roles = Object.entries(registry.roles).map(([name, role]) => [name, { ...role, models: ["one:1.5b"] }]);
  const alone = { ...registry, roles: Object.fromEntries(roles) };
  const wishes = (...checks: readonly (readonly string[])[]) => {
    const tasks = checks.map((own, index) => task({ id: `T${index + 1}`, checks: [...own], criterion: 1 }));
    const state = after(
      started({}, [result("t: a", true)], alone),
      { type: "tasks_planned", tasks, refused: [], by: "criteria" },
      ...tasks.flatMap(({ id }): Fact[] => [
        { type: "task_changed", id, status: "in_progress", reason: "" },
        { type: "task_changed", id, status: "in_review", reason: "" },
      ]),
      { type: "phase_changed", phase: "qa", reason: "", by: "rules" },
      CONTINUED,
    );
    const { facts } = due(state, alone, state.at);
    return facts.flatMap((fact) =>
      fact.type === "task_changed" ? [fact.reason] : fact.type === "decision_closed" ? [fact.outcome] : []
    );
  };
  assert.match(wishes([]).join("\n"), /^nothing shows it yet: no check stands for it.*\nT1: nothing shows it yet/);
  assert.match(wishes(["t: a"])[0]!, /^accepted by its checks alone/);
  const both = wishes(["t: a"], []);
  assert.match(both[0]!, /^accepted by its checks alone/);
  assert.match(both[1]!, /^nothing shows it yet/);
  assert.match(both[2]!, /^T1, T2: accepted by their checks alone, except T2: nothing shows that yet/);
});
