import { copySample } from "../../src/rehearsal/sample_project.ts";
import assert from "node:assert/strict";
import type { Stamped } from "../../src/features/fact.ts";
import { withCrew } from "./fixtures/crew_run.ts";

/** Each attempt that began beside another one at the same task and was kept. */
function racesIn(facts: readonly Stamped[]) {
  const closing = ({ task, number }: { readonly task: string; readonly number: number }) =>
    facts.flatMap((fact) =>
      fact.type === "attempt_closed" && fact.task === task && fact.number === number ? [fact] : []
    )[0];
  const opened = facts.flatMap((fact) => fact.type === "attempt_opened" ? [fact] : []);
  return opened.flatMap((second) => {
    const first = opened.find((one) =>
      one.task === second.task && one.seq < second.seq && closing(one)!.seq > second.seq
    );
    const won = closing(second)?.verdict;
    if (first === undefined || won !== "kept") return [];
    return [{
      task: second.task,
      seats: [first.role, second.role],
      // Where it was not ended by the other one, checks had refuted it just before.
      first: ["cancelled", "refuted"].includes(closing(first)!.verdict) ? "lost" : "not lost",
      won,
    }];
  });
}

Deno.test("a rehearsal shows each thing that the arbiter does to messages, a race that the second wins, a fault that a review finds, and a document that is written", () =>
  withCrew(async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    const facts = crew.facts();
    const ofArbiter = (type: string) =>
      facts.filter((fact) => fact.type === type && "by" in fact && fact.by === "arbiter").length;
    assert.deepEqual(["message_edited", "message_redirected", "message_sent_back"].map(ofArbiter), [1, 1, 1]);
    const verdicts = facts.flatMap((fact) => fact.type === "attempt_closed" ? [fact.verdict] : []);
    assert.ok(verdicts.includes("refuted"), "a try that the checks refute");
    const [race, ...others] = racesIn(facts);
    assert.deepEqual([race?.task, race?.first, race?.won, others.length], ["T3", "lost", "kept", 0]);
    assert.deepEqual(race?.seats.toSorted(), ["coding", "coding·2"], "they are two seats of one role");
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
