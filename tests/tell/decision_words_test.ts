import assert from "node:assert/strict";
import { DECISIONS } from "../../src/decisions/decisions.ts";
import { type Decision, newDecision, plainDecision } from "../../src/features/decisions/slice.ts";
import type { Stamped } from "../../src/features/fact.ts";
import { PHASES } from "../../src/phases/phases.ts";
import { BUILT_IN } from "../../src/plugin/built_in.ts";
import { Earlier } from "../../src/tell/earlier.ts";
import { tellingOf } from "../../src/tell/telling.ts";
import { decisionWords, outcomeWords } from "../../src/tell/decision_words.ts";

const KINDS = { decisions: DECISIONS, phases: PHASES };

function decided(some: Partial<Decision>): Decision {
  const made = { id: "d1", name: "continue_current_phase", arguments: {}, reason: "", by: "arbiter", fingerprint: "" };
  return { ...plainDecision(newDecision({ ...made, at: 0, phase: "coding" })), ...some };
}

const words = (some: Partial<Decision>) => decisionWords(KINDS, decided(some));

Deno.test("going on with a phase is said by what that is in the phase", () => {
  assert.deepEqual(
    ["planning", "coding", "qa", "debugging", "documentation", "phase_of_a_plugin"].map((phase) => words({ phase })),
    [
      "plan the work",
      "work on the next task",
      "check and review the work",
      "repair what was reported",
      "bring the documents up to date",
      "go on with phase of a plugin",
    ],
  );
});

Deno.test("a decision that gave somebody a task is said by the task and the role, and a race as one", () => {
  const assigned = { task: "T1", role: "coding" };
  assert.equal(words({ assigned }), "T1 ▸ coding");
  assert.equal(words({ assigned: { task: "T1", role: "coding·2" }, races: true }), "T1 ▸ coding·2 (race)");
  assert.equal(
    words({ name: "consult_coding_specialist", arguments: { query: "Repair it." }, assigned }),
    "T1 ▸ coding",
  );
});

Deno.test("other decisions are said with what they are about, on one line", () => {
  assert.equal(
    words({ name: "consult_analysis_specialist", arguments: { query: "Where is\nit used?" } }),
    "ask analysis: Where is it used?",
  );
  assert.equal(words({ name: "change_phase", arguments: { phase: "qa", reason: "x" } }), "turn to qa");
  assert.equal(words({ name: "finish", arguments: { summary: "All is done." } }), "finish: All is done.");
  assert.equal(words({ name: "decision_of_a_plugin", arguments: { what: "7" } }), "decision of a plugin: 7");
});

Deno.test("a thread shows the reason of a model for its decision, and none of rules, which only say that they decided", () => {
  const made = { name: "continue_current_phase", arguments: {}, fingerprint: "", reason: "There is work." };
  const reasons = ["arbiter", "rules"].map((by) => {
    const fact: Stamped = { type: "decision_made", id: "d1", ...made, by, seq: 1, at: 0 };
    return tellingOf(BUILT_IN).entries(fact, new Earlier(BUILT_IN)).map(({ text }) => text);
  });
  assert.deepEqual(reasons, [["There is work."], [""]]);
});

Deno.test("what came of a decision leaves out what its words say", () => {
  const came = (some: Partial<Decision>) => outcomeWords(words(some), decided(some));
  const assigned = { task: "T1", role: "coding" };
  assert.equal(
    came({ assigned, outcome: "T1 in review: attempt 2 by coding", ok: true }),
    "in review: attempt 2 by coding",
  );
  assert.equal(came({ phase: "planning", outcome: "3 tasks planned", ok: true }), "3 tasks planned");
  const asked = { name: "consult_analysis_specialist", arguments: { query: "Where?" } };
  assert.equal(came({ ...asked, outcome: "analysis: In src/slug.js.", ok: true }), "In src/slug.js.");
  const turned = { name: "change_phase", arguments: { phase: "qa", reason: "It is time." } };
  assert.equal(came({ ...turned, outcome: "The phase is qa now.", ok: true }), "");
  const refused = "The phase qa has no work: nothing of it is ready, and what was tried is parked.";
  assert.equal(came({ ...turned, outcome: refused, ok: false }), refused);
  assert.equal(came({ outcome: null }), "");
});
