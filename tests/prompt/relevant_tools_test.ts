import assert from "node:assert/strict";
import type { State } from "../../src/features/state.ts";
import { compose } from "../../src/prompt/compose.ts";
import { after, answer, prepared, settled } from "../given/given.ts";
import { askOf, frame, opened, registry, working } from "../given/given_prompt.ts";

Deno.test("complexity starts at 1 and grows with attempts, checks and files", () => {
  const state = working();
  assert.equal(compose(state, registry, askOf(state), frame("constrained")).complexity, 1);
  const many = working("Repair a", ["t: a", "t: b", "t: c", "t: d", "t: e"]);
  assert.equal(compose(many, registry, askOf(many), frame("constrained")).complexity, 3);
  const turn = Object.values(many.turns.open)[0]!;
  const again = prepared(
    settled(after(many, { type: "turn_closed", id: turn.id, ending: "capped", text: "" }, {
      type: "attempt_closed",
      task: "T1",
      number: 1,
      verdict: "refuted",
      passed: [],
      broke: [],
      summary: "changed src/a.ts",
    })),
    [{ path: "src/a.ts", text: "export const a = 2;\n" }],
  );
  assert.equal(compose(again, registry, askOf(again), frame("constrained")).complexity, 4);
});

Deno.test("a turn is told of the tools that can help with its task, and of the same ones at every ask", () => {
  const names = (state: State, billions: number) =>
    compose(state, registry, askOf(state), frame("constrained", billions)).declared.map((tool) => tool.name);
  assert.deepEqual(names(working(), 7), ["read_file", "rewrite_file", "edit_file", "finish_task"]);
  assert.deepEqual(names(working(), 32), ["read_file", "rewrite_file", "edit_file", "ask_specialist", "finish_task"]);
  assert.ok(names(working("Add a helper and run the build"), 7).includes("create_file"));
  assert.ok(names(working("Add a helper and run the build"), 7).includes("run_command"));
  const state = working();
  const ask = askOf(state);
  const failed = after(opened(state, ask), answer(ask.key, [], { fault: "The reply holds no call." }));
  assert.deepEqual(names(failed, 7), names(state, 7));
});
