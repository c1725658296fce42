import { copyPlainSample } from "../rehearsal/plain_sample.ts";
import { MARKS } from "../../src/prompt/marks.ts";
import assert from "node:assert/strict";
import { closed } from "../../src/features/decisions/closed.ts";
import type { DecisionKind } from "../../src/features/registry.ts";
import { nextTask } from "../../src/features/tasks/next_task.ts";
import { facts } from "../../src/kernel/owed.ts";
import { readScene } from "../../src/rehearsal/understudy_scene.ts";
import { writeCall } from "../../src/rehearsal/understudy_call.ts";
import { withCrew } from "../end_to_end/fixtures/crew_run.ts";

/** Puts a task off until something else was changed. */
const postpone: DecisionKind = {
  name: "postpone",
  declare: () => [{
    name: "postpone",
    describes: "Puts a task off until something else was changed.",
    parameters: {
      type: "object",
      properties: {
        task: { type: "string", description: "The task, such as T2." },
        reason: { type: "string", description: "Why, in one sentence." },
      },
      required: ["task", "reason"],
    },
  }],
  refusal(state, registry, { arguments: { task } }) {
    const ready = state.tasks.list.filter(({ status }) => status === "ready");
    if (ready.length < 2 || nextTask(state, registry) === null) return "There is no other task to go on with.";
    if (task === undefined || ready.some(({ id }) => id === task)) return null;
    return `${task} is no task that waits; those are ${ready.map(({ id }) => id).join(", ")}.`;
  },
  about: (_state, { task }) => String(task),
  due(_state, _registry, decision) {
    const id = String(decision.arguments.task);
    const reason = `put off: ${String(decision.arguments.reason)}`;
    return facts(
      { type: "task_changed", id, status: "in_progress", reason: "", decision: decision.id },
      { type: "task_changed", id, status: "parked", reason },
      closed(decision, `${id} comes back once something else was changed.`, true),
    );
  },
};

Deno.test("a decision that is added is declared to the arbiter, refused with its reason, made, and its outcome shown", () => {
  const briefs: string[] = [];
  let said = 0;
  return withCrew(async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    const all = crew.facts();
    const refused = all.flatMap((fact) => fact.type === "decision_refused" ? [fact.reason] : []);
    assert.match(refused[0] ?? "", /^T9 is no task that waits; those are T1, T2/);
    const made = all.flatMap((fact) => fact.type === "decision_made" && fact.name === "postpone" ? [fact] : []);
    assert.deepEqual(made.map(({ by, about }) => [by, about]), [["arbiter", "T1"]]);
    assert.ok(briefs.some((brief) => brief.includes(`That was no legal decision: ${refused[0]}`)));
    assert.ok(briefs.some((brief) => /^- postpone \{"task":"T1"\} → T1 comes back once/m.test(brief)));
    const attempts = all.flatMap((fact) => fact.type === "attempt_opened" ? [fact.task] : []);
    assert.notEqual(attempts[0], "T1", "another task is worked on first");
    assert.ok(attempts.includes("T1"), "what was put off comes back");
  }, {
    sample: copyPlainSample,
    added: { decisions: [postpone] },
    player(request) {
      const scene = readScene(request, MARKS);
      if (scene.role !== "arbiter") return null;
      briefs.push(scene.heard.at(-1) ?? "");
      if (said === 2 || !scene.offered.some(({ name }) => name === "postpone")) return null;
      const task = ["T9", "T1"][said++];
      return writeCall(
        scene,
        { name: "postpone", arguments: { task, reason: "It is hard." }, reason: "It is hard." },
        null,
      );
    },
  });
});
