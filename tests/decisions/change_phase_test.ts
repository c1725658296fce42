import assert from "node:assert/strict";
import { legalDecisions } from "../../src/features/decisions/kinds.ts";
import { after, result, started, task } from "../given/given.ts";
import { crew } from "../laws/crew.ts";

const FAILING = [result("t: a", false, ["src/a.ts"])];

const registry = crew();

Deno.test("phases to change to are narrowed to those that have work", () => {
  const state = after(started({}, FAILING), { type: "tasks_planned", tasks: [task()], refused: [], by: "rules" });
  const change = legalDecisions(state, registry).find((tool) => tool.name === "change_phase");
  const phase = (change?.parameters.properties as Record<string, { enum: string[] }>).phase;
  assert.deepEqual(phase?.enum, ["coding"]);
});
