import { copySample } from "../../src/rehearsal/sample_project.ts";
import assert from "node:assert/strict";
import type { Stamped } from "../../src/features/fact.ts";
import { withCrew } from "./fixtures/crew_run.ts";

/** Each two attempts that were open at the same task at once and of which one was kept. */
function racesIn(facts: readonly Stamped[]) {
  const closing = ({ task, number }: { readonly task: string; readonly number: number }) =>
    facts.flatMap((fact) =>
      fact.type === "attempt_closed" && fact.task === task && fact.number === number ? [fact] : []
    )[0]!;
  const opened = facts.flatMap((fact) => fact.type === "attempt_opened" ? [fact] : []);
  return opened.flatMap((second) => {
    const beside = opened.filter((one) =>
      one.task === second.task && one.seq < second.seq && closing(one).seq > second.seq
    );
    return beside.flatMap((first) => {
      const verdicts = [first, second].map((one) => closing(one).verdict).sort();
      return verdicts.includes("kept") ? [{ task: second.task, verdicts }] : [];
    });
  });
}

Deno.test("a rehearsal shows each thing that the arbiter does to messages, a race that one of two wins, a fault that a review finds, and a document that is written", () =>
  withCrew(async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    const facts = crew.facts();
    const ofArbiter = (type: string) =>
      facts.filter((fact) => fact.type === type && "by" in fact && fact.by === "arbiter").length;
    assert.deepEqual(["message_edited", "message_redirected", "message_sent_back"].map(ofArbiter), [1, 1, 1]);
    const verdicts = facts.flatMap((fact) => fact.type === "attempt_closed" ? [fact.verdict] : []);
    assert.ok(verdicts.includes("refuted"), "a try that the checks refute");
    // Which of the two is first is a question of the pace; where it is not ended by the other one, checks had refuted it just before.
    const races = racesIn(facts);
    assert.ok(races.length > 0, "two attempts are open at a task at once");
    for (const { task, verdicts } of races) {
      assert.equal(task, "T3");
      assert.match(verdicts.join(" "), /^cancelled kept$|^kept refuted$/);
    }
    const phases = facts.flatMap((fact) => fact.type === "phase_changed" ? [fact.phase] : []);
    assert.deepEqual(phases, ["coding", "qa", "debugging", "qa", "documentation"]);
    const { list } = crew.run.state().tasks;
    assert.deepEqual(list.map(({ kind, status }) => `${kind} ${status}`), [
      "work done",
      "work done",
      "work done",
      "issue done",
      "documentation done",
    ]);
    assert.match(await Deno.readTextFile(`${crew.project}/README.md`), /each as wide as its title at least/);
    assert.match(await Deno.readTextFile(`${crew.project}/src/table.js`), /lengths\.reduce/);
    const { pairs } = crew.run.state().statistics;
    const pair = Object.entries(pairs).find(([name, { modified }]) => name.endsWith(" analysis") && modified > 0)?.[1];
    assert.deepEqual([pair?.sent, pair?.modified, pair?.clarified, pair?.answered], [2, 1, 1, 1]);
  }, { sample: copySample, apart: "none" }));
