import { attemptAtWork } from "../given/attempt_at_work.ts";
import assert from "node:assert/strict";
import type { Registry, Role } from "../../src/features/registry.ts";
import { after, checked, settled } from "../given/given.ts";
import { atWork, FAILING, over, planned, registry, WRITTEN } from "../given/given_attempt.ts";

Deno.test("an attempt after one that found nothing to change looks at what the task's file uses", () => {
  let state = atWork(planned());
  const [first] = Object.values(state.turns.open);
  state = settled(after(state, { type: "turn_closed", id: first!.id, ending: "capped", text: "nothing changed" }));
  assert.equal(attemptAtWork(state)?.number, 2);
  const message = state.messages.list.at(-1)?.text ?? "";
  assert.match(message, /Changes of src\/a\.ts did not help: the fault may be in what it uses/);
  assert.equal(attemptAtWork(state)?.elsewhere, true);
  const [second] = Object.values(state.turns.open);
  const third = settled(after(state, { type: "turn_closed", id: second!.id, ending: "capped", text: "nothing" }));
  assert.equal(attemptAtWork(third)?.elsewhere, false, "by turns");
});

Deno.test("from the third attempt on others that act in the phase and may write have their turn, twice each", () => {
  assert.deepEqual(whoTries(registry), ["coding", "coding", "analysis", "analysis", "coding"]);
});

/** Who makes the attempts at a task that nobody repairs, in order. */
function whoTries(able: Registry): string[] {
  const roles: string[] = [];
  let state = atWork(planned(), able);
  for (let open = attemptAtWork(state); open !== null; open = attemptAtWork(state)) {
    roles.push(open.role);
    state = settled(after(state, ...over(state, "refuted")), able);
  }
  return roles;
}

/** The crew with some roles changed. */
function crewWith(changes: Readonly<Record<string, Partial<Role>>>): Registry {
  const roles = Object.entries(registry.roles).map(([name, role]) => [name, { ...role, ...changes[name] }]);
  return { ...registry, roles: Object.fromEntries(roles) };
}

Deno.test("a specialist that does not name the phase, or has no tool that writes, makes no attempt", () => {
  const others = { analysis: { phases: ["documentation"] }, reasoning: { phases: ["planning", "qa", "coding"] } };
  assert.deepEqual(whoTries(crewWith(others)), ["coding", "coding", "coding", "coding", "coding"]);
  const readers = crewWith({ ...others, coding: { tools: ["read_file", "finish_task"] } });
  const state = atWork(planned(), readers);
  assert.equal(state.turns.count, 0);
  assert.deepEqual([state.tasks.list[0]?.status, state.tasks.list[0]?.reason], [
    "parked",
    "There is no specialist that can write.",
  ]);
});

Deno.test("a specialist of the person's own that names the phase comes before the usual one", () => {
  assert.deepEqual(whoTries(crewWith({ analysis: { isOwn: true } })), [
    "analysis",
    "analysis",
    "coding",
    "coding",
    "analysis",
  ]);
});

Deno.test("a parked task that returns is tried warm with a new seed: its first guess was made", () => {
  let state = atWork(planned());
  const first = attemptAtWork(state)!;
  while (attemptAtWork(state) !== null) state = settled(after(state, ...over(state, "refuted")));
  const other = { ...WRITTEN, path: "src/b.ts" };
  const changed = after(
    state,
    {
      type: "effect_opened",
      effect: {
        kind: "tool",
        key: "w",
        turn: "t0",
        role: "coding",
        access: "writes",
        call: { name: "rewrite_file", arguments: { path: "src/b.ts" } },
      },
    },
    { type: "write_closed", key: "w", write: other, done: true },
    {
      type: "effect_finished",
      key: "w",
      result: { kind: "tool", text: { text: "Wrote it", chars: 8 }, outcome: null, ms: 1 },
    },
    { type: "phase_changed", phase: "debugging", reason: "", by: "rules" },
  );
  const again = attemptAtWork(atWork(checked(changed, FAILING)))!;
  assert.deepEqual([first.temperature, again.temperature, again.number], [0, 0.8, 6]);
  assert.notEqual(again.seed, first.seed);
});
