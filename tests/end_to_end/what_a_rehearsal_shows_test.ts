import { copySample } from "../../src/rehearsal/sample_project.ts";
import assert from "node:assert/strict";
import { withCrew } from "./fixtures/crew_run.ts";

Deno.test("a rehearsal shows each thing that the arbiter does to messages, a fault that a review finds, and a document that is written", () =>
  withCrew(async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    const facts = crew.facts();
    const ofArbiter = (type: string) =>
      facts.filter((fact) => fact.type === type && "by" in fact && fact.by === "arbiter").length;
    assert.deepEqual(["message_edited", "message_redirected", "message_sent_back"].map(ofArbiter), [1, 1, 1]);
    const verdicts = facts.flatMap((fact) => fact.type === "attempt_closed" ? [fact.verdict] : []);
    assert.ok(verdicts.includes("refuted"), "a try that the checks refute");
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
    const { "coding analysis": pair } = crew.run.state().statistics.pairs;
    assert.deepEqual([pair?.sent, pair?.modified, pair?.clarified, pair?.answered], [2, 1, 1, 1]);
  }, { sample: copySample }));
